"""Forms of the decision and of looking back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.collaborations.forms.fields import day, long_text
from radrum.collaborations.forms.plans import JudgingForm
from radrum.collaborations.models import Decision


class DecideForm(JudgingForm):
    """The institution's decision."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    reasons = long_text(_("Reasons"), _("What weighed for and against, and what the decision rests on."))
    conditions = long_text(
        _("What is changed, delayed or given up"),
        _("Needed when it goes ahead with changes."),
        required=False,
    )
    review_on = day(
        _("When should it be looked at again?"), _("Usually six, twelve and 24 months after the start.")
    )


class ReviewForm(KeptForm):
    """A look back."""

    note = long_text(_("How does it go?"), _("What has changed, and does the assessment still hold?"))
    review_on = day(_("When should it be looked at again?"), _("Leave empty when nothing more is followed."))
