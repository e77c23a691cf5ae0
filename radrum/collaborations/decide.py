"""Decide, with reasons, under the institution's own delegation order."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Decision
from radrum.collaborations.prepare import refuse_unread
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


@operation("collaboration.decided", allowed=policy.may_decide)
def decide(
    actor: Actor,
    plan: Collaboration,
    *,
    outcome: str,
    reasons: str,
    conditions: str = "",
    review_on: date | None = None,
    version: int | None = None,
) -> Decision:
    """Record the decision; after *wait* the plan stays open and another decision follows.

    It is the institution's own, whatever the desk's statement says. `version` is the `text_version` that was
    read; raises `Stale` when the plan has moved since.
    """
    refuse_unread(plan, version)
    if outcome == Decision.Outcome.CHANGED and not conditions.strip():
        raise Refused(_("Say what is changed, delayed or given up."))
    if review_on and review_on <= timezone.localdate():
        raise Refused(_("The next review must be on a later day than today."))
    decision = Decision.unguarded.create(
        collaboration=plan,
        decided_by_id=actor.user_id,
        outcome=outcome,
        reasons=reasons,
        conditions=conditions,
    )
    if review_on:
        plan.review_on, plan.reminded_on = review_on, None
        plan.version += 1
    plan.save(update_fields=["changed_at", "review_on", "reminded_on", "version"])
    notify.tell_person(
        plan.owner_id, "plan_decided", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/"
    )
    return decision
