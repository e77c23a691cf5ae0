"""Pass a collaboration on to a colleague, so that nothing is stranded when someone leaves."""

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.models import User
from radrum.cases.move import move_reader
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, ListAlert
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, operation
from radrum.core.scope import writing


@operation("collaboration.passed_on", allowed=policy.may_pass_on)
def pass_on(actor: Actor, plan: Collaboration, *, to: User) -> Collaboration:
    """Make a colleague the plan's owner: they see what the owner saw, cases too; the earlier one does not."""
    if not policy.colleagues(plan).filter(person=to).exists():
        raise Refused(_("Choose a colleague who works with collaborations at the same organisation."))
    before = plan.owner_id
    plan.owner = to
    if not actor.system:
        plan.changed_by_id = actor.user_id
    plan.version += 1
    with writing(SYSTEM):  # afterwards the actor may no longer see the row, and the database would refuse
        plan.save()
        for enquiry in plan.enquiries.select_related("case"):
            move_reader(SYSTEM, enquiry.case, to=to)
        _alerts_go_along(plan, before)
    notify.tell_person(to.pk, "plan_passed_on", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/")
    return plan


def _alerts_go_along(plan: Collaboration, before: int) -> None:
    """What a changed list means for the plan's partners, and nobody has read, is the new owner's to read."""
    unread = ListAlert.unguarded.filter(organisation=plan.organisation, person_id=before, read_at=None)
    for alert in unread:
        moved = [row for row in alert.partners if row["plan"] == plan.pk]
        if not moved:
            continue
        about = {"organisation": plan.organisation, "person": plan.owner, "version_id": alert.version_id}
        theirs = ListAlert.unguarded.filter(**about).first() or ListAlert(**about)
        theirs.partners, theirs.read_at = [*theirs.partners, *moved], None
        theirs.save()
        alert.partners = [row for row in alert.partners if row["plan"] != plan.pk]
        alert.read_at = None if alert.partners else timezone.now()
        alert.save(update_fields=["partners", "read_at"])
