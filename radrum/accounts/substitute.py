"""Cover an absence: a colleague has the absent person's role for some days."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify, policy
from radrum.accounts.models import Membership, Substitution, User
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


@operation("substitute.named", allowed=policy.may_substitute)
def name_substitute(
    actor: Actor, membership: Membership, *, substitute: User, starts_on: date, ends_on: date
) -> Substitution:
    """Let `substitute`, who has a role in the same organisation, stand in from and to these days."""
    if ends_on < starts_on or ends_on < timezone.localdate():
        raise Refused(_("The last day must be today or later, and not before the first day."))
    if substitute.pk == membership.person_id:
        raise Refused(_("Choose someone other than the person who is away."))
    colleagues = Membership.unguarded.today().filter(
        organisation_id=membership.organisation_id, person=substitute
    )
    if not colleagues.exists():
        raise Refused(_("The substitute must have a role in the same organisation."))
    substitution = Substitution.unguarded.create(
        absent_id=membership.person_id,
        substitute=substitute,
        organisation_id=membership.organisation_id,
        role=membership.role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    notify.tell_person(substitute.pk, "substitute", reference=str(starts_on), path="/room/")
    return substitution


@operation("substitute.ended", allowed=policy.may_end_substitution)
def end_substitution(actor: Actor, substitution: Substitution) -> None:
    """The absent person is back: the substitute loses the role now."""
    yesterday = timezone.localdate() - timedelta(days=1)
    substitution.starts_on = min(substitution.starts_on, yesterday)
    substitution.ends_on = yesterday
    substitution.save(update_fields=["starts_on", "ends_on"])
