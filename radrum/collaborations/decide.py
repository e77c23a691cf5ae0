"""Decide, with reasons, under the institution's own delegation order."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.collaborations import policy
from radrum.collaborations.follow_up import plan_follow_ups
from radrum.collaborations.models import Collaboration, Decision
from radrum.collaborations.prepare import refuse_unread
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent

GOES_AHEAD = (Decision.Outcome.GO_AHEAD, Decision.Outcome.CHANGED)


@operation("collaboration.decided", allowed=policy.may_decide)
def decide(
    actor: Actor,
    plan: Collaboration,
    *,
    outcome: str,
    reasons: str,
    gained: str = "",
    changed: str = "",
    delayed: str = "",
    given_up: str = "",
    conditions: str = "",
    review_on: date | None = None,
    version: int | None = None,
) -> Decision:
    """Record the decision; after *wait* the plan stays open and another decision follows.

    It is the institution's own, whatever the desk's statement says. What was changed, delayed or given up is
    part of it (the report's section on following up); going ahead plans three days for looking back.
    `version` is the `text_version` that was read; raises `Stale` when the plan has moved since.
    """
    refuse_unread(plan, version)
    refuse_what_must_not_be_sent([reasons, gained, changed, delayed, given_up, conditions])
    refuse_what_does_not_fit(outcome, gained, changed, delayed, given_up)
    if review_on and review_on <= timezone.localdate():
        raise Refused(_("The next review must be on a later day than today."))
    decision = Decision.unguarded.create(
        collaboration=plan,
        decided_by_id=actor.user_id,
        outcome=outcome,
        reasons=reasons,
        gained=gained,
        changed=changed,
        delayed=delayed,
        given_up=given_up,
        conditions=conditions,
    )
    if review_on:
        plan.review_on, plan.reminded_on = review_on, None
        plan.version += 1
    plan.save(update_fields=["changed_at", "review_on", "reminded_on", "version"])
    if outcome in GOES_AHEAD:
        plan_follow_ups(actor, plan)
    notify.tell_person(
        plan.owner_id, "plan_decided", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/"
    )
    return decision


def refuse_what_does_not_fit(outcome: str, gained: str, changed: str, delayed: str, given_up: str) -> None:
    """An outcome says what it costs: the texts that belong to it are there, and the others are not."""
    if outcome == Decision.Outcome.CHANGED and not any(map(str.strip, (changed, delayed, given_up))):
        raise Refused(_("Say what is changed, delayed or given up."))
    if outcome == Decision.Outcome.WAIT and not delayed.strip():
        raise Refused(_("Say what is delayed, and what has to be settled first."))
    if outcome == Decision.Outcome.REFRAIN and not given_up.strip():
        raise Refused(_("Say what is given up by not going ahead."))
    if outcome == Decision.Outcome.GO_AHEAD and any(map(str.strip, (changed, delayed, given_up))):
        raise Refused(_("Something is changed, delayed or given up: choose to go ahead with changes."))
    if outcome not in GOES_AHEAD and gained.strip():
        raise Refused(_("Something is gained only by going ahead. Move that text to the reasons."))
