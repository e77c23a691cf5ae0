"""The guidelines as editions of aspects, and the instruments that ask about them: public and versioned."""

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.core.bilingual import Bilingual


@pghistory.track()
class Edition(models.Model):
    """The guidelines as they stood from one day. Once in force it never changes; new text, new edition."""

    key = models.SlugField(max_length=20, unique=True)
    status = models.CharField(max_length=20)  # "reconstruction" is shown wherever the texts are
    title_sv, title_en = models.CharField(max_length=200), models.CharField(max_length=200)
    note_sv, note_en = models.TextField(), models.TextField()
    notice_sv, notice_en = models.TextField(), models.TextField()  # what must not be written in free text
    in_force_from = models.DateField()
    digest = models.CharField(max_length=64)
    title, note, notice = Bilingual(), Bilingual(), Bilingual()

    class Meta:
        ordering: ClassVar = ["-in_force_from", "-pk"]

    def __str__(self) -> str:
        return str(self.key)


class Dimension(models.Model):
    """One of the five parts of the guidelines."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="dimensions")
    key = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    name_sv, name_en = models.CharField(max_length=200), models.CharField(max_length=200)
    about_sv, about_en = models.TextField(), models.TextField()
    verified = models.BooleanField(default=False)
    name, about = Bilingual(), Bilingual()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_dimension_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"


@pghistory.track()
class Aspect(models.Model):
    """One thing to think through, with why, how, pitfalls and whom to ask; some have sub-aspects."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="aspects")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="sub_aspects")
    key = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    name_sv, name_en = models.CharField(max_length=200), models.CharField(max_length=200)
    text = models.JSONField()  # asks, about, why, steps, example, pitfalls, ask: {"why_sv": …, "why_en": …}
    laws = models.JSONField(default=list)
    authorities = models.JSONField(default=list)
    status = models.CharField(max_length=20)
    sources = models.JSONField(default=list)
    name = Bilingual()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dimension", "key"], name="one_aspect_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def number(self) -> str:
        """`1.3` for the key `D1.3`, `1.3.1` for its sub-aspect `D1.3.1`."""
        return self.key.removeprefix("D")


@pghistory.track()
class Vocabulary(models.Model):
    """What instruments refer to, frozen as it was: what answers mean, or what may be proposed."""

    class Kind(models.TextChoices):
        """Attributes an answer hangs on; or the catalogue of measures, designs, clauses and contacts."""

        ATTRIBUTES = "attributes", _("Attributes")
        CATALOGUE = "catalogue", _("Catalogue")

    kind = models.CharField(max_length=12, choices=Kind)
    version = models.CharField(max_length=20)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_vocabulary_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


@pghistory.track()
class Instrument(models.Model):
    """A questionnaire of one version. Its document, read by `instruments.py`, never changes once in force."""

    class Status(models.TextChoices):
        """A withdrawn instrument is not offered any more; what was answered to it stays."""

        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    key = models.SlugField(max_length=50)
    version = models.CharField(max_length=20)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="instruments")
    attributes = models.ForeignKey(Vocabulary, on_delete=models.PROTECT, related_name="+")
    catalogue = models.ForeignKey(Vocabulary, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    title_sv, title_en = models.CharField(max_length=200), models.CharField(max_length=200)
    purpose_sv, purpose_en = models.TextField(), models.TextField()
    minutes = models.PositiveSmallIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    in_force_from = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    title, purpose = Bilingual(), Bilingual()

    class Meta:
        ordering: ClassVar = ["key", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="one_instrument_per_version"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(status="in_force"),
                name="one_version_of_an_instrument_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
