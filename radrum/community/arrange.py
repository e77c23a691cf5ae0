"""Make an event, change it, cancel it; whoever is registered is told."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.keep import someone_saved
from radrum.community import policy
from radrum.community.attend import fill_seats, when
from radrum.community.models import Door, Event, Registration
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation

FIELDS = (
    "title_sv",
    "title_en",
    "about_sv",
    "about_en",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
    "audience",
    "kind",
    "seats",
)
_TOLD_OF = ("starts_at", "ends_at", "place")


def _refuse_unless_it_holds(fields: dict[str, Any]) -> None:
    starts, ends = fields["starts_at"], fields["ends_at"]
    if ends <= starts:
        raise Refused(_("The event must end after it begins."))
    if starts <= timezone.now():
        raise Refused(_("The event must begin later than now."))
    if (fields["audience"] == Event.Audience.KIND) != bool(fields["kind"]):
        raise Refused(_("Name the kind of organisation only when the event is for one kind."))


def _hang_door(event: Event, link: str) -> None:
    if link:
        Door.unguarded.update_or_create(event=event, defaults={"link": link})
    else:
        Door.unguarded.filter(event=event).update(link="")


@operation("event.made", allowed=policy.may_arrange)
def arrange(actor: Actor, /, *, link: str = "", **fields: Any) -> Event:
    """Announce an event; the link is kept apart from it."""
    given = {name: fields[name] for name in FIELDS if name in fields}
    _refuse_unless_it_holds({"audience": Event.Audience.OPEN, "kind": "", **given})
    event = Event.unguarded.create(arranged_by=actor.organisation, **given)
    _hang_door(event, link)
    return event


@operation("event.changed", allowed=policy.may_change)
def change(
    actor: Actor, event: Event, /, *, link: str = "", version: int | None = None, **fields: Any
) -> Event:
    """Change an event; those who come are told of a new time or place, and new seats are filled."""
    if event.cancelled_at:
        raise Refused(_("This event has been cancelled."))
    if version is not None and version != event.version:
        raise someone_saved(event)
    given = {name: fields[name] for name in FIELDS if name in fields}
    _refuse_unless_it_holds({**{name: getattr(event, name) for name in FIELDS}, **given})
    if given.get("seats") and given["seats"] < _taken(event):
        raise Refused(_("More people than that already have a place."))
    moved = any(name in given and given[name] != getattr(event, name) for name in _TOLD_OF)
    for name, value in given.items():
        setattr(event, name, value)
    event.version += 1
    event.save()
    _hang_door(event, link)
    fill_seats(event)
    if moved:
        _tell(event, "event_changed")
    return event


@operation("event.cancelled", allowed=policy.may_change)
def cancel(actor: Actor, event: Event) -> Event:
    """Call an event off; everyone who comes or waits is told."""
    if event.cancelled_at:
        raise Refused(_("This event has been cancelled."))
    event.cancelled_at = timezone.now()
    event.version += 1
    event.save(update_fields=["cancelled_at", "version", "changed_at"])
    _tell(event, "event_cancelled")
    return event


def _taken(event: Event) -> int:
    return Registration.unguarded.filter(event=event, state=Registration.State.PLACE).count()


def _tell(event: Event, notice: str) -> None:
    path = reverse("community:event", args=[event.pk])
    rows = Registration.unguarded.filter(event=event).exclude(state=Registration.State.WITHDRAWN)
    for person in rows.values_list("person_id", flat=True):
        notify.tell_person(person, notice, reference=when(event), path=path)
