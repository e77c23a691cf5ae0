"""An agreement the institution has already, with the days when it ends and when it is to be looked at."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.collaborations.models.plan import Collaboration
from radrum.core.guarded import Guarded

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Agreement(Guarded):
    """A line of the institution's own list; same title, partner and day is the same agreement."""

    class Kind(models.TextChoices):
        """What sort of agreement it is."""

        FRAMEWORK = "framework", _("framework agreement")
        INTENT = "intent", _("letter of intent")
        EXCHANGE = "exchange", _("exchange agreement")
        DEGREE = "degree", _("joint or double degree")
        RESEARCH = "research", _("research agreement")
        DATA = "data", _("agreement on data or material")
        FUNDING = "funding", _("funding agreement")
        OTHER = "other", _("other agreement")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField(max_length=200)
    country = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    signed_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    owner_email = models.EmailField(blank=True)
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.CharField(max_length=120, blank=True)
    file_reference = models.CharField(max_length=60, blank=True)
    expiry_told_on = models.DateField(null=True)
    review_told_on = models.DateField(null=True)
    plan = models.ForeignKey(Collaboration, on_delete=models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["expires_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "title", "partner", "signed_on"],
                nulls_distinct=False,
                name="one_line_per_agreement",
            )
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"
