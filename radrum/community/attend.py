"""Come to an event: register, wait for a seat, withdraw. Seats are counted by the system, the event locked.

The application asks as the person first, so nobody registers for what they may not see.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.community import policy
from radrum.community.models import Event, Registration
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, Unseen, operation
from radrum.core.scope import writing

State = Registration.State


@operation("event.registered", allowed=policy.may_attend)
def register(actor: Actor, *, event: Event, shows_name: bool = False) -> Registration:
    """Take a seat; when all are taken, a place in the waiting list."""
    seen = policy.visible_events(actor).filter(pk=event.pk).first()
    if seen is None:
        raise Unseen("not found")
    with writing(SYSTEM):  # the seats others have are not the person's to see
        locked = Event.unguarded.select_for_update().get(pk=event.pk)
        if locked.cancelled_at:
            raise Refused(_("This event has been cancelled."))
        if locked.starts_at <= timezone.now():
            raise Refused(_("This event has begun; nobody can register any more."))
        found = Registration.unguarded.filter(event=locked, person_id=actor.user_id).first()
        if found and found.state != State.WITHDRAWN:
            raise Refused(_("You are already registered."))
        state = State.PLACE if _free(locked) else State.WAITING
    registration = found or Registration(event_id=event.pk, person_id=actor.user_id)
    registration.organisation_id = actor.organisation_id
    registration.state, registration.shows_name = state, shows_name
    registration.since, registration.reminded_at = timezone.now(), None
    registration.save()
    notice = "event_place" if state == State.PLACE else "event_waiting"
    _tell(locked, actor.user_id, notice)
    return registration


@operation("registration.withdrawn", allowed=policy.may_withdraw)
def withdraw(actor: Actor, registration: Registration) -> None:
    """No longer come; whoever has waited longest gets the seat and is told."""
    if registration.state == State.WITHDRAWN:
        raise Refused(_("You have already withdrawn."))
    with writing(SYSTEM):
        event = Event.unguarded.select_for_update().get(pk=registration.event_id)
        if event.starts_at <= timezone.now():
            raise Refused(_("This event has begun."))
    registration.state = State.WITHDRAWN
    registration.save(update_fields=["state"])
    fill_seats(event)


@operation("registration.moved_up", allowed=policy.may_move_up)
def move_up(actor: Actor, registration: Registration) -> None:
    """Give somebody from the waiting list the seat that has become free."""
    registration.state = State.PLACE
    registration.save(update_fields=["state"])
    _tell(registration.event, registration.person_id, "event_place")


def fill_seats(event: Event) -> None:
    """Give free seats to those who wait, the first first; inside an operation that has locked the event."""
    with writing(SYSTEM):
        waiting = Registration.unguarded.filter(event=event, state=State.WAITING).order_by("since", "pk")
        for registration in waiting:
            if event.cancelled_at or not _free(event):
                return
            move_up(SYSTEM, registration)


def when(event: Event) -> str:
    """The day and hour, to tell events apart in a mail that names none."""
    return f"{event.starts_at.astimezone(event.zone):%Y-%m-%d %H:%M}"


def _free(event: Event) -> bool:
    taken = Registration.unguarded.filter(event=event, state=State.PLACE).count()
    return event.seats is None or taken < event.seats


def _tell(event: Event, person_id: int, notice: str) -> None:
    notify.tell_person(
        person_id, notice, reference=when(event), path=reverse("community:event", args=[event.pk])
    )
