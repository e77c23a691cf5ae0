"""Advice at home: by an adviser, never on a plan of one's own; the owner is told."""

import pytest

from radrum.collaborations.models import Advice
from radrum.collaborations.prepare import prepare
from radrum.core.operation import Forbidden, Unseen
from tests import factories
from tests.cast import FJALLBY, cast
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db


def test_more_than_one_advises_and_each_stands_by_name(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    second = act(*FJALLBY, "adviser", name="Andra")
    plan = factories.handed_in(who["owner"])
    prepare(who["adviser"], plan, text="Ett.", file_reference="FU 2026/1")
    prepare(second, plan, text="Två.")
    prepare(who["adviser"], plan, text="Tre.")
    assert [(given.adviser_id, given.text, given.file_reference) for given in plan.advice.all()] == [
        (who["adviser"].user_id, "Ett.", "FU 2026/1"),
        (second.user_id, "Två.", ""),
        (who["adviser"].user_id, "Tre.", ""),
    ]
    told = {"person_id": who["owner"].user_id, "notice": "advice_given", "reference": str(plan.pk)}
    assert waiting("send_notice") == [{**told, "path": f"/collaborations/{plan.pk}/"}] * 3


def test_who_cannot_advise(act: Act) -> None:
    who = cast(act)
    plan, own = factories.handed_in(who["owner"]), factories.handed_in(who["adviser"])
    for name in ("owner", "steering", "contact", "decider"):
        with pytest.raises(Forbidden):
            prepare(who[name], plan, text="Nej.")
    for name in ("colleague", "their adviser", "officer", "admin"):
        with pytest.raises(Unseen):
            prepare(who[name], plan, text="Nej.")
    with pytest.raises(Forbidden):
        prepare(who["adviser"], own, text="Nej.")
    assert Advice.unguarded.count() == 0


@pytest.mark.parametrize(("suggests", "role"), [(False, "decision_maker"), (True, "contact_point")])
def test_whoever_is_next_in_line_is_told(act: Act, suggests: bool, role: str) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    given = prepare(who["adviser"], plan, text="Råd.", suggests_asking=suggests)
    last = waiting("send_notice_to_roles")[-1]
    assert (given.suggests_asking, last["notice"], last["roles"]) == (suggests, "plan_prepared", [role])
