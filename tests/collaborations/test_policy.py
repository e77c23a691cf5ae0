"""Who sees and may do what with a collaboration: everyone, at every stage."""

from collections.abc import Callable
from typing import Any

import pytest

from radrum.accounts.models import Membership
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration
from radrum.core.actor import STRANGER, SYSTEM, Actor
from radrum.core.scope import reading
from tests import factories
from tests.cast import FJALLBY, cast
from tests.conftest import Act
from tests.test_pages import carried

pytestmark = pytest.mark.django_db

READERS = {"adviser", "steering", "contact", "decider"}
RULES: dict[str, Callable[..., bool]] = {
    "describe": policy.may_describe,
    "assess": policy.may_assess,
    "hand_in": policy.may_hand_in,
    "prepare": policy.may_prepare,
    "ask": policy.may_ask,
    "decide": policy.may_decide,
    "review": policy.may_review,
    "pass_on": policy.may_pass_on,
}
# fmt: off
MAY = {
    "described":  {"owner": "describe assess pass_on"},
    "assessed":   {"owner": "describe assess hand_in pass_on"},
    "handed_in":  {"owner": "describe assess pass_on", "adviser": "describe assess prepare pass_on", "decider": "decide"},
    "prepared":   {"owner": "describe assess pass_on", "adviser": "describe assess prepare pass_on", "decider": "decide",
                   "contact": "ask"},
    "received":   {"owner": "describe assess pass_on", "adviser": "describe assess prepare pass_on", "decider": "decide"},
    "triaged":    {"owner": "describe assess pass_on", "adviser": "describe assess prepare pass_on", "decider": "decide"},
    "decided":    {"owner": "review pass_on", "adviser": "review pass_on"},
}
# fmt: on


def _may(actor: Actor, plan: Collaboration, *known: Any) -> str:
    return " ".join(name for name, rule in RULES.items() if rule(actor, plan, *known))


@pytest.mark.parametrize("stage", MAY)
def test_what_each_may_do_at_each_stage(act: Act, stage: str) -> None:
    """The same answer whether the rule looks by itself or is given what a list has already looked up."""
    who = cast(act)
    key = carried(who, stage)["collaborations"]
    expected = {name: MAY[stage].get(name, "") for name in who}
    alone, in_a_list = {}, {}
    for name, actor in who.items():
        with reading(actor):
            plan = Collaboration.unguarded.filter(pk=key).first()
            alone[name] = _may(actor, plan) if plan else ""
            known = policy.standings(actor, [plan])[key] if plan else None
            in_a_list[name] = _may(actor, plan, known) if plan else ""
    assert (alone, in_a_list) == (expected, expected)


def test_rules_hold_when_a_row_is_at_hand_that_one_may_not_see(act: Act) -> None:
    """The database is asked as the system here: what remains is the rule alone."""
    who = cast(act)
    plan = Collaboration.unguarded.get(pk=carried(who, "prepared")["collaborations"])
    outsiders = [
        who[name]
        for name in ("colleague", "admin", "their adviser", "their contact", "their decider", "lead")
    ]
    assert [_may(actor, plan) for actor in [*outsiders, STRANGER]] == [""] * 7
    assert (_may(SYSTEM, plan), policy.may_begin(SYSTEM)) == ("pass_on", False)
    assert {policy.standings(actor, [plan])[plan.pk] for actor in outsiders} == {
        policy.Standing(False, False, False, None, None)
    }


def test_who_sees_which_plan(act: Act) -> None:
    who = cast(act)
    for name in ("owner", "adviser", "their researcher"):
        factories.plan(who[name], title=f"utkast av {name}")
        factories.handed_in(who[name], title=f"plan av {name}")
    at_fjallby = {"plan av owner", "plan av adviser"}
    expected = {name: at_fjallby if name in READERS else set() for name in who}
    expected["owner"] = {"utkast av owner", "plan av owner"}
    expected["adviser"] = {*at_fjallby, "utkast av adviser"}
    expected["their researcher"] = {"utkast av their researcher", "plan av their researcher"}
    for name in ("their adviser", "their steering", "their contact", "their decider"):
        expected[name] = {"plan av their researcher"}
    found = {
        name: {plan.title for plan in policy.visible_collaborations(actor)} for name, actor in who.items()
    }
    assert found == expected
    assert [list(policy.visible_collaborations(actor)) for actor in (SYSTEM, STRANGER)] == [[], []]


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        (("adviser",), "describe assess pass_on"),
        (("decision_maker",), "describe assess pass_on"),
        (("adviser", "decision_maker"), "describe assess pass_on"),
    ],
)
def test_nobody_advises_or_decides_on_a_plan_of_their_own(act: Act, roles: tuple[str, ...], may: str) -> None:
    owner = act(*FJALLBY, *roles, name="Egen")
    plan = factories.handed_in(owner)
    assert _may(owner, plan) == may


def test_a_question_may_be_asked_again_when_the_first_is_answered(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "officer")
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    plan = factories.plan_of(case)
    assert policy.may_ask(who["contact"], plan) is False
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    assert policy.may_ask(who["contact"], plan) is True


def test_an_ongoing_collaboration_may_be_reviewed_without_a_decision(act: Act) -> None:
    from django.utils import timezone

    who = cast(act, "owner", "adviser")
    plan = factories.plan(who["owner"], phase="ongoing", review_on=timezone.localdate())
    assert [policy.may_review(who[name], plan) for name in ("owner", "adviser")] == [True, False]


def test_who_may_begin(act: Act) -> None:
    who = cast(act)
    begins = {name for name, actor in who.items() if policy.may_begin(actor)}
    their = {"their researcher", "their adviser", "their steering", "their contact", "their decider"}
    assert begins == {"owner", "colleague", *READERS, *their}


def test_who_can_take_over_and_who_decides(act: Act) -> None:
    who = cast(act)
    plan = factories.plan(who["owner"])
    assert {row.person_id for row in policy.colleagues(plan)} == {
        who[name].user_id for name in ("colleague", *READERS)
    }
    deciders = policy.holders(who["owner"], "decision_maker")
    assert [row.person_id for row in deciders] == [who["decider"].user_id]
    Membership.unguarded.filter(person_id=who["decider"].user_id).update(
        ends_on="2026-01-01", starts_on="2025-01-01"
    )
    assert list(policy.holders(who["owner"], "decision_maker")) == []
