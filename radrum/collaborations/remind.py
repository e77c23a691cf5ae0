"""Tell people, once, that a day has come; run by the day's job as SYSTEM."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from radrum.accounts import notify
from radrum.accounts.models import Membership
from radrum.accounts.roles import Role
from radrum.collaborations.models import LATE, Agreement, Collaboration, FollowUp


def _once(rows: Any, mark: str, today: date, tell: Callable[[Any], None]) -> int:
    """Tell about each row, and write on it that it was told, so that the job may run again."""
    due = list(rows.select_for_update(of=("self",)).filter(**{mark: None}).order_by("pk"))
    for row in due:
        setattr(row, mark, today)
        row.save(update_fields=[mark])
        tell(row)
    return len(due)


BEFORE = timedelta(days=90)  # time to negotiate, or to let an agreement end in good order


def _where(plan: Collaboration) -> dict[str, str]:
    return {"reference": f"{plan.pk}", "path": f"/collaborations/{plan.pk}/"}


def remind(today: date) -> int:
    """Owners of what is to be looked back at today, and advisers of what has been missed; how many rows."""
    plans = Collaboration.unguarded.filter(review_on__lte=today)
    waiting = FollowUp.unguarded.filter(cancelled_at=None, review=None).select_related("collaboration")
    expiring = Agreement.unguarded.filter(expires_on__lte=today + BEFORE, expires_on__gte=today)
    reviewed = Agreement.unguarded.filter(review_on__lte=today)
    told: Iterable[int] = (
        _once(plans, "reminded_on", today, _to_owner),
        _once(
            waiting.filter(due_on__lte=today), "reminded_on", today, lambda row: _to_owner(row.collaboration)
        ),
        _once(waiting.filter(due_on__lt=today - LATE), "missed_on", today, _to_advisers),
        _once(expiring, "expiry_told_on", today, _of_agreement("agreement_expires")),
        _once(reviewed, "review_told_on", today, _of_agreement("agreement_review")),
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


def _of_agreement(notice: str) -> Callable[[Agreement], None]:
    """Its owner, if they still have a role there; otherwise the advisers."""

    def tell(agreement: Agreement) -> None:
        where = {"reference": f"{agreement.pk}", "path": f"/collaborations/agreements/#a{agreement.pk}"}
        there = Membership.unguarded.today().filter(organisation_id=agreement.organisation_id)
        if agreement.owner_id and there.filter(person_id=agreement.owner_id).exists():
            notify.tell_person(agreement.owner_id, notice, **where)
        else:
            notify.tell_roles(
                agreement.organisation_id,
                [Role.ADVISER],
                notice,
                reference=where["reference"],
                path=where["path"],
            )

    return tell
