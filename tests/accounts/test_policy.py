"""Who sees and changes people, roles and invitations: one's own, the organisation's, and no one else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from radrum.accounts import policy
from radrum.accounts.invite import invite
from radrum.accounts.keep import keep
from radrum.accounts.models import Invitation, Membership, Substitution
from radrum.accounts.roles import Role
from radrum.accounts.substitute import name_substitute
from radrum.core.actor import STRANGER, SYSTEM, Actor
from tests.cast import cast, join
from tests.conftest import Act

pytestmark = pytest.mark.django_db
AT_FJALLBY = ("owner", "colleague", "adviser", "steering", "contact", "decider", "admin")


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act)


def membership(actor: Actor) -> Membership:
    found: Membership = Membership.unguarded.get(person_id=actor.user_id)
    return found


@pytest.fixture
def cover(who: dict[str, Actor]) -> Substitution:
    today = timezone.localdate()
    return name_substitute(
        who["contact"],
        membership(who["contact"]),
        substitute=who["adviser"].user,
        starts_on=today,
        ends_on=today,
    )


def _who_sees(who: dict[str, Actor], rule: object) -> set[str]:
    return {name for name, actor in who.items() if rule(actor).exists()}  # type: ignore[operator]


def test_memberships_and_people_are_seen_by_those_at_the_organisation(who: dict[str, Actor]) -> None:
    of_contact = membership(who["contact"]).pk
    assert _who_sees(who, lambda actor: policy.visible_memberships(actor).filter(pk=of_contact)) == set(
        AT_FJALLBY
    )
    person = who["contact"].user_id
    assert _who_sees(who, lambda actor: policy.visible_people(actor).filter(pk=person)) == set(AT_FJALLBY)
    assert [list(policy.visible_memberships(actor)) for actor in (SYSTEM, STRANGER)] == [[], []]


def test_one_sees_ones_own_roles_elsewhere(act: Act, who: dict[str, Actor]) -> None:
    also = act("Sjöby högskola", "institution", "adviser", name="owner")
    join(who["owner"].user, also)
    places = {
        row.organisation_id
        for row in policy.visible_memberships(who["owner"]).filter(person=who["owner"].user)
    }
    assert places == {who["owner"].organisation_id, also.organisation_id}


def test_who_sees_that_someone_is_away(who: dict[str, Actor], cover: Substitution) -> None:
    assert _who_sees(who, policy.visible_substitutions) == set(AT_FJALLBY)
    assert not policy.visible_substitutions(STRANGER).exists()


def test_invitations_are_the_administrators(who: dict[str, Actor]) -> None:
    made = invite(who["admin"], email="ny@fjallby.example", name="Ny", roles=["adviser"])
    assert _who_sees(who, policy.visible_invitations) == {"admin"}
    assert [name for name, actor in who.items() if policy.may_withdraw(actor, made)] == ["admin"]
    admins = {"admin", "their admin"}
    assert {name for name, actor in who.items() if policy.may_administer(actor)} == admins
    assert (policy.may_administer(SYSTEM), policy.may_administer(STRANGER)) == (True, False)


def test_drafts_are_the_authors_for_the_organisation_they_act_for(who: dict[str, Actor]) -> None:
    keep(who["owner"], "begin", "title=x")
    assert _who_sees(who, policy.visible_drafts) == {"owner"}
    elsewhere = Actor(user_id=who["owner"].user_id, organisation_id=who["their adviser"].organisation_id)
    assert list(policy.visible_drafts(elsewhere)) == list(policy.visible_drafts(STRANGER)) == []


@pytest.mark.parametrize(
    ("rule", "of", "may"),
    [
        (policy.may_end, "contact", {"contact", "admin"}),
        (policy.may_end, "owner", {"owner", "admin"}),
        (policy.may_end, "officer", {"officer"}),
        (policy.may_substitute, "contact", {"contact", "admin"}),
        (policy.may_substitute, "owner", set()),
        (policy.may_substitute, "officer", {"officer"}),
        (policy.may_substitute, "lead", {"lead"}),
        (policy.may_substitute, "funder", {"funder"}),
        (policy.may_substitute, "expert", set()),
    ],
)
def test_who_ends_or_covers_a_role(who: dict[str, Actor], rule: object, of: str, may: set[str]) -> None:
    role = membership(who[of])
    assert {name for name, actor in who.items() if rule(actor, role)} == may  # type: ignore[operator]
    assert rule(SYSTEM, role) == (rule is policy.may_end or bool(may))  # type: ignore[operator]


def test_who_ends_a_substitution(who: dict[str, Actor], cover: Substitution) -> None:
    assert {name for name, actor in who.items() if policy.may_end_substitution(actor, cover)} == {
        "contact",
        "admin",
    }


def test_whom_an_administrator_gives_roles(who: dict[str, Actor]) -> None:
    admin = who["admin"]
    assert {name for name, actor in who.items() if policy.may_administer_person(admin, actor.user)} == set(
        AT_FJALLBY
    )
    assert policy.may_administer_person(who["owner"], who["owner"].user) is False
    assert policy.may_administer_person(SYSTEM, who["owner"].user) is True


def test_which_roles_and_employers_there_are_to_give(who: dict[str, Actor]) -> None:
    desk = {Role.DESK_OFFICER, Role.DESK_LEAD, Role.EDITOR, Role.EVALUATOR, Role.SYSTEM_ADMIN}
    assert not desk & set(policy.roles_to_give(who["admin"]))
    assert desk <= set(policy.roles_to_give(who["officer"]))
    assert policy.roles_to_give(STRANGER) == []
    assert {place.kind for place in policy.employers()} == {"agency", "security_agency", "funder"}


def test_what_only_the_system_does(who: dict[str, Actor]) -> None:
    now = timezone.now()
    waiting = Invitation(expires_at=now + timedelta(days=1))
    taken = Invitation(expires_at=now + timedelta(days=1), accepted_at=now)
    assert [policy.may_accept(SYSTEM, one) for one in (waiting, taken)] == [True, False]
    assert [policy.may_accept(actor, waiting) for actor in who.values()] == [False] * len(who)
    assert [policy.is_system(actor) for actor in (SYSTEM, STRANGER, who["admin"])] == [True, False, False]
    assert [policy.may_reset(actor, who["owner"].user) for actor in (SYSTEM, STRANGER, who["admin"])] == [
        True,
        False,
        False,
    ]
