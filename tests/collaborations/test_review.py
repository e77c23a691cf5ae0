"""A collaboration that is under way is looked back at, and its owner is reminded on the day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from radrum.collaborations.models import Collaboration, Review
from radrum.collaborations.remind import remind
from radrum.collaborations.review import review
from radrum.core.operation import Forbidden, Refused
from tests import factories
from tests.cast import cast, everything
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db


def test_a_look_back_stands_and_says_when_to_look_next(act: Act) -> None:
    today = timezone.localdate()
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner, phase="ongoing", review_on=today)
    before = everything()
    for day in (today, today - timedelta(days=1)):
        with pytest.raises(Refused):
            review(owner, plan, note="Bra.", review_on=day)
    assert everything() == before
    for day in (today + timedelta(days=1), None):
        review(owner, plan, note=f"Nästa {day}.", review_on=day)
        assert Collaboration.unguarded.get(pk=plan.pk).review_on == day
    assert [made.reviewed_by_id for made in Review.unguarded.all()] == [owner.user_id] * 2


def test_what_is_not_under_way_is_not_looked_back_at(act: Act) -> None:
    who = cast(act, "owner", "adviser", "decider")
    plan = factories.prepared(who["owner"], who["adviser"])
    with pytest.raises(Forbidden):
        review(who["owner"], plan, note="Än?")
    factories.decided(plan, who["decider"])
    with pytest.raises(Forbidden):
        review(who["decider"], plan, note="Jag?")
    review(who["adviser"], plan, note="Nu.")
    assert [made.note for made in Review.unguarded.all()] == ["Nu."]


def test_owners_are_reminded_on_the_day_and_only_then(act: Act) -> None:
    owner, today = cast(act, "owner")["owner"], timezone.localdate()
    days = (today - timedelta(days=1), today, today + timedelta(days=1))
    plans = [factories.plan(owner, phase="ongoing", review_on=day) for day in days]
    assert (remind(today), remind(today)) == (2, 0)  # yesterday's too, if nothing ran then
    assert waiting() == [
        {
            "person_id": owner.user_id,
            "notice": "review_due",
            "reference": str(plan.pk),
            "path": f"/collaborations/{plan.pk}/",
        }
        for plan in sorted(plans[:2], key=lambda plan: plan.pk)
    ]
