"""Forms for arrangers, and for whoever wants to come."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.accounts.roles import Kind
from radrum.community.arrange import FIELDS
from radrum.community.models import Event

ZONES = (
    ("Europe/Stockholm", _("Sweden")),
    ("Europe/Helsinki", _("Finland")),
    ("Europe/London", _("United Kingdom")),
    ("Europe/Brussels", _("Brussels")),
    ("UTC", "UTC"),
)
_AS_TYPED = "%Y-%m-%dT%H:%M"


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_AS_TYPED)


class EventForm(KeptForm):
    """What, when, where, for whom."""

    halves = ("starts_at", "ends_at")
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160)
    about_sv = forms.CharField(
        label=_("About it, in Swedish"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    about_en = forms.CharField(
        label=_("About it, in English"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_at = forms.CharField(label=_("Begins"), widget=_moment())
    ends_at = forms.CharField(label=_("Ends"), widget=_moment())
    time_zone = forms.ChoiceField(label=_("Time where"), choices=ZONES)
    place = forms.CharField(
        label=_("Place"), required=False, max_length=200, help_text=_("Shown to everyone who sees the event.")
    )
    link = forms.URLField(
        label=_("Link to the meeting"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Shown only to those who have a place; never in the calendar or in mail."),
    )
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: as many as want to come."),
    )
    audience = forms.ChoiceField(
        label=_("For whom"), choices=Event.Audience.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=_("Which kind of organisation"),
        required=False,
        choices=[("", "–"), *Kind.choices],
        help_text=_("Only when the event is for one kind."),
    )

    def __init__(self, request: HttpRequest, event: Event | None = None, link: str = "") -> None:
        start: dict[str, Any] = {"time_zone": "Europe/Stockholm", "audience": Event.Audience.OPEN}
        if event:
            start = {**self.values_of_event(event), "link": link, "version": event.version}
        super().__init__(request, f"event:{event.pk if event else 'new'}", initial=start)

    @staticmethod
    def values_of_event(event: Event) -> dict[str, Any]:
        """The event's own values, its moments as its own clock shows them."""
        values = {name: getattr(event, name) for name in FIELDS}
        for name in ("starts_at", "ends_at"):
            values[name] = f"{values[name].astimezone(event.zone):{_AS_TYPED}}"
        return values

    def values_of(self, current: Any) -> dict[str, Any]:
        """For two who save at once."""
        return self.values_of_event(current)

    def clean(self) -> dict[str, Any]:
        """Read the moments on the clock of the chosen place."""
        fields: dict[str, Any] = super().clean() or self.cleaned_data
        zone = ZoneInfo(fields.get("time_zone") or "Europe/Stockholm")
        for name in ("starts_at", "ends_at"):
            if name in fields:
                fields[name] = self._read(name, fields[name], zone)
        return fields

    def _read(self, name: str, text: str, zone: ZoneInfo) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text.strip().replace(" ", "T"))
        except ValueError:
            self.add_error(name, _("Write a date and a time, such as 2026-12-03 13:00."))
            return None
        return timezone.make_aware(moment, zone) if timezone.is_naive(moment) else moment


class RegisterForm(KeptForm):
    """Come, and perhaps be seen by the others who come."""

    shows_name = forms.BooleanField(
        label=_("Show my name and organisation to the others who come"), required=False
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "")
