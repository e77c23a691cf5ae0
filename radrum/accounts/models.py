"""People, organisations, roles, absences, invitations, and text not yet sent."""

from datetime import date
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from radrum.accounts.roles import Kind, Role
from radrum.core.bilingual import Bilingual
from radrum.core.guarded import Guarded

_SWEDISH_LETTERS = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c", "æ": "{b", "ø": "{c", "é": "e", "ü": "y"})


def swedish_key(text: str) -> str:
    """Sort å, ä, ö last, as Swedish readers expect; the embedded database has no Swedish collation."""
    return text.casefold().translate(_SWEDISH_LETTERS)


class Organisation(models.Model):
    """Someone people act for. The register is public: names, identifiers and how far each was verified."""

    class Verification(models.TextChoices):
        """How far the entry was seen in a source."""

        VERIFIED = "verified", _("verified")
        PARTLY = "partly_verified", _("partly verified")
        UNVERIFIED = "unverified", _("not verified")

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name_sv = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    short = models.CharField(max_length=40, blank=True)
    sort_key = models.CharField(max_length=220, editable=False)
    ror = models.URLField(blank=True)
    domain = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    verification = models.CharField(max_length=20, choices=Verification, default=Verification.UNVERIFIED)
    facts = models.JSONField(default=dict)  # roles, routing, sources: as the fact file gives them
    name = Bilingual()

    class Meta:
        ordering: ClassVar = ["sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="national"), name="one_national_function"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the Swedish name."""
        self.sort_key = swedish_key(self.name_sv)
        super().save(*args, **kwargs)


class People(BaseUserManager["User"]):
    """Makes accounts; only `invite.accept` and the demo's story call it."""

    def create_user(
        self, email: str, *, name: str, password: str | None = None, language: str = "sv"
    ) -> "User":
        """Create an account whose address is stored in lower case."""
        user = self.model(email=email.strip().lower(), name=name, language=language)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What they may do is said by their memberships alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        max_length=2, choices=[("sv", _("Swedish")), ("en", _("English"))], default="sv"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


def _in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class InForce(models.QuerySet[Any]):
    """Rows with a first and a last day."""

    def today(self) -> "InForce":
        """Those in force today."""
        return self.filter(_in_force(timezone.localdate()))


@pghistory.track()
class Membership(Guarded):
    """One role of a person in an organisation, from a day until further notice or a last day."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    unguarded: ClassVar[models.Manager[Any]] = InForce.as_manager()

    class Meta(Guarded.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership",
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


@pghistory.track()
class Substitution(Guarded):
    """While `absent` is away, `substitute` has their role in the organisation too."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField()
    unguarded: ClassVar[models.Manager[Any]] = InForce.as_manager()

    class Meta(Guarded.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"substitution {self.pk}"


@pghistory.track()
class Invitation(Guarded):
    """A way in for someone who has no role yet. Only the hash of its secret is stored."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = models.JSONField()
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, default="sv")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def role_words(self) -> list[str]:
        """The invited roles in words."""
        return [str(Role(code).label) for code in self.roles]


class Draft(Guarded):
    """What someone has typed in a form and not sent; only its author can read it."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)
    data = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta(Guarded.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "organisation", "form"], name="one_draft_per_form")
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
