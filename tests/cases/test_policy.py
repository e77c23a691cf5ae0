"""Who sees and may do what with a case: the desk, the asker, and nobody else."""

import pytest

from radrum.cases import policy
from radrum.cases.models import Case
from radrum.core.actor import STRANGER, SYSTEM, Actor
from radrum.core.scope import reading
from tests import factories
from tests.cast import FJALLBY, cast
from tests.conftest import Act

pytestmark = pytest.mark.django_db

# fmt: off
SEES = {
    "owner":         "received open restricted",
    "adviser":       "received open restricted",
    "steering":      "received open restricted",
    "contact":       "received open restricted",
    "decider":       "received open restricted",
    "officer":       "received open restricted",
    "other officer": "received open",
    "lead":          "received open restricted",
}
# fmt: on
HANDLES = {"officer": "open restricted", "other officer": "open", "lead": "open restricted"}
DESK = ("officer", "other officer", "lead")


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act)


@pytest.fixture
def cases(who: dict[str, Actor]) -> dict[str, Case]:
    """One not handed out, one open to the desk, one restricted to the officer."""
    asked = {
        name: factories.asked(who["owner"], who["adviser"], who["contact"])
        for name in ("received", "open", "restricted")
    }
    factories.triaged(asked["open"], who["officer"])
    factories.triaged(asked["restricted"], who["officer"], access="restricted")
    return asked


def _names(rows: object, cases: dict[str, Case], key: str = "pk") -> str:
    found = {getattr(row, key) for row in rows}  # type: ignore[attr-defined]
    return " ".join(name for name, case in cases.items() if case.pk in found)


@pytest.mark.parametrize("asked_as", ["system", "the actor"])
def test_who_sees_which_case(who: dict[str, Actor], cases: dict[str, Case], asked_as: str) -> None:
    """The rule alone (nothing kept back by the database), and as the database lets each of them."""
    seen, handled = {}, {}
    for name, actor in who.items():
        with reading(SYSTEM if asked_as == "system" else actor):
            seen[name] = _names(policy.visible_cases(actor), cases)
            handled[name] = _names(policy.visible_handlings(actor), cases, "case_id")
    assert seen == {name: SEES.get(name, "") for name in who}
    assert handled == {name: HANDLES.get(name, "") for name in who}


def test_nobody_known_sees_nothing(cases: dict[str, Case]) -> None:
    for actor in (SYSTEM, STRANGER, Actor(user_id=1)):
        assert list(policy.visible_cases(actor)) == list(policy.visible_handlings(actor)) == []


@pytest.mark.parametrize("rule", [policy.may_triage, policy.may_answer, policy.may_read_restricted])
def test_who_may_work_with_a_case(who: dict[str, Actor], cases: dict[str, Case], rule: object) -> None:
    may = {
        name: " ".join(key for key, case in cases.items() if rule(actor, case))  # type: ignore[operator]
        for name, actor in who.items()
    }
    assert may == {name: SEES[name] if name in DESK else "" for name in who}


def test_who_may_ask(who: dict[str, Actor]) -> None:
    fjallby = who["owner"].organisation
    assert [name for name, actor in who.items() if policy.may_ask(actor, fjallby)] == ["contact"]


def test_an_owner_with_another_role_still_follows_the_question(act: Act, who: dict[str, Actor]) -> None:
    """Whoever the question was asked for follows it at the organisation, and not when acting for another."""
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    at_fjallby = act(*FJALLBY, "council", name="owner")
    elsewhere = act("Sjöby högskola", "institution", "researcher", name="owner")
    elsewhere = Actor(**{**elsewhere.__dict__, "user_id": at_fjallby.user_id})
    assert list(policy.visible_cases(at_fjallby)) == [case]
    assert list(policy.visible_cases(elsewhere)) == []


def test_officers_are_those_who_work_at_the_desk_today(who: dict[str, Actor]) -> None:
    found = {row.person_id for row in policy.officers(who["lead"])}
    assert found == {who[name].user_id for name in DESK}
    assert [name for name, actor in who.items() if policy.is_desk(actor)] == list(DESK)
