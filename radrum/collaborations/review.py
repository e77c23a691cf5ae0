"""Look back at a collaboration that is under way, and say when to look next."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.collaborations import policy
from radrum.collaborations.follow_up import cancel_follow_ups
from radrum.collaborations.models import Collaboration, Review, answered_by
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


@operation("collaboration.reviewed", allowed=policy.may_review)
def review(
    actor: Actor,
    plan: Collaboration,
    *,
    note: str,
    measures: str = "",
    changes: list[str] | None = None,
    changes_text: str = "",
    onward: str = Review.Onward.CONTINUE,
    onward_text: str = "",
    review_on: date | None = None,
) -> Review:
    """Write down how it goes; it answers the planned day that is near, or stands beside those planned.

    `review_on` is a day besides the planned ones. When the collaboration ends, no more days are planned.
    """
    refuse_what_must_not_be_sent([note, measures, changes_text, onward_text])
    today = timezone.localdate()
    if review_on and review_on <= today:
        raise Refused(_("The next review must be on a later day than today."))
    if bool(changes) != bool(changes_text.strip()):
        raise Refused(_("Say both what has changed and how."))
    if onward != Review.Onward.CONTINUE and not onward_text.strip():
        raise Refused(_("Say what is adjusted, or why it ends."))
    if onward == Review.Onward.END and review_on:
        raise Refused(_("A collaboration that ends is not looked at again. Take the day away."))
    made = Review.unguarded.create(
        collaboration=plan,
        follow_up=answered_by(plan, today),
        reviewed_by_id=actor.user_id,
        note=note,
        measures=measures,
        changes=changes or [],
        changes_text=changes_text,
        onward=onward,
        onward_text=onward_text,
    )
    if onward == Review.Onward.END:
        cancel_follow_ups(actor, plan)
    plan.review_on, plan.reminded_on = review_on, None
    plan.version += 1  # an open description must not put the old day back
    plan.save(update_fields=["review_on", "reminded_on", "version", "changed_at"])
    return made
