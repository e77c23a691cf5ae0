"""A case is an object per audience: what the asker may read, what the desk works with, what is returned."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.core.guarded import Guarded


class RegisterNumber(Guarded):
    """The last number given in a year. The register has no gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@pghistory.track()
class Case(Guarded):
    """A question that has reached the desk: what the register shows (OSL 5:2), and what was asked."""

    class Status(models.TextChoices):
        """How far it has come; the asker sees it in plain words."""

        RECEIVED = "received", _("received")
        TRIAGED = "triaged", _("being handled")
        ANSWERED = "answered", _("answered")

    reference = models.CharField(max_length=20, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("subject"), max_length=200)
    question = models.TextField(_("question"))
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    promised_on = models.DateField()

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["promised_on", "pk"]

    def __str__(self) -> str:
        return str(self.reference)


@pghistory.track()
class Dossier(Guarded):
    """The frozen copy that came with the question: passages the asker chose, and their own preparation."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="dossier")
    passages = models.JSONField()  # [{"key", "label", "text"}], in the order of the plan
    left_out = models.PositiveSmallIntegerField(default=0)  # how many passages stayed at home
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"dossier {self.pk}"


@pghistory.track()
class Handling(Guarded):
    """How the desk works with the case. Only the desk sees it."""

    class Access(models.TextChoices):
        """Need to know inside the desk."""

        OPEN = "open", _("open to the desk")
        RESTRICTED = "restricted", _("restricted to its officer and the lead")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    urgent = models.BooleanField(default=False)
    secrecy_ground = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    triaged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    triaged_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"handling {self.pk}"

    @property
    def changed_by(self) -> Any:
        """Who saved last."""
        return self.triaged_by


@pghistory.track()
class Statement(Guarded):
    """What the desk returns. It is neither a decision nor a recommendation, and says so on its face."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="statement")
    text = models.TextField()
    not_examined = models.TextField(blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"statement {self.pk}"
