"""What is not shared, what the mail says, and the page that shows before it shares."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from radrum.accounts.models import Organisation
from radrum.collaborations.models import Collaboration, Share, SharedCopy
from radrum.collaborations.passages import shareable
from radrum.collaborations.share import chosen_passages, mark, share
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Refused, Stale
from tests import factories
from tests.cast import everything, signed_in
from tests.collaborations.sharing import NUMBER, give, marked_plan, people
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return people(act)


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    return marked_plan(who)


# --- What does not pass -----------------------------------------------------------------------------


def _refused(actor: Actor, plan: Collaboration, to: Actor, *chosen: str, **more: Any) -> None:
    before, jobs = everything(), len(waiting())
    with pytest.raises(Refused):
        give(actor, plan, to, *chosen, **more)
    assert (everything(), len(waiting())) == (before, jobs)
    last = Entry.unguarded.last()
    assert (last.verb, last.outcome, last.reason) == ("collaboration.shared", "refused", "Refused")


@pytest.mark.parametrize("key", ["plan.owner", "advice.0", "statement", "answer.", "decision.1.reasons", ""])
def test_nothing_but_a_passage_of_the_plan_can_be_chosen(
    who: dict[str, Actor], plan: Collaboration, key: str
) -> None:
    _refused(who["owner"], plan, who["their adviser"], "plan.summary", key)


def test_nothing_chosen_is_nothing_shared(who: dict[str, Actor], plan: Collaboration) -> None:
    before = everything()
    with pytest.raises(Refused):
        share(
            who["owner"],
            plan,
            recipient=who["third"].organisation,
            audience="advisers",
            subject="x",
            chosen=[],
        )
    assert everything() == before


@pytest.mark.parametrize(
    "bad", ["Bilagan är HEMLIG.", "kvalificerat hemlig", f"Hon har {NUMBER}.", "EU SECRET"]
)
@pytest.mark.parametrize("place", ["subject", "message", "plan.summary"])
def test_markings_and_identity_numbers_stop_it(who: dict[str, Actor], bad: str, place: str) -> None:
    plan = factories.plan(who["owner"], summary=bad if place == "plan.summary" else "Snö.")
    _refused(who["owner"], plan, who["their adviser"], **({place: bad} if place != "plan.summary" else {}))


@pytest.mark.parametrize("name", ["owner", "officer", "expert"])
def test_not_with_oneself_the_desk_or_an_agency(
    who: dict[str, Actor], plan: Collaboration, name: str
) -> None:
    _refused(who["owner"], plan, who[name])


def test_an_audience_that_is_not_there_and_a_day_that_has_been(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    _refused(who["owner"], plan, who["their adviser"], audience="funder")
    _refused(who["owner"], plan, who["their adviser"], ends_on=timezone.localdate() - timedelta(days=1))


def test_what_was_changed_after_it_was_looked_at_is_not_shared(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    there, subject, message = who["their adviser"].organisation, "ord-ämne-slut", "ord-hälsning-slut"
    seen = mark(there, "advisers", subject, message, chosen_passages(plan, ["plan.summary"]))
    before = everything()
    wrong: list[tuple[Actor, dict[str, Any]]] = [
        (who["third"], {}),
        (who["their adviser"], {"audience": "institution"}),
        (who["their adviser"], {"subject": "Annat"}),
        (who["their adviser"], {"message": "Annat"}),
    ]
    for to, more in wrong:
        with pytest.raises(Stale):
            give(who["owner"], plan, to, seen=seen, **more)
    with pytest.raises(Stale):
        give(who["owner"], plan, who["their adviser"], "plan.title", seen=seen)
    assert everything() == before
    give(who["owner"], plan, who["their adviser"], seen=seen)


def test_the_mail_says_nothing_of_what_it_is_about(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = give(who["owner"], plan, who["their adviser"])
    copy = SharedCopy.unguarded.get(share=shared)
    assert waiting("send_notice_to_roles")[-1] == {
        "organisation_id": who["their adviser"].organisation_id,
        "roles": ["adviser"],
        "also": [],
        "notice": "copy_shared",
        "reference": str(copy.pk),
        "path": f"/collaborations/shared/{copy.pk}/",
    }


# --- The page ---------------------------------------------------------------------------------------


def test_the_page_shows_before_it_shares_and_keeps_what_was_chosen(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    browser, address = signed_in(who["owner"]), reverse("collaborations:share", args=[plan.pk])
    assert [one["checked"] for one in browser.get(address).context["passages"]] == [False] * len(
        shareable(plan)
    )
    there = Organisation.objects.get(key="sjobyhogskola")
    form = {"recipient": there.pk, "audience": "advisers", "subject": "Råd?", "chosen": ["plan.title"]}
    nothing = browser.post(address, {**form, "chosen": [], "step": "show"})
    assert (nothing.context["nothing_chosen"], nothing.context["form"]["subject"].value()) == (True, "Råd?")
    shown = browser.post(address, {**form, "step": "show"})
    preview = shown.context["preview"]
    assert ([p.key for p in preview["passages"]], Share.unguarded.count()) == (["plan.title"], 0)
    for unseen in ({}, {"seen": "0" * 64}):
        response = browser.post(address, {**form, "step": "send", **unseen})
        assert (response.status_code, Share.unguarded.count()) == (
            409 if response.context["form"].theirs else 200,
            0,
        )
    assert browser.post(address, {**form, "step": "send", "seen": preview["seen"]}).status_code == 302
    assert Share.unguarded.count() == 1
    withdrawal = reverse("collaborations:withdraw_share", args=[plan.pk, Share.unguarded.get().pk])
    assert browser.get(withdrawal).status_code == 200
    assert browser.post(withdrawal).status_code == 302
    assert browser.get(withdrawal).status_code == 403


def test_ids_of_others_in_the_form_are_refused(who: dict[str, Actor], plan: Collaboration) -> None:
    other = factories.prepared(who["owner"], who["adviser"], summary="Den andra.")
    foreign = other.advice.get().pk
    browser, address = signed_in(who["owner"]), reverse("collaborations:share", args=[plan.pk])
    there, before = who["their adviser"].organisation_id, everything()
    right = {
        "recipient": there,
        "audience": "advisers",
        "subject": "x",
        "chosen": ["plan.title"],
        "step": "send",
    }
    for field, wrong in (
        ("recipient", who["owner"].organisation_id),
        ("recipient", who["officer"].organisation_id),
        ("recipient", who["expert"].organisation_id),
        ("recipient", 999_999),
        ("audience", "everybody"),
        ("chosen", [f"advice.{foreign}"]),
        ("chosen", ["plan.owner"]),
    ):
        response = browser.post(address, {**right, field: wrong})
        assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert everything() == before


def test_a_share_of_another_plan_is_not_withdrawn_through_this_one(
    who: dict[str, Actor], plan: Collaboration, act: Act
) -> None:
    theirs = factories.prepared(who["their researcher"], who["their adviser"])
    shared = give(who["their contact"], theirs, who["third"])
    for key in (plan.pk, theirs.pk):
        address = reverse("collaborations:withdraw_share", args=[key, shared.pk])
        assert signed_in(who["owner"]).post(address).status_code == 404
    assert SharedCopy.unguarded.get(share=shared).withdrawn_at is None


def test_it_stands_in_the_recipients_room(who: dict[str, Actor], plan: Collaboration) -> None:
    empty = signed_in(who["their adviser"]).get(reverse("room")).context["sections"]
    assert "shared" not in [section["id"] for section in empty]
    give(who["owner"], plan, who["their adviser"], subject="Råd om snö")
    sections = {s["id"]: s for s in signed_in(who["their adviser"]).get(reverse("room")).context["sections"]}
    assert [row["title"] for row in sections["shared"]["rows"]] == ["Råd om snö"]
    officer = {s["id"]: s for s in signed_in(who["funder"]).get(reverse("room")).context["sections"]}
    assert officer["shared"]["rows"] == []
