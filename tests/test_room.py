"""My room: what waits for me and nobody else, at the same cost however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from radrum.accounts.models import Membership
from radrum.accounts.substitute import name_substitute
from radrum.cases.models import Case
from radrum.collaborations.ask import ask
from radrum.collaborations.decide import decide
from radrum.collaborations.prepare import prepare
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import writing
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act
from tests.test_pages import carried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
NAMES = (
    "owner",
    "adviser",
    "steering",
    "contact",
    "decider",
    "officer",
    "other officer",
    "lead",
    "their contact",
)

# fmt: off
WAITS = {
    # how far          for whom, and where the link leads
    "described":  {"owner": "assess"},
    "assessed":   {"owner": "hand-in"},
    "handed_in":  {"adviser": "prepare"},
    "prepared":   {"decider": "decide"},
    "received":   {"officer": "triage", "other officer": "triage", "lead": "triage"},
    "triaged":    {"officer": "case"},
    "restricted": {"officer": "case"},
    "drafted":    {"officer": "answer", "other officer": "answer", "lead": "answer"},
    "decided":    {},
}
# fmt: on


def _waiting(actor: Actor) -> list[str]:
    rows = signed_in(actor).get("/room/").context["waiting"]
    return [row["url"].rstrip("/").rpartition("/")[2] for row in rows]


@pytest.mark.parametrize("stage", WAITS)
def test_what_waits_for_each(act: Act, stage: str) -> None:
    who = cast(act, *NAMES)
    key = carried(who, stage)["cases" if "officer" in WAITS[stage] else "collaborations"]
    found = {name: _waiting(actor) for name, actor in who.items()}
    assert found == {
        name: [WAITS[stage][name].replace("case", str(key))] if name in WAITS[stage] else [] for name in who
    }


def test_the_contact_point_is_waited_for_when_the_advice_suggests_to_ask(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "decider", "officer")
    plan = factories.prepared(who["owner"], who["adviser"])
    prepare(who["adviser"], plan, text="Fråga först.", suggests_asking=True)
    assert [_waiting(who[name]) for name in ("contact", "decider")] == [["ask"], ["decide"]]
    case = Case.unguarded.get(pk=ask(who["contact"], plan, subject="s", question="q", chosen=[]).case_id)
    assert [_waiting(who[name]) for name in ("contact", "decider")] == [[], []]
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    assert [_waiting(who[name]) for name in ("contact", "decider")] == [[], ["decide"]]
    decide(who["decider"], plan, outcome="wait", reasons="Vi väntar.", delayed="Allt.")
    assert [_waiting(who[name]) for name in ("contact", "decider")] == [[], []]


def test_a_review_waits_from_its_day_and_only_when_it_can_be_made(act: Act) -> None:
    owner, today = cast(act, "owner")["owner"], timezone.localdate()
    factories.plan(owner, title="planerad", review_on=today)
    for day in (0, 1):
        factories.plan(owner, title=f"pågår {day}", phase="ongoing", review_on=today + timedelta(days=day))
    rows = signed_in(owner).get("/room/").context["waiting"]
    reviews = [row for row in rows if row["url"].endswith("/review/")]
    assert [(row["title"], row["when"]) for row in reviews] == [("pågår 0", today)]


def test_whoever_works_at_home_has_plans_and_questions_and_the_desk_has_its_queue(act: Act) -> None:
    who = cast(act, *NAMES)
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    rooms = {name: signed_in(actor).get("/room/").context for name, actor in who.items()}
    sections = {
        name: [[row["title"] for row in section["rows"]] for section in room["sections"]]
        for name, room in rooms.items()
    }
    asked, plan = [case.subject], [factories.plan_of(case).title]
    assert sections == {
        "owner": [plan, asked],
        **{key: [[], asked] for key in ("adviser", "steering", "contact", "decider")},
        **{key: [] for key in ("officer", "other officer", "lead")},
        "their contact": [[], []],
    }
    assert {name: [link["url"] for link in room["links"]] for name, room in rooms.items()} == {
        **{key: [] for key in ("owner", "adviser", "steering", "decider")},
        **{name: [f"/people/{who[name].user_id}/"] for name in ("contact", "their contact")},
        **{
            name: ["/desk/", f"/people/{who[name].user_id}/"] for name in ("officer", "other officer", "lead")
        },
    }


def test_a_substitute_is_told_for_whom(act: Act) -> None:
    who, today = cast(act, "contact", "adviser"), timezone.localdate()
    membership = Membership.unguarded.get(person_id=who["contact"].user_id)
    name_substitute(
        who["contact"], membership, substitute=who["adviser"].user, starts_on=today, ends_on=today
    )
    told = {name: signed_in(actor).get("/room/").context["substitute"] for name, actor in who.items()}
    assert (who["contact"].user.name in told["adviser"], told["contact"]) == (True, "")


def _cost(actor: Actor) -> int:
    browser = signed_in(actor)
    browser.get("/room/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/room/")
    return len(queries)


def test_one_row_and_three_rows_cost_the_same(act: Act) -> None:
    """A plan of each sort against three of each, as everyone."""
    who, costs = cast(act, *NAMES), []
    for more in (1, 2):
        for _number in range(more):
            for stage in ("assessed", "prepared", "received", "triaged", "decided"):
                carried(who, stage)
            factories.plan(who["owner"], phase="ongoing", review_on=timezone.localdate())
        costs.append({name: _cost(actor) for name, actor in who.items()})
    assert costs[0] == costs[1]


def test_someone_who_has_left_has_an_empty_room(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    factories.plan(owner)
    with writing(SYSTEM):
        Membership.unguarded.filter(person_id=owner.user_id).update(
            starts_on="2025-01-01", ends_on="2025-12-31"
        )
    room = signed_in(owner).get("/room/")
    assert (room.status_code, room.context["sections"], room.context["waiting"]) == (200, [], [])
