"""A security marking stops every text that others will read, at each step at home; nothing is kept."""

from collections.abc import Callable
from typing import Any

import pytest

from radrum.collaborations.decide import decide
from radrum.collaborations.models import Advice, Collaboration, Decision, Referral, Review
from radrum.collaborations.prepare import prepare
from radrum.collaborations.review import review
from radrum.collaborations.steer import lift
from radrum.core.actor import Actor
from radrum.core.operation import Refused
from tests import factories
from tests.cast import cast
from tests.conftest import Act

MARKED = "HEMLIG enligt 15 kap. 2 § OSL."
PLAIN = "Gå vidare i två steg."
STEPS: dict[str, tuple[str, type[Any], Callable[[Actor, Collaboration, str], Any]]] = {
    "advice": ("adviser", Advice, lambda actor, plan, text: prepare(actor, plan, text=text)),
    "question to the steering group": (
        "adviser",
        Referral,
        lambda actor, plan, text: lift(
            actor, plan, question=text, conflicts=[("openness", "security", "Ljudet bär långt.")]
        ),
    ),
    "decision": (
        "decider",
        Decision,
        lambda actor, plan, text: decide(actor, plan, outcome="go_ahead", reasons=text),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
def test_a_marking_stops_it_and_a_plain_text_passes(act: Act, step: str) -> None:
    who = cast(act, "owner", "adviser", "decider")
    role, model, take = STEPS[step]
    plan = factories.handed_in(who["owner"])
    before = model.unguarded.count()
    with pytest.raises(Refused):
        take(who[role], plan, MARKED)
    assert model.unguarded.count() == before
    take(who[role], plan, PLAIN)
    assert model.unguarded.count() == before + 1


@pytest.mark.django_db
def test_a_look_back_is_searched_too(act: Act) -> None:
    who = cast(act, "owner", "adviser", "decider")
    plan = factories.handed_in(who["owner"])
    plan = factories.decided(plan, who["decider"])
    with pytest.raises(Refused):
        review(who["owner"], plan, note=MARKED)
    assert Review.unguarded.count() == 0
    review(who["owner"], plan, note=PLAIN)
    assert Review.unguarded.count() == 1
