"""The gate to other organisations: a chosen, frozen copy for one role there, which can be taken back whole."""

import json
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from radrum.collaborations.describe import describe
from radrum.collaborations.models import Collaboration, Share, SharedCopy
from radrum.collaborations.pass_on import pass_on
from radrum.collaborations.passages import shareable
from radrum.collaborations.policy import visible_shares
from radrum.collaborations.share import empty_ended, withdraw
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Unseen
from radrum.core.scope import reading, writing
from tests import factories
from tests.cast import everything, signed_in
from tests.collaborations.sharing import (
    FIELDS,
    UNIQUE,
    everything_stored,
    give,
    in_the_database,
    marked_plan,
    page_of,
    people,
    rows,
)
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return people(act)


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    return marked_plan(who)


# --- What passes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", FIELDS)
def test_they_read_what_was_chosen_and_nothing_else(
    who: dict[str, Actor], plan: Collaboration, chosen: str
) -> None:
    shared = give(who["owner"], plan, who["their adviser"], f"plan.{chosen}")
    page = page_of(who["their adviser"], shared)
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
    shared = give(who["owner"], plan, who["their adviser"], "plan.summary", "plan.partners")
    before = page_of(who["their adviser"], shared).context["passages"]
    later = {"kind": "visit", "phase": "planned", **dict.fromkeys(FIELDS, "senare")}
    describe(who["owner"], plan, version=1, partners=[], **later)
    factories.decided(Collaboration.unguarded.get(pk=plan.pk), who["decider"])
    assert page_of(who["their adviser"], shared).context["passages"] == before


def test_the_decision_can_be_shared_and_the_statement_cannot(who: dict[str, Actor], act: Act) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    plan = factories.decided(factories.plan_of(case), who["decider"])
    keys = [passage.key.partition(".")[0] for passage in shareable(plan)]
    assert set(keys) == {"plan", "answer", "advice", "decision"}
    assert [passage.required for passage in shareable(plan)] == [False] * len(keys)


def test_those_at_home_see_whom_when_and_what(who: dict[str, Actor], plan: Collaboration) -> None:
    until = timezone.localdate() + timedelta(days=9)
    give(who["contact"], plan, who["funder"], "plan.title", "plan.funding", audience="funder", ends_on=until)
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
    shared = give(who["owner"], plan, who["their adviser"], audience=audience)
    copy = SharedCopy.unguarded.get(share=shared)
    readers = READERS[audience]
    assert {name: rows(actor) for name, actor in who.items()} == {
        name: [copy.pk] if name in readers else [] for name in who
    }
    at_home = {"owner", "adviser", "steering", "contact", "decider"}  # they see the plan
    assert {name: in_the_database(actor) for name, actor in who.items()} == {
        name: (1, 2) if name in at_home else (1, 0) if name in readers else (0, 0) for name in who
    }
    found = {name: page_of(actor, shared).status_code for name, actor in who.items()}
    assert found == {name: 200 if name in readers else 404 for name in who}


def test_a_funder_reads_what_is_for_its_officers(
    who: dict[str, Actor], plan: Collaboration, act: Act
) -> None:
    other = act("Sjöfonden", "funder", "funder_officer", name="other funder")
    adviser = act("Vetenskapsfonden Nord", "funder", "adviser", name="funders adviser")
    shared = give(who["owner"], plan, who["funder"], audience="funder")
    assert [len(rows(actor)) for actor in (who["funder"], other, adviser)] == [1, 0, 0]
    assert [page_of(a, shared).status_code for a in (who["funder"], other, adviser)] == [200, 404, 404]


def test_nobody_else_can_count_it_search_it_or_guess_it(who: dict[str, Actor], plan: Collaboration) -> None:
    shared = give(who["owner"], plan, who["their adviser"])
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
    shared = give(who["owner"], plan, who["their adviser"])
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
    shared = give(who["owner"], plan, who["their adviser"])
    copy = SharedCopy.unguarded.get(share=shared)
    give(who["owner"], plan, who["third"])
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
    shared = give(who["owner"], plan, who["their adviser"], "plan.summary", "plan.title", subject="Ett ämne")
    assert (
        UNIQUE["summary"] in everything_stored(),
        "Ett ämne" in page_of(who["their adviser"], shared).content.decode(),
    ) == (True, True)
    withdraw(who["contact"], Share.unguarded.get(pk=shared.pk))
    stored = everything_stored()
    assert [word in stored for word in (UNIQUE["summary"], UNIQUE["title"])] == [False, False]
    page = page_of(who["their adviser"], shared)
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
    shared = give(who["contact"], plan, who["their adviser"])
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
            give(who[name], plan, who["their adviser"])
        with pytest.raises(error):
            withdraw(who[name], shared)
        assert everything() == before
    draft = factories.plan(who["owner"])
    give(who["owner"], draft, who["their adviser"], "plan.title")
    with pytest.raises(Unseen):
        give(who["contact"], draft, who["their adviser"], "plan.title")
    pass_on(who["owner"], plan, to=who["colleague"].user)
    withdraw(who["colleague"], Share.unguarded.get(pk=shared.pk))  # the new owner takes it back


def test_when_its_last_day_has_passed_it_is_gone(who: dict[str, Actor], plan: Collaboration) -> None:
    today = timezone.localdate()
    shared = give(who["owner"], plan, who["their adviser"], ends_on=today)
    forever = give(who["owner"], plan, who["third"])
    with writing(SYSTEM):
        assert empty_ended(today) == 0
    assert UNIQUE["summary"] in page_of(who["their adviser"], shared).content.decode()
    SharedCopy.unguarded.filter(share=shared).update(ends_on=today - timedelta(days=1))
    assert UNIQUE["summary"] not in page_of(who["their adviser"], shared).content.decode()  # before the night
    with writing(SYSTEM):
        assert (empty_ended(today), empty_ended(today)) == (1, 0)
    assert SharedCopy.unguarded.get(share=shared).passages == []
    assert SharedCopy.unguarded.get(share=forever).passages != []
