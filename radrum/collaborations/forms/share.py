"""The form that shares passages of a plan."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.accounts.models import Organisation
from radrum.collaborations.forms.fields import day, long_text
from radrum.collaborations.models import RECIPIENTS, Audience
from radrum.collaborations.passages import Passage
from radrum.guidance.leaving import LeavingForm


class ShareForm(LeavingForm):
    """With whom, until when, and which passages."""

    audience = forms.ChoiceField(
        label=_("Who there may read?"), choices=Audience.choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=200, help_text=_("So that they understand what it is.")
    )
    message = long_text(
        _("Message"), _("What you want from them, for example their advice."), required=False, rows=3
    )
    ends_on = day(
        _("Last day they can read it"), _("Leave empty for no end. You can withdraw it at any time.")
    )
    chosen = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, request: HttpRequest, key: str, *, passages: list[Passage]) -> None:
        others = Organisation.objects.filter(kind__in=RECIPIENTS).exclude(
            pk=request.actor.organisation_id  # type: ignore[attr-defined]
        )
        more = {
            "recipient": forms.ModelChoiceField(
                label=_("Share with"),
                queryset=others,
                empty_label=_("Choose an organisation"),
            ),
            "chosen": forms.MultipleChoiceField(
                label=_("What you share"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(passage.key, passage.label) for passage in passages],
            ),
        }
        super().__init__(request, key, more=more)
        self.order_fields(["recipient", "audience", "subject", "message", "ends_on", "chosen"])


class WithdrawShareForm(KeptForm):
    """No fields: a button that says what happens."""
