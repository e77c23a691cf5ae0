"""Nobody moves who reads a case: it follows the plan it was asked about, when that is passed on."""

import pytest

from radrum.cases.models import Case
from radrum.cases.move import move_reader
from radrum.core.actor import SYSTEM
from radrum.core.operation import Forbidden, Unseen
from tests import factories
from tests.cast import cast
from tests.conftest import Act


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "error"),
    [("owner", Forbidden), ("contact", Forbidden), ("officer", Forbidden), ("their contact", Unseen)],
)
def test_only_the_system_moves_it_and_who_asked_stands(act: Act, name: str, error: type[Exception]) -> None:
    who = cast(act, "owner", "colleague", "adviser", "contact", "officer", "their contact")
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    with pytest.raises(error):
        move_reader(who[name], case, to=who["colleague"].user)
    assert Case.unguarded.get(pk=case.pk).on_behalf_of_id == who["owner"].user_id
    move_reader(SYSTEM, case, to=who["colleague"].user)
    moved = Case.unguarded.get(pk=case.pk)
    assert (moved.on_behalf_of_id, moved.asked_by_id) == (who["colleague"].user_id, who["contact"].user_id)
