"""Who may see and change people, roles and invitations."""

from typing import Any

from django.db.models import Q, QuerySet

from radrum.accounts.models import Draft, InForce, Invitation, Membership, Organisation, Substitution, User
from radrum.accounts.roles import CAN_HAVE_SUBSTITUTE, FITTING, Role
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import reading


def visible_memberships(actor: Actor) -> InForce:
    """One's own, and those of the organisation one acts for."""
    mine = Q(person_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    theirs = Q(organisation_id=actor.organisation_id) if actor.organisation_id else Q(pk__in=[])
    return Membership.unguarded.filter(mine | theirs).select_related("person", "organisation", "employer")


def visible_substitutions(actor: Actor) -> InForce:
    """Those of the organisation one acts for, and those where one stands in."""
    return Substitution.unguarded.filter(
        Q(organisation_id=actor.organisation_id) | Q(substitute_id=actor.user_id)
    ).select_related("absent", "substitute", "organisation")


def visible_invitations(actor: Actor) -> QuerySet[Any]:
    """An administrator's own organisation's invitations."""
    if not actor.has(Role.ORGANISATION_ADMIN):
        return Invitation.unguarded.none()
    return Invitation.unguarded.filter(organisation_id=actor.organisation_id).select_related("invited_by")


def visible_people(actor: Actor) -> QuerySet[User]:
    """People who have, or have had, a role in the organisation one acts for."""
    return User.objects.filter(pk__in=visible_memberships(actor).values("person_id"))


def visible_drafts(actor: Actor) -> QuerySet[Any]:
    """Only what one has typed oneself, for the organisation one acts for."""
    return Draft.unguarded.filter(person_id=actor.user_id, organisation_id=actor.organisation_id)


def employers() -> QuerySet[Organisation]:
    """Who may employ a member of the desk: the office's people come from several agencies."""
    return Organisation.objects.filter(kind__in=["agency", "security_agency", "funder"])


def roles_to_give(actor: Actor) -> list[Role]:
    """The roles that fit the organisation the actor administers."""
    return [role for role in Role if role in FITTING.get(actor.kind, frozenset())]


def may_administer(actor: Actor) -> bool:
    """Each organisation manages its own people."""
    return actor.system or actor.has(Role.ORGANISATION_ADMIN)


def may_administer_person(actor: Actor, person: User) -> bool:
    """The person has, or has had, a role in the organisation the actor administers."""
    return may_administer(actor) and (actor.system or visible_people(actor).filter(pk=person.pk).exists())


def may_end(actor: Actor, membership: Membership) -> bool:
    """The organisation's administrator may end a role there; anyone may lay down their own."""
    own_organisation = membership.organisation_id == actor.organisation_id
    return actor.system or (
        own_organisation and (may_administer(actor) or membership.person_id == actor.user_id)
    )


def may_substitute(actor: Actor, membership: Membership) -> bool:
    """One's own absence, or the administrator for a colleague who has already left for it."""
    return membership.role in CAN_HAVE_SUBSTITUTE and may_end(actor, membership)


def may_end_substitution(actor: Actor, substitution: Substitution) -> bool:
    """Whoever may have set it."""
    return substitution.organisation_id == actor.organisation_id and (
        may_administer(actor) or substitution.absent_id == actor.user_id
    )


def may_withdraw(actor: Actor, invitation: Invitation) -> bool:
    """The organisation that invited."""
    return invitation.organisation_id == actor.organisation_id and may_administer(actor)


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address signs in already; told only to whoever holds the invitation's secret."""
    return User.objects.filter(email=invitation.email).exists()


def may_accept(actor: Actor, invitation: Invitation) -> bool:
    """Nobody is known yet: the secret in the link was checked when the invitation was found."""
    return actor.system and invitation.accepted_at is None


def is_system(actor: Actor) -> bool:
    """Jobs and the command line."""
    return actor.system


def may_reset(actor: Actor, _person: User) -> bool:
    """The operator, who makes sure who is asking."""
    return actor.system


def organisations_with(*roles: str) -> list[int]:
    """Where somebody has one of the roles today. That somebody has it is no secret; who it is, is."""
    with reading(SYSTEM):
        held = Membership.unguarded.today().filter(role__in=roles)
        return list(held.values_list("organisation_id", flat=True).distinct())
