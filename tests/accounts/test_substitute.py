"""While someone is away a colleague has their role too: from the first day, to the last, and not a day more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from radrum.accounts.acting import choices
from radrum.accounts.models import Membership, Substitution
from radrum.accounts.substitute import end_substitution, name_substitute
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden, Refused, Unseen
from tests import factories
from tests.cast import cast, everything
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "contact", "adviser", "owner", "admin", "their adviser", "officer", "editor", "steering")


def _role(actor: Actor) -> Membership:
    found: Membership = Membership.unguarded.get(person_id=actor.user_id)
    return found


def _cover(by: Actor, of: Actor, substitute: Actor, first: int = 0, last: int = 0) -> Substitution:
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
    return name_substitute(by, _role(of), substitute=substitute.user, **days)


@pytest.mark.parametrize(
    ("first", "last", "has_it"),
    [(0, 0, True), (0, 5, True), (-5, 0, True), (1, 5, False), (-5, 5, True)],
)
def test_the_role_lasts_from_the_first_day_to_the_last(
    who: dict[str, Actor], first: int, last: int, has_it: bool
) -> None:
    _cover(who["contact"], who["contact"], who["adviser"], first, last)
    (actor,) = choices(who["adviser"].user)
    assert actor.roles == ({"adviser", "contact_point"} if has_it else {"adviser"})
    assert choices(who["contact"].user)[0].roles == {"contact_point"}


def test_the_substitute_really_may_and_is_told_without_a_name(who: dict[str, Actor]) -> None:
    cover = _cover(who["contact"], who["contact"], who["adviser"])
    assert waiting("send_notice") == [
        {
            "person_id": who["adviser"].user_id,
            "notice": "substitute",
            "reference": str(cover.starts_on),
            "path": "/room/",
        }
    ]
    (substitute,) = choices(who["adviser"].user)
    plan = factories.prepared(who["owner"], who["adviser"])
    from radrum.collaborations.ask import ask

    assert ask(substitute, plan, subject="s", question="q", chosen=[]).asked_by_id == who["adviser"].user_id


@pytest.mark.parametrize(
    ("first", "last", "substitute"),
    [(0, -1, "adviser"), (-3, -1, "adviser"), (2, 1, "adviser"), (0, 1, "contact"), (0, 1, "their adviser")],
)
def test_what_cannot_be(who: dict[str, Actor], first: int, last: int, substitute: str) -> None:
    before = everything()
    with pytest.raises(Refused):
        _cover(who["contact"], who["contact"], who[substitute], first, last)
    assert (everything(), waiting("send_notice")) == (before, [])


def test_someone_who_has_left_cannot_stand_in(who: dict[str, Actor]) -> None:
    Membership.unguarded.filter(person=who["adviser"].user).update(
        starts_on="2025-01-01", ends_on="2025-12-31"
    )
    with pytest.raises(Refused):
        _cover(who["contact"], who["contact"], who["adviser"])


def test_who_names_a_substitute_for_whom(who: dict[str, Actor]) -> None:
    _cover(who["admin"], who["contact"], who["adviser"])
    _cover(who["officer"], who["officer"], who["editor"])
    for by, of, error in (
        ("adviser", "contact", Forbidden),  # standing in does not let one pass it on
        ("steering", "contact", Forbidden),
        ("owner", "owner", Forbidden),  # a researcher has no task that someone must take over
        ("their adviser", "contact", Unseen),
    ):
        with pytest.raises(error):
            _cover(who[by], who[of], who["steering"])
    assert Substitution.unguarded.count() == 2


def test_whoever_is_back_has_the_role_alone_again(who: dict[str, Actor]) -> None:
    for first, last in ((0, 5), (-3, 0), (2, 5)):
        cover = _cover(who["contact"], who["contact"], who["adviser"], first, last)
        for name, error in (("adviser", Forbidden), ("owner", Forbidden), ("their adviser", Unseen)):
            with pytest.raises(error):
                end_substitution(who[name], cover)
        end_substitution(who["contact"] if first else who["admin"], cover)
        assert choices(who["adviser"].user)[0].roles == {"adviser"}
    assert not Substitution.unguarded.filter(ends_on__gte=timezone.localdate()).exists()
