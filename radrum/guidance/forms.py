"""Forms about the guidelines."""

from django import forms
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.guidance.models import ChangeProposal

_STATES = ChangeProposal.State


class DecideForm(KeptForm):
    """Accept a proposal for the next edition, or decline it."""

    state = forms.ChoiceField(
        label=_("The proposal is"),
        choices=[(_STATES.ACCEPTED, _STATES.ACCEPTED.label), (_STATES.DECLINED, _STATES.DECLINED.label)],
        widget=forms.RadioSelect,
        help_text=_("An accepted proposal is shown to everyone."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when it is declined."),
    )
