"""An event, the door to it, and who comes."""

from typing import ClassVar
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.accounts.roles import Kind
from radrum.core.bilingual import Bilingual
from radrum.core.guarded import Guarded


@pghistory.track()
class Event(Guarded):
    """A meeting that can be put in a calendar."""

    class Audience(models.TextChoices):
        """Who may see it and come."""

        OPEN = "open", _("everyone; whoever has an account may register")
        MEMBERS = "members", _("everyone who acts for an organisation here")
        KIND = "kind", _("one kind of organisation")

    title_sv = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    about_sv = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40, default="Europe/Stockholm")
    place = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.OPEN)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)  # none: as many as want to come
    arranged_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    title, about = Bilingual(), Bilingual()

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(audience="kind") & ~Q(kind="") | ~Q(audience="kind") & Q(kind=""),
                name="one_kind_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """The clock on the wall where it is."""
        return ZoneInfo(self.time_zone)

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at <= timezone.now()


class Door(Guarded):
    """The link to a meeting over the network; for whoever has a place, and the arrangers."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(max_length=500)

    def __str__(self) -> str:
        return f"door {self.pk}"


@pghistory.track()
class Registration(Guarded):
    """Somebody who comes, waits for a seat, or no longer comes."""

    class State(models.TextChoices):
        """Whether there is a place."""

        PLACE = "place", _("has a place")
        WAITING = "waiting", _("on the waiting list")
        WITHDRAWN = "withdrawn", _("withdrawn")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    shows_name = models.BooleanField(default=False)  # agreed to be seen by the others who come
    since = models.DateTimeField()  # its place in the line
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_registration_each")
        ]

    def __str__(self) -> str:
        return f"registration {self.pk}"
