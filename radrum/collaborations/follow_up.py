"""Plan the days for looking back after a decision to go ahead, and move them."""

from calendar import monthrange
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, FollowUp, planned
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation

MONTHS = (6, 12, 24)  # after the start


def months_after(day: date, months: int) -> date:
    """The same day that many months later, or the month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plan_follow_ups(actor: Actor, plan: Collaboration) -> None:
    """Three days, counted from the first day of the work or from today, whichever is later."""
    today = timezone.localdate()
    first = max(plan.starts_on or today, today)
    for months in MONTHS:
        FollowUp.unguarded.create(
            collaboration=plan,
            months=months,
            due_on=months_after(first, months),
            changed_by_id=actor.user_id,
        )


def cancel_follow_ups(actor: Actor, plan: Collaboration) -> None:
    """Nothing more is looked back at when the collaboration has ended."""
    for follow_up in planned(plan):
        follow_up.cancelled_at, follow_up.changed_by_id = timezone.now(), actor.user_id
        follow_up.save()


@operation("collaboration.follow_ups_moved", allowed=policy.may_review)
def move_follow_ups(
    actor: Actor, plan: Collaboration, *, days: dict[int, date | None], more: date | None
) -> None:
    """Give planned days, by their key, another date; without a date one is cancelled. `more` adds one."""
    waiting = {follow_up.pk: follow_up for follow_up in planned(plan)}
    if not set(days) <= set(waiting):
        raise Refused(
            _("One of the planned days has been used or cancelled meanwhile. Look at them once more.")
        )
    today = timezone.localdate()
    moved = {key: day for key, day in days.items() if day != waiting[key].due_on}
    if any(day and day <= today for day in [*moved.values(), more]):
        raise Refused(_("A planned day must be later than today."))
    for key, day in moved.items():
        follow_up = waiting[key]
        follow_up.changed_by_id = actor.user_id
        if day:
            follow_up.due_on, follow_up.reminded_on, follow_up.missed_on = day, None, None
        else:
            follow_up.cancelled_at = timezone.now()
        follow_up.save()
    if more:
        FollowUp.unguarded.create(collaboration=plan, due_on=more, changed_by_id=actor.user_id)
