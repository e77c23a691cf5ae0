"""Give a person a role, and end it; a leaver loses everything at once."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import policy
from radrum.accounts.models import Membership, Organisation, Substitution, User
from radrum.accounts.roles import FITTING, Role
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


def refuse_unless_it_fits(organisation: Organisation, role: str, employer: Organisation | None) -> None:
    """Stop a role that nobody can have there, before it is given and before anyone is invited to it."""
    if role not in FITTING[organisation.kind]:
        raise Refused(_("This role does not exist in that kind of organisation."))
    if role in {Role.DESK_OFFICER, Role.DESK_LEAD} and not employer:
        raise Refused(_("Say which agency employs a member of the desk: secrecy applies between agencies."))


def give_role(
    person: User, organisation: Organisation, role: str, *, employer: Organisation | None = None
) -> Membership:
    """Make sure `person` has `role` in `organisation` from today; part of an operation."""
    refuse_unless_it_fits(organisation, role, employer)
    membership, _made = Membership.unguarded.get_or_create(
        person=person, organisation=organisation, role=role, ends_on=None, defaults={"employer": employer}
    )
    return membership


@operation("membership.given", allowed=policy.may_administer_person)
def appoint(actor: Actor, person: User, *, role: str, employer: Organisation | None = None) -> Membership:
    """Give a person who is already in the organisation one more role."""
    return give_role(person, actor.organisation, role, employer=employer)


@operation("membership.ended", allowed=policy.may_end)
def end(actor: Actor, membership: Membership) -> None:
    """End a role now. When it was the person's last role there they are signed out everywhere."""
    if membership.ends_on and membership.ends_on < timezone.localdate():
        raise Refused(_("This role has already ended."))
    there = Membership.unguarded.today().filter(organisation=membership.organisation)
    if membership.role == Role.ORGANISATION_ADMIN and _is_last(membership, there):
        raise Refused(_("The last administrator cannot be removed. Appoint another one first."))
    membership.ends_on = max(
        timezone.localdate() - timedelta(days=1), membership.starts_on - timedelta(days=1)
    )
    membership.save(update_fields=["ends_on"])
    covers = Substitution.unguarded.filter(
        absent_id=membership.person_id,
        organisation_id=membership.organisation_id,
        role=membership.role,
        ends_on__gte=timezone.localdate(),
    )
    covers.filter(starts_on__gt=membership.ends_on).update(starts_on=membership.ends_on)
    covers.update(ends_on=membership.ends_on)
    if not there.filter(person_id=membership.person_id).exists():
        sign_out_everywhere(membership.person_id)


def _is_last(membership: Membership, there: QuerySet[Any]) -> bool:
    # Two administrators who end each other's role wait for each other here.
    Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    return not there.filter(role=membership.role).exclude(pk=membership.pk).exists()


def sign_out_everywhere(person_id: int, *, but: str = "") -> None:
    """Remove the person's sessions, perhaps but one."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person_id):
            session.delete()
