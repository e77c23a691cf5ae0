"""Who acts for whom: a person acts for one organisation at a time, with every role they have there today."""

from collections import defaultdict

from radrum.accounts import policy
from radrum.accounts.models import Organisation, User
from radrum.core.actor import Actor
from radrum.core.scope import reading


def choices(user: User) -> list[Actor]:
    """The organisations `user` can act for today, own roles and those held as a substitute together.

    Standing in ends when one has left: it gives nothing where one has no role of one's own.
    """
    person = Actor(user=user, user_id=user.pk)
    with reading(person):
        own = list(policy.visible_memberships(person).today().filter(person=user))
        covers = policy.visible_substitutions(person).today().filter(substitute=user)
        rows = [*own, *covers.filter(organisation__in=[row.organisation_id for row in own])]
    roles: dict[int, set[str]] = defaultdict(set)
    organisations: dict[int, Organisation] = {}
    for row in rows:
        roles[row.organisation_id].add(row.role)
        organisations[row.organisation_id] = row.organisation
    actors = [
        Actor(
            user=user,
            organisation=organisations[pk],
            user_id=user.pk,
            organisation_id=pk,
            kind=organisations[pk].kind,
            roles=frozenset(roles[pk]),
        )
        for pk in roles
    ]
    return sorted(actors, key=lambda actor: actor.organisation.sort_key)


def choose(user: User, organisation_id: int | None) -> tuple[Actor, list[Actor]]:
    """The actor for the chosen organisation (or the first), and every choice; a leaver has none."""
    possible = choices(user)
    nobody = Actor(user=user, user_id=user.pk)
    chosen = next((actor for actor in possible if actor.organisation_id == organisation_id), None)
    return chosen or (possible[0] if possible else nobody), possible
