"""Remind, once, those who have a place at an event tomorrow; forget who came, a year afterwards."""

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


def forget_old_registrations(now: datetime, days: int = 365) -> None:
    """Remove who came to meetings that ended long ago, with their history; run by the night as SYSTEM."""
    old = Registration.unguarded.filter(event__ends_at__lt=now - timedelta(days=days))
    keys = list(old.values_list("pk", flat=True))
    old.delete()
    Registration.pgh_event_model.unguarded.filter(pgh_obj_id__in=keys).delete()  # type: ignore[attr-defined]
