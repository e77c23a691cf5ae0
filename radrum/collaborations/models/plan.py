"""What an institution records about a collaboration. It is the institution's own (TF 2:13)."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.cases.models import Case
from radrum.core.guarded import Guarded
from radrum.guidance.models import Instrument

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Collaboration(Guarded):
    """A planned or ongoing collaboration: what, with whom, and why it is worth doing."""

    class Kind(models.TextChoices):
        """What sort of collaboration it is."""

        RESEARCH = "research", _("Research")
        EDUCATION = "education", _("Education")
        DOCTORAL = "doctoral", _("Doctoral student or postdoc")
        VISIT = "visit", _("Visit, guest or lecture")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure or equipment")
        INNOVATION = "innovation", _("Innovation or commercial")
        AGREEMENT = "agreement", _("Framework agreement")

    class Phase(models.TextChoices):
        """Whether it has begun."""

        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Already under way")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.PLANNED)
    summary = models.TextField()
    worth_doing = models.TextField()
    field = models.CharField(max_length=200, blank=True)
    funding = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(
        null=True, blank=True
    )  # the day the owner was told that review_on has come
    described_at = models.DateTimeField(auto_now_add=True)
    described_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-changed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                | models.Q(starts_on=None)
                | models.Q(ends_on=None),
                name="collaboration_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"collaboration {self.pk}"


@pghistory.track()
class Partner(Guarded):
    """An organisation on the other side, as the researcher names it."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return f"partner {self.pk}"


@pghistory.track()
class Assessment(Guarded):
    """The answers to an instrument's prompts: the institution's own assessment."""

    collaboration = models.OneToOneField(Collaboration, on_delete=models.CASCADE, related_name="assessment")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"assessment {self.pk}"


@pghistory.track()
class Answer(Guarded):
    """What is known of one attribute, of the plan or of one partner: what was chosen, and words.

    It hangs on the attribute and not on a prompt, so another instrument offers it again.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    attribute = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="answers")
    chosen = models.JSONField(default=list, blank=True)  # ["unsure"]; several where several may be chosen
    text = models.TextField(blank=True)
    saved_in = models.PositiveIntegerField(default=1)  # the assessment's version when it last changed

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "attribute", "partner"],
                nulls_distinct=False,
                name="one_answer_per_attribute",
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


@pghistory.track()
class Advice(Guarded):
    """What the advisory group says after preparing the matter at home."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="advice")
    adviser = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    suggests_asking = models.BooleanField(default=False)
    on_version = models.PositiveIntegerField(default=0)  # what was read; see `text_version`
    file_reference = models.CharField(max_length=60, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["given_at"]

    def __str__(self) -> str:
        return f"advice {self.pk}"


@pghistory.track()
class Enquiry(Guarded):
    """A question sent to the national desk; its case is read there, by looking down."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="enquiries")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["asked_at"]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"


@pghistory.track()
class Decision(Guarded):
    """The institution's own decision under its delegation order; after *wait*, another one follows."""

    class Outcome(models.TextChoices):
        """What was decided."""

        GO_AHEAD = "go_ahead", _("Go ahead as described")
        CHANGED = "changed", _("Go ahead, with changes")
        WAIT = "wait", _("Wait until something is settled")
        REFRAIN = "refrain", _("Do not go ahead")

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="decisions")
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.TextField()
    gained = models.TextField(blank=True)  # by going ahead
    changed = models.TextField(blank=True)
    delayed = models.TextField(blank=True)
    given_up = models.TextField(blank=True)
    conditions = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"decision {self.pk}"


FINAL = (Decision.Outcome.GO_AHEAD, Decision.Outcome.CHANGED, Decision.Outcome.REFRAIN)


def decision_in_force(plan: Collaboration) -> Decision | None:
    """The latest decision, or None."""
    return next(reversed(list(plan.decisions.all())), None)


def is_closed(plan: Collaboration) -> bool:
    """Whether a decision has been made that settles the plan; *wait* does not."""
    decision = decision_in_force(plan)
    return decision is not None and decision.outcome in FINAL


def text_version(plan: Collaboration) -> int:
    """Grows whenever the description or the assessment is changed: what a reader has read."""
    assessment = part(plan, "assessment")
    return plan.version + (assessment.version if assessment else 0)


def part(plan: Collaboration, name: str) -> Any:
    """A part that may not exist yet (`assessment`), or None."""
    return getattr(plan, name, None)
