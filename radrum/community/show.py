"""Events as plain values for pages."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from radrum.community import policy
from radrum.community.models import Event, Registration
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import reading

State = Registration.State


def when(event: Event) -> str:
    """24 november 2026, 13.00–15.00, with the zone where it is not Sweden's."""
    start, end = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    clock = "H.i" if get_language() == "sv" else "H:i"
    first = f"{date_format(start, 'j F Y')}, {date_format(start, clock)}"
    last = date_format(end, clock) if start.date() == end.date() else date_format(end, f"j F, {clock}")
    zone = "" if event.time_zone == "Europe/Stockholm" else f" ({event.time_zone.replace('_', ' ')})"
    return f"{first}–{last}{zone}"


def row(event: Event) -> dict[str, Any]:
    """One line of the calendar."""
    text = [when(event), event.place or _("Over the network")]
    return {
        "title": event.title,
        "url": reverse("community:event", args=[event.pk]),
        "text": ". ".join(text),
        "when": event.starts_at,
        "state": state_words(event),
    }


def state_words(event: Event) -> str:
    """Cancelled, over, or for whom it is when not for all."""
    if event.cancelled_at:
        return _("Cancelled")
    if event.over:
        return _("Over")
    if event.audience == Event.Audience.KIND:
        return _("For: %(kind)s") % {"kind": event.get_kind_display()}
    return (
        _("For everyone who acts for an organisation here")
        if event.audience == Event.Audience.MEMBERS
        else ""
    )


def calendar(actor: Actor) -> dict[str, Any]:
    """What is coming, and what was held lately."""
    events = policy.visible_events(actor)
    now = timezone.now()
    return {
        "coming": [row(event) for event in events.filter(ends_at__gt=now)[:100]],
        "held": [row(event) for event in events.filter(ends_at__lte=now).order_by("-starts_at")[:5]],
        "action": {"label": _("Arrange an event"), "url": reverse("community:new")}
        if policy.may_arrange(actor)
        else None,
        "links": [{"label": _("Subscribe to the calendar (.ics)"), "url": reverse("community:feed")}],
    }


def page(actor: Actor, event: Event) -> dict[str, Any]:
    """One event: what it is, one's own place, who comes."""
    mine = _mine(actor, event)
    open_now = not event.cancelled_at and event.starts_at > timezone.now()
    return {
        "event": {
            "title": event.title,
            "about": event.about,
            "when": when(event),
            "ics": reverse("community:ics", args=[event.pk]),
            "state": state_words(event),
        },
        "facts": _facts(event),
        "mine": _place_words(mine),
        "link": _link(actor, event),
        "can_register": open_now and policy.may_attend(actor) and not mine,
        "must_sign_in": open_now and not policy.may_attend(actor),
        "withdraw": reverse("community:withdraw", args=[event.pk]) if open_now and mine else "",
        "people": people(actor, event),
        "arranges": policy.may_arrange(actor),
        "edit": reverse("community:edit", args=[event.pk])
        if policy.may_change(actor, event) and not event.cancelled_at
        else "",
        "cancel": reverse("community:cancel", args=[event.pk]),
    }


def _mine(actor: Actor, event: Event) -> Registration | None:
    own = policy.visible_registrations(actor).filter(event=event, person_id=actor.user_id)
    found: Registration | None = own.exclude(state=State.WITHDRAWN).first() if actor.user_id else None
    return found


def _place_words(mine: Registration | None) -> str:
    if mine is None:
        return ""
    if mine.state == State.PLACE:
        return _("You have a place.")
    return _("All seats are taken. You are on the waiting list, and are told if you get a place.")


def _link(actor: Actor, event: Event) -> str:
    door = policy.visible_doors(actor).filter(event=event).first()
    return str(door.link) if door and not event.cancelled_at else ""


def _facts(event: Event) -> list[dict[str, Any]]:
    return [
        {"label": _("When"), "value": when(event)},
        {"label": _("Where"), "value": event.place or _("Over the network")},
        {"label": _("Arranged by"), "value": str(event.arranged_by)},
        {"label": _("Seats"), "value": _seats(event)},
        {
            "label": _("For whom"),
            "value": str(event.get_audience_display()).capitalize()
            if event.audience != Event.Audience.KIND
            else event.get_kind_display(),
        },
    ]


def _seats(event: Event) -> str:
    """How many are left, without saying who has them."""
    if event.seats is None:
        return _("As many as want to come")
    with reading(SYSTEM):
        taken = policy.visible_registrations(SYSTEM).filter(event=event, state=State.PLACE).count()
    left = max(0, event.seats - taken)
    if not left:
        return _("All taken; there is a waiting list")
    return ngettext("%(n)d seat is left", "%(n)d seats are left", left) % {"n": left}


def people(actor: Actor, event: Event) -> list[dict[str, str]]:
    """Who comes, as far as the actor may see: all for arrangers, else those who agreed to be seen."""
    rows = policy.visible_registrations(actor).filter(event=event).exclude(state=State.WITHDRAWN)
    if not policy.may_arrange(actor):
        rows = rows.filter(state=State.PLACE)
        if not rows.filter(person_id=actor.user_id).exists():
            return []
        rows = rows.filter(shows_name=True)  # oneself too: the list is what the others see
    return [
        {
            "name": one.person.name,
            "organisation": str(one.organisation),
            "state": str(one.get_state_display()),
            "email": one.person.email if policy.may_arrange(actor) else "",
        }
        for one in rows
    ]


def mine(actor: Actor) -> list[dict[str, Any]]:
    """The coming events one is registered for, for My room."""
    own = policy.visible_registrations(actor).filter(
        person_id=actor.user_id, event__ends_at__gt=timezone.now()
    )
    kept = own.exclude(state=State.WITHDRAWN).order_by("event__starts_at")
    return [{**row(one.event), "state": row(one.event)["state"] or _place_words(one)} for one in kept[:8]]
