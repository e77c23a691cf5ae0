"""A case is an object per audience: what the asker may read, what the desk works with, what is returned."""

import secrets
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
        """How far it has come; the asker may see it, so it never says that an agency has been asked."""

        RECEIVED = "received", _("received")
        TRIAGED = "triaged", _("being handled")
        SIGNING = "signing", _("read by a second person")
        ANSWERED = "answered", _("answered")

    class Kind(models.TextChoices):
        """What sort of question it is."""

        GENERAL = "general", _("General question")
        SECURITY = "security", _("Security question")
        INTERFERENCE = "interference", _("Suspected interference")

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SECURITY)
    received_at = models.DateTimeField(auto_now_add=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # None of the three when the question came by the open page; then there is an `Enquirer`.
    asker = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # From the start: at the desk only the lead sees it, until it is handed out; at home the contact point.
    discreet = models.BooleanField(default=False)
    subject = models.CharField(_("subject"), max_length=200)
    question = models.TextField(_("question"))
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    promised_on = models.DateField()

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["promised_on", "pk"]

    def __str__(self) -> str:
        return str(self.reference)


@pghistory.track()
class Enquirer(Guarded):
    """Who asked by the open page: an address to write to, for the desk alone. No secret is kept."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=5)
    nonce = models.CharField(max_length=32)  # with the server's key it makes the secret of the link
    token_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"enquirer {self.pk}"


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


def _address() -> str:
    """An address nobody can count from: an agency must not see how many consultations there are."""
    return secrets.token_hex(8)


@pghistory.track()
class Consultation(Guarded):
    """What one agency is asked: an extract. It does not show the case, nor who else is asked."""

    address = models.CharField(max_length=16, unique=True, default=_address, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    passages = models.JSONField()  # a chosen part of the dossier, copied
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "agency"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_open_consultation_of_an_agency",
            )
        ]

    def __str__(self) -> str:
        return f"consultation {self.address}"


@pghistory.track()
class Opinion(Guarded):
    """What the agency says. It stays with the desk and the agency; only the desk's own words go further."""

    class Naming(models.TextChoices):
        """How the agency agrees to stand in the statement."""

        NAMED = "named", _("The statement may name us")
        UNNAMED = "unnamed", _("The statement may say “an agency”")
        SILENT = "silent", _("The statement may not mention us")

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField()
    not_examined = models.TextField(blank=True)
    naming = models.CharField(max_length=10, choices=Naming)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"opinion {self.pk}"


def _file_name() -> str:
    """What the file is called on the disk, and in its address."""
    return secrets.token_hex(16)


@pghistory.track()
class Attachment(Guarded):
    """A file that has been looked into; its bytes lie in the data folder under a name of their own.

    It belongs to a case, or to an agency's opinion: then nothing in it leads to the case.
    """

    address = models.CharField(max_length=32, unique=True, default=_file_name, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, related_name="+")
    inside = models.BooleanField(default=False)  # the desk's own paper; the asker does not see it
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    findings = models.JSONField(default=list)  # what its reader should know; words of `engine.attachments`
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(case=None, consultation__isnull=False, inside=False)
                | models.Q(case__isnull=False, consultation=None),
                name="attachment_of_a_case_or_of_an_opinion",
            )
        ]

    def __str__(self) -> str:
        return f"attachment {self.address}"


@pghistory.track()
class StatementDraft(Guarded):
    """The desk's text before a second person has read and sent it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    not_examined = models.TextField(blank=True)
    views = models.JSONField(default=list)  # [{"opinion": pk, "text"}]: differing views in the desk's words
    without = models.TextField(blank=True)  # why it goes out although someone asked has not answered
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"statement draft {self.pk}"


@pghistory.track()
class Statement(Guarded):
    """What the desk returns. It is neither a decision nor a recommendation, and says so on its face."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="statement")
    text = models.TextField()
    not_examined = models.TextField(blank=True)
    contributors = models.JSONField(default=list)  # [{"sv", "en"}]: only as each agency agreed
    views = models.JSONField(default=list)  # [{"who": {"sv", "en"}, "text"}]: differing views side by side
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # none for statements from before a second person read them
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"statement {self.pk}"


@pghistory.track()
class Topics(Guarded):
    """What a question is about, in the words of the desk's list; only the desk sees it, figures count it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    keys = models.JSONField()  # keys of `content/topics.yaml`, in its order
    edition = models.CharField(max_length=20)  # of the list
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"topics {self.pk}"


@pghistory.track()
class Lesson(Guarded):
    """What a case led to, for the desk. What it led to does not know the case, and has no way back to it."""

    class Kind(models.TextChoices):
        """What was written."""

        STUDY = "study", _("case study")
        FAQ = "faq", _("frequent question")
        PROPOSAL = "proposal", _("change proposal")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.BigIntegerField()  # of the page or the proposal: a number, so that nothing can be joined
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"lesson {self.pk}"
