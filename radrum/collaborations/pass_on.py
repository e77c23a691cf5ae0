"""Pass a collaboration on to a colleague, so that nothing is stranded when someone leaves."""

from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.models import User
from radrum.cases.move import move_reader
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, operation
from radrum.core.scope import writing


@operation("collaboration.passed_on", allowed=policy.may_pass_on)
def pass_on(actor: Actor, plan: Collaboration, *, to: User) -> Collaboration:
    """Make a colleague the plan's owner: they see what the owner saw, cases too; the earlier one does not."""
    if not policy.colleagues(plan).filter(person=to).exists():
        raise Refused(_("Choose a colleague who works with collaborations at the same organisation."))
    plan.owner = to
    if not actor.system:
        plan.changed_by_id = actor.user_id
    plan.version += 1
    with writing(SYSTEM):  # afterwards the actor may no longer see the row, and the database would refuse
        plan.save()
        for enquiry in plan.enquiries.select_related("case"):
            move_reader(SYSTEM, enquiry.case, to=to)
    notify.tell_person(to.pk, "plan_passed_on", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/")
    return plan
