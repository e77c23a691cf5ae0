"""The calendar, one event, and the pages where events are arranged."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest, only_post
from radrum.community import forms, policy, show
from radrum.community.arrange import arrange, cancel, change
from radrum.community.attend import register, withdraw
from radrum.community.calendar import written
from radrum.community.models import Event
from radrum.core.actor import STRANGER
from radrum.core.operation import Forbidden, Refused


def _find(request: ActorRequest, pk: int) -> Event:
    event: Event = get_object_or_404(policy.visible_events(request.actor), pk=pk)
    return event


def _require(request: ActorRequest, event: Event | None = None) -> None:
    if not (policy.may_change(request.actor, event) if event else policy.may_arrange(request.actor)):
        raise Forbidden(_("Events are arranged by the national function, until they are over."))


def _calendar_file(text: bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@login_not_required
def calendar(request: ActorRequest) -> HttpResponse:
    """What is coming."""
    return render(request, "community/calendar.html", show.calendar(request.actor))


@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """The open events, to subscribe to; the same for everyone."""
    return _calendar_file(written(policy.visible_events(STRANGER).order_by("-starts_at")[:200]), "calendar")


@login_not_required
def event_file(request: ActorRequest, pk: int) -> HttpResponse:
    """One event, to put in a calendar."""
    return _calendar_file(written([_find(request, pk)]), f"event-{pk}")


@login_not_required
def event_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One event."""
    context = show.page(request.actor, _find(request, pk))
    form = forms.RegisterForm(request) if context["can_register"] else None
    return render(request, "community/event.html", {**context, "form": form, "register": _at(pk, "register")})


def _at(pk: int, step: str) -> str:
    return reverse(f"community:{step}", args=[pk])


@only_post
def register_for(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a seat, or a place in the waiting list."""
    event = _find(request, pk)
    if not policy.may_attend(request.actor):
        raise Forbidden(_("Whoever acts for an organisation here may register."))
    form = forms.RegisterForm(request)
    made = form.carry_out(register, event=event) if form.is_valid() else None
    if made:
        has = made.state == made.State.PLACE
        messages.success(
            request,
            _("You have a place. The link to the meeting, if there is one, stands below.")
            if has
            else _("All seats are taken. You are on the waiting list."),
        )
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("community:event", pk)


@only_post
def withdraw_from(request: ActorRequest, pk: int) -> HttpResponse:
    """No longer come."""
    event = _find(request, pk)
    own = policy.visible_registrations(request.actor).filter(person_id=request.actor.user_id)
    try:
        withdraw(request.actor, get_object_or_404(own, event=event))
        messages.success(request, _("You no longer come. Whoever waited longest gets the seat."))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("community:event", pk)


def new_event(request: ActorRequest) -> HttpResponse:
    """Arrange an event."""
    _require(request)
    form = forms.EventForm(request)
    if form.is_valid() and (made := form.carry_out(arrange)):
        messages.success(request, _("The event is in the calendar."))
        return redirect("community:event", made.pk)
    return _form_page(request, form, _("Arrange an event"), reverse("community:calendar"))


def edit_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Change an event."""
    event = _find(request, pk)
    _require(request, event)
    door = policy.visible_doors(request.actor).filter(event=event).first()
    form = forms.EventForm(request, event, door.link if door else "")
    if form.is_valid() and form.carry_out(change, event):
        messages.success(
            request, _("The event is changed, and those who come are told if its time or place is new.")
        )
        return redirect("community:event", pk)
    return _form_page(request, form, _("Change the event"), _at(pk, "event"))


def _form_page(request: HttpRequest, form: Any, title: str, back: str) -> HttpResponse:
    return render(request, "community/form.html", {"form": form, "title": title, "back": back})


@only_post
def cancel_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Call an event off."""
    try:
        cancel(request.actor, _find(request, pk))
        messages.success(request, _("The event is cancelled, and those who come are told."))
    except Forbidden as forbidden:
        raise Forbidden(
            _("Events are arranged by the national function, until they are over.")
        ) from forbidden
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("community:event", pk)
