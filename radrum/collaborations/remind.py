"""Tell people, once, that a day has come; run by the day's job as SYSTEM."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.collaborations.models import LATE, Collaboration, FollowUp


def _once(rows: Any, mark: str, today: date, tell: Callable[[Any], None]) -> int:
    """Tell about each row, and write on it that it was told, so that the job may run again."""
    due = list(rows.select_for_update(of=("self",)).filter(**{mark: None}).order_by("pk"))
    for row in due:
        setattr(row, mark, today)
        row.save(update_fields=[mark])
        tell(row)
    return len(due)


def _where(plan: Collaboration) -> dict[str, str]:
    return {"reference": f"{plan.pk}", "path": f"/collaborations/{plan.pk}/"}


def remind(today: date) -> int:
    """Owners of what is to be looked back at today, and advisers of what has been missed; how many rows."""
    plans = Collaboration.unguarded.filter(review_on__lte=today)
    waiting = FollowUp.unguarded.filter(cancelled_at=None, review=None).select_related("collaboration")
    told: Iterable[int] = (
        _once(plans, "reminded_on", today, _to_owner),
        _once(
            waiting.filter(due_on__lte=today), "reminded_on", today, lambda row: _to_owner(row.collaboration)
        ),
        _once(waiting.filter(due_on__lt=today - LATE), "missed_on", today, _to_advisers),
    )
    return sum(told)


def _to_owner(plan: Collaboration) -> None:
    notify.tell_person(plan.owner_id, "review_due", **_where(plan))


def _to_advisers(follow_up: FollowUp) -> None:
    plan = follow_up.collaboration
    notify.tell_roles(
        plan.organisation_id,
        [Role.ADVISER],
        "follow_up_missed",
        reference=f"{plan.pk}",
        path=f"/collaborations/{plan.pk}/",
    )
