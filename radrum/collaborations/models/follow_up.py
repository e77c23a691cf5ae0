"""Looking back: the days planned for it, and what was found each time."""

from datetime import date, timedelta
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.collaborations.models.plan import Collaboration
from radrum.core.guarded import Guarded

PERSON = settings.AUTH_USER_MODEL
LATE = timedelta(days=14)  # then it counts as missed, and the advisory group is told


@pghistory.track()
class FollowUp(Guarded):
    """A day planned for looking back, usually 6, 12 and 24 months after a decision to go ahead."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(null=True)  # after the start; none when it was added by hand
    due_on = models.DateField()
    reminded_on = models.DateField(null=True)  # the day the owner was told
    missed_on = models.DateField(null=True)  # the day the advisory group was told
    cancelled_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


@pghistory.track()
class Review(Guarded):
    """What was found: how it goes, whether the measures hold, what has changed, and what follows."""

    class Measures(models.TextChoices):
        """Whether what was designed or agreed to reduce a risk works."""

        YES = "yes", _("They hold")
        PARTLY = "partly", _("They hold in part")
        NO = "no", _("They do not hold")
        NONE = "none", _("There were none")

    class Change(models.TextChoices):
        """What may have changed around the collaboration."""

        PARTNER = "partner", _("the partner: owner, task, links")
        PEOPLE = "people", _("who works with it")
        TECHNOLOGY = "technology", _("the technology, or what it can be used for")
        LAW = "law", _("the law, a list or a condition")

    class Onward(models.TextChoices):
        """What the owner does next; a new decision is made with a new plan."""

        CONTINUE = "continue", _("Continue as it is")
        ADJUST = "adjust", _("Continue, and adjust something")
        END = "end", _("End")

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="reviews")
    follow_up = models.OneToOneField(FollowUp, on_delete=models.PROTECT, null=True, related_name="review")
    reviewed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField()
    measures = models.CharField(max_length=10, choices=Measures, blank=True)
    changes = models.JSONField(default=list)  # keys of `Change`
    changes_text = models.TextField(blank=True)
    onward = models.CharField(max_length=10, choices=Onward, blank=True)
    onward_text = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["reviewed_at", "pk"]

    def __str__(self) -> str:
        return f"review {self.pk}"


def planned(plan: Collaboration) -> list[FollowUp]:
    """The days that are still to come or have been missed, the nearest first."""
    waiting = plan.follow_ups.filter(cancelled_at=None, review=None)
    return list(waiting)


def answered_by(plan: Collaboration, today: date) -> FollowUp | None:
    """The planned day that a review made today answers: the first, from a month before it."""
    nearest = next(iter(planned(plan)), None)
    return nearest if nearest and nearest.due_on - timedelta(days=31) <= today else None
