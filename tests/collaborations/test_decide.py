"""The institution decides, with reasons, whatever the desk says; once, and never on a plan of one's own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from radrum.collaborations.decide import decide
from radrum.collaborations.models import Collaboration, Decision
from radrum.collaborations.show.after import decision_in_words
from radrum.core.operation import Forbidden, Refused, Unseen
from tests import factories
from tests.cast import FJALLBY, cast, everything
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db

TEXTS = ("gained", "changed", "delayed", "given_up")
COSTS = {
    "go_ahead": {"gained": "Mer vatten."},
    "changed": {
        "gained": "Mer vatten.",
        "changed": "Rådata stannar.",
        "delayed": "Flygning.",
        "given_up": "En kamera.",
    },
    "wait": {"delayed": "Allt, till klassningen."},
    "refrain": {"given_up": "Mätserien."},
}


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_each_outcome_stands_with_its_reasons_and_the_owner_is_told(act: Act, outcome: str) -> None:
    who = cast(act, "owner", "adviser", "decider")
    plan = factories.prepared(who["owner"], who["adviser"])
    texts = COSTS[outcome]
    decide(who["decider"], plan, outcome=outcome, reasons="Skäl.", conditions="I två steg.", **texts)
    made = Decision.unguarded.get(collaboration=plan)
    assert (made.outcome, made.reasons, made.conditions, made.decided_by_id) == (
        outcome,
        "Skäl.",
        "I två steg.",
        who["decider"].user_id,
    )
    assert {name: getattr(made, name) for name in TEXTS if getattr(made, name)} == texts
    shown = decision_in_words(plan, made)
    assert [part["text"] for part in shown["parts"]] == [*texts.values(), "I två steg."]
    assert waiting("send_notice")[-1] == {
        "person_id": who["owner"].user_id,
        "notice": "plan_decided",
        "reference": str(plan.pk),
        "path": f"/collaborations/{plan.pk}/",
    }


@pytest.mark.parametrize(
    ("outcome", "texts"),
    [
        ("changed", {}),
        ("changed", {"changed": "  ", "gained": "Mer"}),
        ("wait", {"changed": "Annat."}),
        ("refrain", {"delayed": "Senare."}),
        ("go_ahead", {"given_up": "Kameran."}),
        ("wait", {"delayed": "Senare.", "gained": "Mer."}),
        ("refrain", {"given_up": "Allt.", "gained": "Mer."}),
    ],
)
def test_what_it_costs_must_be_said_and_must_fit(act: Act, outcome: str, texts: dict[str, str]) -> None:
    who = cast(act, "owner", "decider")
    plan = factories.handed_in(who["owner"])
    before = everything()
    with pytest.raises(Refused):
        decide(who["decider"], plan, outcome=outcome, reasons="Skäl.", conditions="Villkor.", **texts)
    assert (everything(), Decision.unguarded.count()) == (before, 0)


def test_it_may_be_decided_while_the_desk_is_still_asked(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "decider")
    plan = factories.plan_of(factories.asked(who["owner"], who["adviser"], who["contact"]))
    assert factories.decided(plan, who["decider"]).decisions.get().outcome == "go_ahead"


def test_who_cannot_decide(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "steering", "decider", "their decider", "lead")
    plan = factories.handed_in(who["owner"])
    given = {"outcome": "go_ahead", "reasons": "Skäl."}
    for name in ("owner", "adviser", "contact", "steering"):
        with pytest.raises(Forbidden):
            decide(who[name], plan, **given)
    for name in ("their decider", "lead"):
        with pytest.raises(Unseen):
            decide(who[name], plan, **given)
    with pytest.raises(Forbidden):
        decide(
            act(*FJALLBY, "decision_maker", name="Egen"),
            factories.handed_in(act(*FJALLBY, "decision_maker", name="Egen")),
            **given,
        )
    decide(who["decider"], plan, **given)
    with pytest.raises(Forbidden):
        decide(who["decider"], plan, **given)
    assert Decision.unguarded.count() == 1


def test_a_decision_can_say_when_to_look_again(act: Act) -> None:
    who, today = cast(act, "owner", "decider"), timezone.localdate()
    plan, given = factories.handed_in(who["owner"]), {"outcome": "go_ahead", "reasons": "Skäl."}
    with pytest.raises(Refused):
        decide(who["decider"], plan, **given, review_on=today)
    decide(who["decider"], plan, **given, review_on=today + timedelta(days=1))
    decided = Collaboration.unguarded.get(pk=plan.pk)
    assert (decided.review_on, decided.version) == (today + timedelta(days=1), plan.version + 1)
