"""What the lists said of a plan's partners, what was concluded, and who was told of a change."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.collaborations.models.plan import Collaboration
from radrum.core.guarded import Guarded
from radrum.screening.models import ListVersion, Verdict

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Screening(Guarded):
    """A partner compared with the lists: what was searched, as it stood that day. It is never changed.

    It belongs to the partner of that name and country in the plan, so it outlives a partner that is removed.
    """

    class Because(models.TextChoices):
        """Why the lists were searched."""

        ASKED = "asked", _("somebody asked")
        LIST_CHANGED = "list_changed", _("a list changed")

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="screenings")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)  # whom verdicts are about; see screening/kept.py
    ror = models.CharField(max_length=9, blank=True)
    record_name = models.CharField(max_length=500, blank=True)
    certainty = models.CharField(max_length=10)  # certain | ask | none, or what a person said
    candidates = models.JSONField(default=list)
    names = models.JSONField(default=list)  # every name that was compared
    searched = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    because = models.CharField(max_length=12, choices=Because, default=Because.ASKED)
    screened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    screened_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-screened_at", "-pk"]

    def __str__(self) -> str:
        return f"screening {self.pk}"


@pghistory.track()
class Hit(Guarded):
    """An entry that may be the partner, with the reasons; `also` are other lists with the same entry."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="hits")
    list_key = models.CharField(max_length=80)
    list_sv, list_en = models.CharField(max_length=200), models.CharField(max_length=200)
    list_date = models.DateField(null=True)
    effect = models.CharField(max_length=12)
    entry_id = models.CharField(max_length=200)
    name, matched_name, asked_name = models.TextField(), models.TextField(), models.TextField()
    score = models.FloatField()  # orders hits; never shown
    reasons = models.JSONField(default=list)
    url = models.TextField(blank=True)
    digest = models.CharField(max_length=16)
    also = models.JSONField(default=list)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-score", "pk"]

    def __str__(self) -> str:
        return f"hit {self.pk}"


@pghistory.track()
class PartnerVerdict(Guarded):
    """What somebody at work with the plan concluded about a hit. The latest holds until the entry changes."""

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="verdicts")
    conclusion = models.CharField(max_length=10, choices=Verdict.Conclusion)
    reason = models.TextField()
    judged_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["judged_at", "pk"]

    def __str__(self) -> str:
        return f"verdict {self.pk}"


@pghistory.track()
class ListAlert(Guarded):
    """Told once to an owner: a list changed in a way that concerns partners in their plans."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="+")
    partners = models.JSONField(default=list)  # [{"plan", "partner", "what": new | changed | gone}]
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person", "version"], name="one_alert_per_owner_and_version"
            )
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"
