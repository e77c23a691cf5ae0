"""What calendars read (RFC 5545). Never the link to the meeting: who has the file need not have a place."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from radrum.community.models import Event


def written(events: Iterable[Event]) -> bytes:
    """The events as an iCalendar file, each in the time zone of its place."""
    calendar = Calendar()
    calendar.add("prodid", "-//radrum//events//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Meetings on responsible internationalisation"))
    calendar.add("x-wr-calname", _("Meetings on responsible internationalisation"))
    for event in events:
        calendar.add_component(_entry(event))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _entry(event: Event) -> Entry:
    host = settings.BASE_URL.rpartition("/")[2].partition(":")[0]
    page = settings.BASE_URL.rstrip("/") + reverse("community:event", args=[event.pk])
    entry = Entry()
    entry.add("uid", f"event-{event.pk}@{host}")
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("sequence", event.version - 1)
    entry.add("dtstart", event.starts_at.astimezone(event.zone))
    entry.add("dtend", event.ends_at.astimezone(event.zone))
    entry.add("summary", event.title)
    entry.add("description", f"{event.about}\n\n{page}".strip())
    entry.add("url", page)
    entry.add("location", event.place or _("Over the network"))
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return entry
