"""Decide, with reasons, under the institution's own delegation order."""

from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Decision
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


@operation("collaboration.decided", allowed=policy.may_decide)
def decide(
    actor: Actor, plan: Collaboration, *, outcome: str, reasons: str, conditions: str = ""
) -> Decision:
    """Record the decision. It is the institution's own, whatever the desk's statement says."""
    if outcome == Decision.Outcome.CHANGED and not conditions.strip():
        raise Refused(_("Say what is changed, delayed or given up."))
    decision = Decision.unguarded.create(
        collaboration=plan,
        decided_by_id=actor.user_id,
        outcome=outcome,
        reasons=reasons,
        conditions=conditions,
    )
    plan.save(update_fields=["changed_at"])
    notify.tell_person(
        plan.owner_id, "plan_decided", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/"
    )
    return decision
