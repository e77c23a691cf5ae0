"""Hand the plan in: from now on those who prepare and decide at the organisation see it."""

from django.utils import timezone

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from radrum.core.operation import operation


@operation("collaboration.handed_in", allowed=policy.may_hand_in)
def hand_in(actor: Actor, plan: Collaboration) -> None:
    """Let the advisory group know that a plan waits for them."""
    plan.handed_in_at = timezone.now()
    plan.handed_in_by_id = actor.user_id
    plan.save(update_fields=["handed_in_at", "handed_in_by", "changed_at"])
    notify.tell_roles(
        plan.organisation_id,
        [Role.ADVISER],
        "plan_handed_in",
        reference=f"{plan.pk}",
        path=f"/collaborations/{plan.pk}/",
    )
