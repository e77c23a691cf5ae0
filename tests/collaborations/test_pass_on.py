"""A colleague takes over; nobody else's plan can be taken, and nobody outside can be given one."""

import pytest

from radrum.collaborations.models import Collaboration
from radrum.collaborations.pass_on import pass_on
from radrum.collaborations.policy import visible_collaborations
from radrum.core.actor import SYSTEM
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading
from tests import factories
from tests.conftest import Act

FJALLBY = ("Fjällby universitet", "institution")


@pytest.mark.django_db
def test_a_colleague_sees_what_the_owner_saw_and_the_owner_no_longer_does(act: Act) -> None:
    owner, colleague = act(*FJALLBY, "researcher", name="Ägare"), act(*FJALLBY, "researcher", name="Kollega")
    plan = factories.plan(owner)
    pass_on(owner, plan, to=colleague.user)
    with reading(colleague):
        assert [seen.pk for seen in visible_collaborations(colleague)] == [plan.pk]
    with reading(owner):
        assert list(visible_collaborations(owner)) == []


@pytest.mark.django_db
def test_only_the_owner_or_an_adviser_or_the_operator_passes_on(act: Act) -> None:
    owner, colleague = act(*FJALLBY, "researcher", name="Ägare"), act(*FJALLBY, "researcher", name="Kollega")
    adviser = act(*FJALLBY, "adviser")
    plan = factories.plan(owner)
    for other in (colleague, adviser):
        with pytest.raises(Unseen):
            pass_on(other, plan, to=colleague.user)
    plan = factories.handed_in(owner)
    with pytest.raises(Forbidden):
        pass_on(act(*FJALLBY, "decision_maker"), plan, to=colleague.user)
    pass_on(adviser, plan, to=colleague.user)
    pass_on(SYSTEM, plan, to=owner.user)
    assert Collaboration.unguarded.get(pk=plan.pk).owner_id == owner.user_id


@pytest.mark.django_db
def test_nobody_outside_the_organisation_is_given_a_plan(act: Act) -> None:
    owner, outsider = act(*FJALLBY, "researcher"), act("Sjöby högskola", "institution", "researcher")
    plan = factories.plan(owner)
    with pytest.raises(Refused):
        pass_on(owner, plan, to=outsider.user)
    assert Collaboration.unguarded.get(pk=plan.pk).owner_id == owner.user_id
