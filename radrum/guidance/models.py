"""An edition of the guidelines: dimensions, aspects and prompts. Public, versioned, in two languages."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.core.bilingual import Bilingual
from radrum.core.guarded import Guarded


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
    """One thing to think through, with why, how, pitfalls and whom to ask."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="aspects")
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
        """`1.3` for the key `D1.3`."""
        return self.key.removeprefix("D")


@pghistory.track()
class Prompt(models.Model):
    """What a self-assessment asks, and why."""

    class Kind(models.TextChoices):
        """How it is answered."""

        YNU = "ynu"
        TEXT = "text"

    class Effect(models.TextChoices):
        """What an answer may do; see `engine.py`."""

        BENEFIT = "benefit"
        OPENS = "opens"
        LOWERS_CONCERN = "lowers_concern"
        LAW_FIRST = "law_first"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="prompts")
    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="prompts")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    effect = models.CharField(max_length=20, choices=Effect)
    minutes = models.FloatField(default=1)
    text_sv, text_en = models.TextField(), models.TextField()
    why_sv, why_en = models.TextField(), models.TextField()
    help_sv, help_en = models.TextField(blank=True), models.TextField(blank=True)
    design_sv, design_en = models.TextField(blank=True), models.TextField(blank=True)
    risk_sv, risk_en = models.TextField(blank=True), models.TextField(blank=True)
    source = models.CharField(max_length=300)
    text, why, help, design, risk = Bilingual(), Bilingual(), Bilingual(), Bilingual(), Bilingual()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_prompt_per_key")
        ]

    def __str__(self) -> str:
        return str(self.key)


@pghistory.track()
class ChangeProposal(Guarded):
    """What should stand otherwise in the next edition, in general words. Public once it has been accepted."""

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted for the next edition")
        DECLINED = "declined", _("declined")
        IN_EDITION = "in_edition", _("stands in an edition")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")  # the one it is about
    aspect = models.CharField(max_length=10)  # `1.3`
    what = models.TextField()
    why = models.TextField()
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    taken_up_in = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["aspect", "pk"]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
