"""Forms of lifting a plan to the steering group, and of its view."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.collaborations.forms.fields import long_text
from radrum.collaborations.forms.plans import JudgingForm
from radrum.collaborations.models import Collaboration, GoalConflict, Position

MOST_CONFLICTS = 4
_GOALS = [("", _("Choose a goal")), *GoalConflict.Goal.choices]


class LiftForm(JudgingForm):
    """The question to the steering group, and rows of one goal, the other and what is at stake."""

    halves = ("one_", "other_")
    folded = "one_ other_ at_stake_"
    folded_title = _("More goal conflicts")

    question = long_text(
        _("Question to the steering group"),
        _("What must the group take a position on, and why can it not be settled by you?"),
    )

    def __init__(self, request: HttpRequest, key: str, *, plan: Collaboration) -> None:
        rows = {
            f"{name}_{number}": field
            for number in range(1, MOST_CONFLICTS + 1)
            for name, field in _row(number).items()
        }
        super().__init__(request, key, plan=plan, more=rows)

    def clean(self) -> dict[str, Any]:
        """Gather the rows; half a row is asked about."""
        cleaned = super().clean() or self.cleaned_data
        conflicts = []
        for number in range(1, MOST_CONFLICTS + 1):
            names = [f"{name}_{number}" for name in ("one", "other", "at_stake")]
            given = [cleaned.pop(name, "") for name in names]
            for name, value in zip(names, given, strict=True):
                if any(given) and not value and name not in self.errors:
                    self.add_error(name, _("Give both goals, and what is at stake between them."))
            if given[0] and given[0] == given[1]:
                self.add_error(names[1], _("A goal conflict is between two different goals."))
            if all(given):
                conflicts.append(tuple(given))
        return {**cleaned, "conflicts": conflicts}


def _row(number: int) -> dict[str, forms.Field]:
    first = number == 1
    return {
        "one": forms.ChoiceField(
            label=_("One goal") if first else _("Conflict %(n)d: one goal") % {"n": number},
            choices=_GOALS,
            required=first,
        ),
        "other": forms.ChoiceField(
            label=_("The goal against it")
            if first
            else _("Conflict %(n)d: the goal against it") % {"n": number},
            choices=_GOALS,
            required=first,
        ),
        "at_stake": long_text(
            _("What is at stake") if first else _("Conflict %(n)d: what is at stake") % {"n": number},
            _("What is lost on each side if the other comes first.") if first else "",
            required=first,
            rows=3,
        ),
    }


class SteerForm(JudgingForm):
    """A view, with a position on each named conflict."""

    text = long_text(
        _("The view"), _("What you hold, why, and what the advisory group should look after."), rows=8
    )
    returns = forms.BooleanField(
        label=_("This is the steering group's view: the plan goes back"),
        help_text=_("Without it, yours is one member's view, and the plan stays with the group."),
        required=False,
        initial=True,
    )

    def __init__(
        self, request: HttpRequest, key: str, *, plan: Collaboration, conflicts: list[GoalConflict]
    ) -> None:
        self.conflicts = conflicts
        positions = {f"position_{conflict.pk}": _position(conflict) for conflict in conflicts}
        super().__init__(request, key, plan=plan, more=positions)
        self.order_fields([*positions, "text", "returns"])

    def clean(self) -> dict[str, Any]:
        """Gather the positions by conflict."""
        cleaned = super().clean() or self.cleaned_data
        given = {conflict.pk: cleaned.pop(f"position_{conflict.pk}", "") for conflict in self.conflicts}
        return {**cleaned, "positions": {key: weight for key, weight in given.items() if weight}}


def _position(conflict: GoalConflict) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("%(one)s against %(other)s")
        % {"one": conflict.get_one_display(), "other": conflict.get_other_display()},
        help_text=conflict.at_stake,
        choices=[
            (Position.Weight.ONE, _("%(goal)s weighs more") % {"goal": conflict.get_one_display()}),
            (Position.Weight.OTHER, _("%(goal)s weighs more") % {"goal": conflict.get_other_display()}),
            (Position.Weight.BOTH, Position.Weight.BOTH.label),
            (Position.Weight.UNSURE, Position.Weight.UNSURE.label),
        ],
        widget=forms.RadioSelect,
    )
