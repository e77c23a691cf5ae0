"""Forms of the decision and of looking back."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.collaborations.forms.fields import day, long_text
from radrum.collaborations.forms.plans import JudgingForm
from radrum.collaborations.models import Decision, FollowUp, Review
from radrum.core.days import day as in_words


class DecideForm(JudgingForm):
    """The institution's decision, with what it gains and what it costs."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    reasons = long_text(_("Reasons"), _("What weighed for and against, and what the decision rests on."))
    gained = long_text(
        _("What is gained by going ahead"),
        _("For whom, and how you will see it later."),
        required=False,
        rows=3,
    )
    changed = long_text(
        _("What is changed"),
        _("Compared with the plan. When it goes ahead with changes, at least one of these three is needed."),
        required=False,
        rows=3,
    )
    delayed = long_text(
        _("What is delayed"),
        _("And until what has been settled. Needed when it waits."),
        required=False,
        rows=3,
    )
    given_up = long_text(
        _("What is given up"),
        _("Needed when you do not go ahead: what is lost by it."),
        required=False,
        rows=3,
    )
    conditions = long_text(
        _("Conditions"), _("What must be in place, who sees to it, and by when."), required=False
    )
    review_on = day(
        _("When should it be looked at again?"),
        _("If it goes ahead, three days are planned by themselves: 6, 12 and 24 months after the start."),
    )


class ReviewForm(KeptForm):
    """A look back."""

    note = long_text(
        _("How does it go?"), _("What has come of it so far, and does the assessment still hold?")
    )
    measures = forms.ChoiceField(
        label=_("Do the measures hold?"),
        help_text=_("What you designed or agreed so that the plan could go ahead."),
        choices=Review.Measures.choices,
        widget=forms.RadioSelect,
    )
    changes = forms.MultipleChoiceField(
        label=_("Has anything changed?"),
        choices=Review.Change.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    changes_text = long_text(
        _("How has it changed?"), _("Needed if you ticked something."), required=False, rows=3
    )
    onward = forms.ChoiceField(
        label=_("What follows?"), choices=Review.Onward.choices, widget=forms.RadioSelect
    )
    onward_text = long_text(
        _("What is adjusted, or why does it end?"),
        _("Needed unless it continues as it is."),
        required=False,
        rows=3,
    )
    review_on = day(_("A day besides the planned ones"), _("Leave empty when the planned days are enough."))


class FollowUpsForm(KeptForm):
    """The planned days, to be moved or cancelled, and one more."""

    def __init__(self, request: HttpRequest, key: str, *, planned: list[FollowUp]) -> None:
        self.planned = planned
        days: dict[str, forms.Field] = {f"day_{one.pk}": day(_label(one)) for one in planned}
        days["more"] = day(_("One more day"))
        initial = {f"day_{one.pk}": one.due_on for one in planned}
        super().__init__(request, key, initial=initial, more=days)

    def clean(self) -> dict[str, Any]:
        """Gather the days by follow-up."""
        cleaned = super().clean() or self.cleaned_data
        days = {one.pk: cleaned.pop(f"day_{one.pk}", None) for one in self.planned}
        return {**cleaned, "days": days}


def _label(follow_up: FollowUp) -> str:
    if follow_up.months:
        return _now("%(n)d months after the start") % {"n": follow_up.months}
    return _now("Planned for %(day)s") % {"day": in_words(follow_up.due_on)}
