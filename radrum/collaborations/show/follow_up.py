"""Looking back on the page: what was found each time, and the days planned."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.collaborations.models import LATE, Collaboration, FollowUp, Review
from radrum.core.days import day


def _found(review: Review) -> dict[str, Any]:
    """One look back: the note, then each answer under its heading."""
    changes = ", ".join(str(Review.Change(key).label) for key in review.changes)
    rows = [
        (_("Measures"), str(review.get_measures_display()) if review.measures else ""),
        (
            _("What has changed"),
            ". ".join(filter(None, [changes[:1].upper() + changes[1:], review.changes_text])),
        ),
        (
            _("What follows"),
            ". ".join(filter(None, [str(review.get_onward_display()), review.onward_text]))
            if review.onward
            else "",
        ),
    ]
    return {
        "when": review.reviewed_at,
        "text": review.note,
        "facts": [{"label": label, "value": value} for label, value in rows if value],
        "source": _("%(name)s, %(day)s") % {"name": review.reviewed_by, "day": day(review.reviewed_at)},
        "done": True,
    }


def state_of(follow_up: FollowUp) -> str:
    """Where a planned day stands, in words."""
    today = timezone.localdate()
    if follow_up.due_on < today - LATE:
        return _("Missed: nothing has been written about it.")
    if follow_up.due_on <= today:
        return _("To be looked at now.")
    if follow_up.months:
        return _("%(n)d months after the start.") % {"n": follow_up.months}
    return _("To be looked at again.")


def follow_up(plan: Collaboration) -> list[dict[str, Any]]:
    """Looks back, and the days to come, in the order of time."""
    reviews = [_found(review) for review in plan.reviews.select_related("reviewed_by")]
    waiting = plan.follow_ups.filter(cancelled_at=None, review=None)
    days: list[dict[str, Any]] = [{"when": one.due_on, "text": state_of(one)} for one in waiting]
    if plan.review_on:
        days.append({"when": plan.review_on, "text": _("To be looked at again.")})
    return [*reviews, *sorted(days, key=lambda row: row["when"])]
