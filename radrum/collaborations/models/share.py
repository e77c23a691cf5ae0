"""What has been shared with another organisation: the record at home, and the copy that lies there.

Two objects, one for each audience. The copy has no history of its own, so that withdrawing it leaves nothing.
"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.accounts.roles import Kind, Role
from radrum.collaborations.models.plan import Collaboration
from radrum.core.guarded import Guarded

PERSON = settings.AUTH_USER_MODEL


class Audience(models.TextChoices):
    """Who at the other organisation may read the copy: everyone who has one of the roles there."""

    ADVISERS = "advisers", _("advisers there")
    FUNDER = "funder", _("the funder's officers")
    INSTITUTION = "institution", _("advisers, steering group, decision makers and contact point there")


READERS_OF: dict[str, tuple[str, ...]] = {
    Audience.ADVISERS: (Role.ADVISER,),
    Audience.FUNDER: (Role.FUNDER_OFFICER,),
    Audience.INSTITUTION: (Role.ADVISER, Role.STEERING, Role.DECISION_MAKER, Role.CONTACT_POINT),
}
RECIPIENTS = (Kind.INSTITUTION, Kind.FUNDER, Kind.COMPANY)


@pghistory.track()
class Share(Guarded):
    """At home: with whom, by whom, when, and which passages went; not their texts."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="shares")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, choices=Audience)
    subject = models.CharField(max_length=200)
    message = models.TextField(blank=True)
    labels = models.JSONField()  # the headings of what went, in the order of the plan
    left_out = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    shared_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(null=True)  # the last day it can be read
    withdrawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["shared_at", "pk"]

    def __str__(self) -> str:
        return f"share {self.pk}"


class SharedCopy(Guarded):
    """There: a frozen copy of the chosen passages. Withdrawn or ended, it is emptied and says so."""

    share = models.OneToOneField(Share, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, choices=Audience)
    subject = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    passages = models.JSONField()  # [{"label", "text"}], in the order of the plan
    left_out = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    shared_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-shared_at", "-pk"]

    def __str__(self) -> str:
        return f"shared copy {self.pk}"
