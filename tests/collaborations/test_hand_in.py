"""A plan is handed in: only by its owner, only when weighed, and the advisory group is told."""

import pytest

from radrum.collaborations.assess import assess
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.models import Collaboration
from radrum.collaborations.policy import visible_collaborations
from radrum.core.operation import Forbidden, Unseen
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast, everything
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db


def test_from_now_on_those_who_prepare_and_decide_see_it(act: Act) -> None:
    who = cast(act)
    plan = factories.plan(who["owner"])
    assess(who["owner"], plan, answers=factories.answers(plan), finished=True, version=0)

    def seeing() -> set[str]:
        found = set()
        for name, actor in who.items():
            with reading(actor):
                found |= {name} if visible_collaborations(actor).filter(pk=plan.pk).exists() else set()
        return found

    assert seeing() == {"owner"}
    hand_in(who["owner"], plan)
    assert seeing() == {"owner", "adviser", "steering", "contact", "decider"}


def test_the_advisory_group_is_told_where_and_not_what(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.handed_in(owner, title="Hemsnö")
    assert waiting() == [
        {
            "organisation_id": owner.organisation_id,
            "roles": ["adviser"],
            "also": [],
            "notice": "plan_handed_in",
            "reference": str(plan.pk),
            "path": f"/collaborations/{plan.pk}/",
        }
    ]


def test_not_before_it_is_weighed_not_twice_and_not_by_another(act: Act) -> None:
    who = cast(act, "owner", "adviser", "colleague")
    plan = factories.plan(who["owner"])
    with pytest.raises(Forbidden):
        hand_in(who["owner"], plan)
    assess(who["owner"], plan, answers={}, finished=False, version=0)
    with pytest.raises(Forbidden):
        hand_in(who["owner"], plan)
    assess(who["owner"], plan, answers=factories.answers(plan), finished=True, version=1)
    with pytest.raises(Unseen):
        hand_in(who["colleague"], plan)
    hand_in(who["owner"], plan)
    first, before = Collaboration.unguarded.get(pk=plan.pk).handed_in_at, everything()
    for name in ("owner", "adviser"):
        with pytest.raises(Forbidden):
            hand_in(who[name], plan)
    assert (first is not None, everything()) == (True, before)
