"""Look back at a collaboration that is under way, and say when to look next."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Review
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


@operation("collaboration.reviewed", allowed=policy.may_review)
def review(actor: Actor, plan: Collaboration, *, note: str, review_on: date | None = None) -> Review:
    """Write down how it goes; `review_on` is the next time, none when nothing more is to be followed."""
    if review_on and review_on <= timezone.localdate():
        raise Refused(_("The next review must be on a later day than today."))
    plan.review_on, plan.reminded_on = review_on, None
    plan.version += 1  # an open description must not put the old day back
    plan.save(update_fields=["review_on", "reminded_on", "version", "changed_at"])
    return Review.unguarded.create(collaboration=plan, reviewed_by_id=actor.user_id, note=note)


def remind_owners(today: date) -> int:
    """Tell, once, the owners of collaborations whose review day has come; run by the day's job as SYSTEM."""
    due = list(
        Collaboration.unguarded.select_for_update()
        .filter(review_on__lte=today, reminded_on=None)
        .order_by("pk")
    )
    for plan in due:
        plan.reminded_on = today
        plan.save(update_fields=["reminded_on"])
        notify.tell_person(
            plan.owner_id, "review_due", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/"
        )
    return len(due)
