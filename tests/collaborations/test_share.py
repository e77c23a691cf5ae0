"""The gate to other organisations: a chosen, frozen copy for one role there, which can be taken back whole."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from radrum.accounts.models import Organisation
from radrum.collaborations.describe import describe
from radrum.collaborations.models import Collaboration, Share, SharedCopy
from radrum.collaborations.pass_on import pass_on
from radrum.collaborations.passages import shareable
from radrum.collaborations.policy import visible_copies, visible_shares
from radrum.collaborations.share import chosen_passages, empty_ended, mark, share, withdraw
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from radrum.core.scope import reading, writing
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]

FIELDS = ("title", "summary", "worth_doing", "field", "funding")
UNIQUE = {name: f"ord-{name}-slut" for name in FIELDS}
NUMBER = "811218-9876"  # well-formed, and nobody's
THIRD = ("Norrby högskola", "institution")


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    names = ("owner", "colleague", "adviser", "steering", "contact", "decider", "admin")
    theirs = (
        "their researcher",
        "their adviser",
        "their steering",
        "their contact",
        "their decider",
        "their admin",
    )
    people = cast(act, *names, *theirs, "officer", "lead", "expert", "funder", "evaluator")
    roles = ("adviser", "contact_point", "decision_maker", "steering", "organisation_admin")
    return {**people, "third": act(*THIRD, *roles, name="third")}


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    return factories.prepared(
        who["owner"], who["adviser"], partners=[("ord-partner-slut", "Serranien")], **UNIQUE
    )


def _share(actor: Actor, plan: Collaboration, to: Actor, *chosen: str, **more: Any) -> Share:
    given = {"audience": "advisers", "subject": "ord-ämne-slut", "message": "ord-hälsning-slut", **more}
    return share(actor, plan, recipient=to.organisation, chosen=list(chosen or ["plan.summary"]), **given)


def _rows(actor: Actor) -> list[int]:
    """What the actor's list holds."""
    with reading(actor):
        return list(visible_copies(actor).values_list("pk", flat=True))


def _database(actor: Actor) -> tuple[int, int]:
    """What the database shows, with no filter at all: copies, and shares with their history."""
    with reading(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM collaborations_sharedcopy), (SELECT count(*) FROM collaborations_share)"
            " + (SELECT count(*) FROM collaborations_shareevent)"
        )
        return cursor.fetchone()  # type: ignore[no-any-return]


def _page(actor: Actor, shared: Share) -> Any:
    copy = SharedCopy.unguarded.get(share=shared)
    return signed_in(actor).get(reverse("collaborations:copy", args=[copy.pk]))


def _stored() -> str:
    """Everything the database holds outside the plan's own tables: copies, shares, history, jobs, drafts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(t, '|') FROM (SELECT c::text t FROM collaborations_sharedcopy c UNION ALL "
            "SELECT s::text FROM collaborations_share s UNION ALL SELECT e::text FROM collaborations_shareevent e "
            "UNION ALL SELECT j::text FROM procrastinate_jobs j UNION ALL SELECT d::text FROM accounts_draft d) x"
        )
        return str(cursor.fetchone()[0])


# --- What passes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", FIELDS)
def test_they_read_what_was_chosen_and_nothing_else(
    who: dict[str, Actor], plan: Collaboration, chosen: str
) -> None:
    shared = _share(who["owner"], plan, who["their adviser"], f"plan.{chosen}")
    page = _page(who["their adviser"], shared)
    text = page.content.decode()
    assert page.status_code == 200
    assert {name for name, word in UNIQUE.items() if word in text} == {chosen}
    assert [word in text for word in ("ord-ämne-slut", "ord-hälsning-slut", "Fjällby universitet")] == [
        True
    ] * 3
    assert [word in text for word in ("ord-partner-slut", "Vi vet inte än.", "Gå vidare i två steg.")] == [
        False
    ] * 3
    left_out = len(shareable(plan)) - 1
    assert f"{left_out} stycken delades inte." in text
    held = json.dumps(list(SharedCopy.unguarded.values()), default=str, ensure_ascii=False)
    assert {name for name, word in UNIQUE.items() if word in held} == {chosen}
    assert f"/collaborations/{plan.pk}/" not in text


def test_later_edits_and_decisions_do_not_reach_them(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = _share(who["owner"], plan, who["their adviser"], "plan.summary", "plan.partners")
    before = _page(who["their adviser"], shared).context["passages"]
    later = {"kind": "visit", "phase": "planned", **dict.fromkeys(FIELDS, "senare")}
    describe(who["owner"], plan, version=1, partners=[], **later)
    factories.decided(Collaboration.unguarded.get(pk=plan.pk), who["decider"])
    assert _page(who["their adviser"], shared).context["passages"] == before


def test_the_decision_can_be_shared_and_the_statement_cannot(who: dict[str, Actor], act: Act) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    plan = factories.decided(factories.plan_of(case), who["decider"])
    keys = [passage.key.partition(".")[0] for passage in shareable(plan)]
    assert set(keys) == {"plan", "answer", "advice", "decision"}
    assert [passage.required for passage in shareable(plan)] == [False] * len(keys)


def test_those_at_home_see_whom_when_and_what(who: dict[str, Actor], plan: Collaboration) -> None:
    until = timezone.localdate() + timedelta(days=9)
    _share(
        who["contact"], plan, who["funder"], "plan.title", "plan.funding", audience="funder", ends_on=until
    )
    page = signed_in(who["owner"]).get(reverse("collaborations:plan", args=[plan.pk]))
    [shown] = page.context["shares"]
    values = {fact["label"]: fact["value"] for fact in shown["facts"]}
    assert shown["recipient"] == "Vetenskapsfonden Nord"
    assert values["Vad"].splitlines()[:2] == ["Rubrik", "Finansiering"]
    assert values["Delat av"].startswith("contact")
    assert ("Kan läsas till och med" in values["Läge"], shown["withdraw"] is not None) == (True, True)


# --- Who sees it ------------------------------------------------------------------------------------

READERS = {
    "advisers": ["their adviser"],
    "institution": ["their adviser", "their steering", "their contact", "their decider"],
}


@pytest.mark.parametrize("audience", READERS)
def test_only_the_audience_at_the_recipient_sees_it(
    who: dict[str, Actor], plan: Collaboration, audience: str
) -> None:
    shared = _share(who["owner"], plan, who["their adviser"], audience=audience)
    copy = SharedCopy.unguarded.get(share=shared)
    readers = READERS[audience]
    assert {name: _rows(actor) for name, actor in who.items()} == {
        name: [copy.pk] if name in readers else [] for name in who
    }
    at_home = {"owner", "adviser", "steering", "contact", "decider"}  # they see the plan
    assert {name: _database(actor) for name, actor in who.items()} == {
        name: (1, 2) if name in at_home else (1, 0) if name in readers else (0, 0) for name in who
    }
    found = {name: _page(actor, shared).status_code for name, actor in who.items()}
    assert found == {name: 200 if name in readers else 404 for name in who}


def test_a_funder_reads_what_is_for_its_officers(
    who: dict[str, Actor], plan: Collaboration, act: Act
) -> None:
    other = act("Sjöfonden", "funder", "funder_officer", name="other funder")
    adviser = act("Vetenskapsfonden Nord", "funder", "adviser", name="funders adviser")
    shared = _share(who["owner"], plan, who["funder"], audience="funder")
    assert [len(_rows(actor)) for actor in (who["funder"], other, adviser)] == [1, 0, 0]
    assert [_page(a, shared).status_code for a in (who["funder"], other, adviser)] == [200, 404, 404]


def test_nobody_else_can_count_it_search_it_or_guess_it(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = _share(who["owner"], plan, who["their adviser"])
    copy = SharedCopy.unguarded.get(share=shared)
    for name in (
        "third",
        "their researcher",
        "their admin",
        "funder",
        "officer",
        "lead",
        "expert",
        "colleague",
    ):
        browser = signed_in(who[name])
        pages = [
            browser.get(reverse(page)) for page in ("collaborations:shared", "room", "collaborations:list")
        ]
        assert ["ord-" in page.content.decode() for page in pages] == [False] * 3
        assert [page.status_code for page in pages] == [200] * 3
        assert (pages[0].context["rows"], pages[0].context["page"].paginator.count) == ([], 0)
        for key in (copy.pk, copy.pk + 1, 0):
            page = browser.get(reverse("collaborations:copy", args=[key]))
            assert (page.status_code, "ord-" in page.content.decode()) == (404, False)
    foreign = signed_in(who["third"]).get(reverse("collaborations:copy", args=[copy.pk]))
    absent = signed_in(who["third"]).get(reverse("collaborations:copy", args=[999_999]))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    nobody = Client().get(reverse("collaborations:copy", args=[copy.pk]))
    assert (nobody.status_code, nobody["Location"].startswith("/account/login/")) == (302, True)


def test_the_recipient_has_no_way_to_the_plan(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = _share(who["owner"], plan, who["their adviser"])
    browser, before = signed_in(who["their adviser"]), everything()
    withdrawal = reverse("collaborations:withdraw_share", args=[plan.pk, shared.pk])
    for address in (
        reverse("collaborations:plan", args=[plan.pk]),
        reverse("collaborations:share", args=[plan.pk]),
        withdrawal,
    ):
        assert [browser.get(address).status_code, browser.post(address).status_code] == [404, 404]
    with reading(who["their adviser"]):
        assert (Collaboration.unguarded.count(), Share.unguarded.count()) == (0, 0)
        assert list(visible_shares(who["their adviser"])) == []
    with pytest.raises(Unseen):
        withdraw(who["their adviser"], shared)
    assert everything() == before


def test_the_recipient_cannot_change_remove_or_plant_a_copy(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    shared = _share(who["owner"], plan, who["their adviser"])
    copy = SharedCopy.unguarded.get(share=shared)
    _share(who["owner"], plan, who["third"])
    for name in ("their adviser", "third", "colleague"):
        with writing(who[name]):
            assert SharedCopy.unguarded.filter(pk=copy.pk).update(message="Ändrat") == 0
            assert SharedCopy.unguarded.filter(pk=copy.pk)._raw_delete("default") == 0
            assert Share.unguarded.filter(pk=shared.pk).update(subject="Ändrat") == 0
    planted = {"audience": "advisers", "passages": [], "left_out": 0}
    for name in ("their adviser", "third"):
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            writing(who[name]),
        ):
            SharedCopy.unguarded.create(
                share=shared,
                sender=plan.organisation,
                sent_by=who["owner"].user,
                recipient=who["third"].organisation,
                **planted,
            )


# --- Taking it back ---------------------------------------------------------------------------------


def test_withdrawn_nothing_of_the_text_is_left_and_they_see_by_whom(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    shared = _share(
        who["owner"], plan, who["their adviser"], "plan.summary", "plan.title", subject="Ett ämne"
    )
    assert (
        UNIQUE["summary"] in _stored(),
        "Ett ämne" in _page(who["their adviser"], shared).content.decode(),
    ) == (True, True)
    withdraw(who["contact"], Share.unguarded.get(pk=shared.pk))
    stored = _stored()
    assert [word in stored for word in (UNIQUE["summary"], UNIQUE["title"])] == [False, False]
    page = _page(who["their adviser"], shared)
    text = page.content.decode()
    assert (page.status_code, "Tillbakadraget av contact" in text) == (200, True)
    hidden = (UNIQUE["summary"], UNIQUE["title"], "Ett ämne", "ord-hälsning-slut", "stycken delades inte")
    assert [word in text for word in hidden] == [False] * 5
    listed = signed_in(who["their adviser"]).get(reverse("collaborations:shared")).content.decode()
    assert ("Ett ämne" in listed, "Tillbakadraget av contact" in listed) == (False, True)
    told = waiting("send_notice_to_roles")[-1]
    assert (told["notice"], told["organisation_id"]) == (
        "copy_withdrawn",
        who["their adviser"].organisation_id,
    )
    [shown] = signed_in(who["owner"]).get(reverse("collaborations:plan", args=[plan.pk])).context["shares"]
    assert (shown["withdraw"], "Tillbakadraget av contact" in str(shown["facts"])) == (None, True)
    with pytest.raises(Forbidden):
        withdraw(who["owner"], Share.unguarded.get(pk=shared.pk))


def test_who_may_share_and_take_back(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = _share(who["contact"], plan, who["their adviser"])
    for name, error in (
        ("adviser", Forbidden),
        ("steering", Forbidden),
        ("decider", Forbidden),
        ("colleague", Unseen),
        ("admin", Unseen),
        ("third", Unseen),
        ("officer", Unseen),
    ):
        before = everything()
        with pytest.raises(error):
            _share(who[name], plan, who["their adviser"])
        with pytest.raises(error):
            withdraw(who[name], shared)
        assert everything() == before
    draft = factories.plan(who["owner"])
    _share(who["owner"], draft, who["their adviser"], "plan.title")
    with pytest.raises(Unseen):
        _share(who["contact"], draft, who["their adviser"], "plan.title")
    pass_on(who["owner"], plan, to=who["colleague"].user)
    withdraw(who["colleague"], Share.unguarded.get(pk=shared.pk))  # the new owner takes it back


def test_when_its_last_day_has_passed_it_is_gone(who: dict[str, Actor], plan: Collaboration) -> None:
    today = timezone.localdate()
    shared = _share(who["owner"], plan, who["their adviser"], ends_on=today)
    forever = _share(who["owner"], plan, who["third"])
    with writing(SYSTEM):
        assert empty_ended(today) == 0
    assert UNIQUE["summary"] in _page(who["their adviser"], shared).content.decode()
    SharedCopy.unguarded.filter(share=shared).update(ends_on=today - timedelta(days=1))
    assert UNIQUE["summary"] not in _page(who["their adviser"], shared).content.decode()  # before the night
    with writing(SYSTEM):
        assert (empty_ended(today), empty_ended(today)) == (1, 0)
    assert SharedCopy.unguarded.get(share=shared).passages == []
    assert SharedCopy.unguarded.get(share=forever).passages != []


# --- What does not pass -----------------------------------------------------------------------------


def _refused(actor: Actor, plan: Collaboration, to: Actor, *chosen: str, **more: Any) -> None:
    before, jobs = everything(), len(waiting())
    with pytest.raises(Refused):
        _share(actor, plan, to, *chosen, **more)
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
            _share(who["owner"], plan, to, seen=seen, **more)
    with pytest.raises(Stale):
        _share(who["owner"], plan, who["their adviser"], "plan.title", seen=seen)
    assert everything() == before
    _share(who["owner"], plan, who["their adviser"], seen=seen)


def test_the_mail_says_nothing_of_what_it_is_about(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = _share(who["owner"], plan, who["their adviser"])
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
    shared = _share(who["their contact"], theirs, who["third"])
    for key in (plan.pk, theirs.pk):
        address = reverse("collaborations:withdraw_share", args=[key, shared.pk])
        assert signed_in(who["owner"]).post(address).status_code == 404
    assert SharedCopy.unguarded.get(share=shared).withdrawn_at is None


def test_it_stands_in_the_recipients_room(who: dict[str, Actor], plan: Collaboration) -> None:
    empty = signed_in(who["their adviser"]).get(reverse("room")).context["sections"]
    assert "shared" not in [section["id"] for section in empty]
    _share(who["owner"], plan, who["their adviser"], subject="Råd om snö")
    sections = {s["id"]: s for s in signed_in(who["their adviser"]).get(reverse("room")).context["sections"]}
    assert [row["title"] for row in sections["shared"]["rows"]] == ["Råd om snö"]
    officer = {s["id"]: s for s in signed_in(who["funder"]).get(reverse("room")).context["sections"]}
    assert officer["shared"]["rows"] == []
