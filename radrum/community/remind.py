"""Remind, once, those who have a place at an event tomorrow."""

from datetime import datetime, timedelta

from django.urls import reverse

from radrum.accounts import notify
from radrum.community.attend import when
from radrum.community.models import Registration


def remind(now: datetime) -> int:
    """Tell who comes to what begins within a day and a half; run by the morning's job as SYSTEM."""
    due = (
        Registration.unguarded.select_for_update(of=("self",))
        .select_related("event")
        .filter(
            state=Registration.State.PLACE,
            reminded_at=None,
            event__cancelled_at=None,
            event__starts_at__gt=now,
            event__starts_at__lte=now + timedelta(hours=36),
        )
    )
    rows = list(due.order_by("pk"))
    for registration in rows:
        registration.reminded_at = now
        registration.save(update_fields=["reminded_at"])
        path = reverse("community:event", args=[registration.event_id])
        notify.tell_person(
            registration.person_id, "event_tomorrow", reference=when(registration.event), path=path
        )
    return len(rows)
