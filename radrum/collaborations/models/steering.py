"""What the advisory group lifts to the steering group, which goals conflict, and what the group holds."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.collaborations.models.plan import Collaboration
from radrum.core.guarded import Guarded

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Referral(Guarded):
    """A question to the steering group: the plan is of strategic weight, or goals conflict."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="referrals")
    lifted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(auto_now_add=True)
    question = models.TextField()
    on_version = models.PositiveIntegerField()  # what was read; see `text_version`

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["lifted_at", "pk"]

    def __str__(self) -> str:
        return f"referral {self.pk}"


@pghistory.track()
class GoalConflict(Guarded):
    """Two goals that cannot both be had in full, and what is at stake between them."""

    class Goal(models.TextChoices):
        """What a collaboration may serve or put at risk; neither side is better from the start."""

        OPENNESS = "openness", _("openness")
        ACADEMIC_FREEDOM = "academic_freedom", _("academic freedom")
        BENEFIT = "benefit", _("benefit to research, education and society")
        SECURITY = "security", _("security")
        PROTECTION = "protection", _("protection of unpublished results")
        ETHICS = "ethics", _("ethics and human rights")
        PEOPLE = "people", _("the safety of individuals")
        EQUAL = "equal", _("equal treatment")
        TRUST = "trust", _("trust, reputation and relations")
        INDEPENDENCE = "independence", _("independence of one partner or source of money")
        COST = "cost", _("time and money")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="conflicts")
    one = models.CharField(max_length=20, choices=Goal)
    other = models.CharField(max_length=20, choices=Goal)
    at_stake = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="two_goals_conflict")
        ]

    def __str__(self) -> str:
        return f"goal conflict {self.pk}"


@pghistory.track()
class SteeringView(Guarded):
    """What the steering group, or one of its members, holds; `returns` sends the plan back."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="views")
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    returns = models.BooleanField()

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral"], condition=models.Q(returns=True), name="a_plan_is_returned_once"
            )
        ]

    def __str__(self) -> str:
        return f"steering view {self.pk}"


@pghistory.track()
class Position(Guarded):
    """Which goal weighs more in one conflict, in the view of whoever gave it."""

    class Weight(models.TextChoices):
        """Not a vote: it says what the next step should be designed for."""

        ONE = "one", _("the first weighs more")
        OTHER = "other", _("the second weighs more")
        BOTH = "both", _("both can be had, with another design")
        UNSURE = "unsure", _("we cannot judge it yet")

    view = models.ForeignKey(SteeringView, on_delete=models.PROTECT, related_name="positions")
    conflict = models.ForeignKey(GoalConflict, on_delete=models.PROTECT, related_name="positions")
    weight = models.CharField(max_length=10, choices=Weight)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["conflict__order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["view", "conflict"], name="one_position_per_conflict")
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"


def open_referral(plan: Collaboration) -> Referral | None:
    """The referral that the steering group has not returned yet."""
    return plan.referrals.exclude(views__returns=True).first()
