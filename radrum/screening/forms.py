"""Forms of looking up. None of them keeps what is typed: a name that was looked up is stored nowhere."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LookUpForm(forms.Form):
    """An organisation, never a person."""

    name = forms.CharField(
        label=_("The organisation’s name"),
        help_text=_("In any language; also an acronym, a web address or a ROR identifier."),
        max_length=200,
    )
    country = forms.CharField(label=_("Country, if you know it"), required=False, max_length=80)
    ror = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


class PersonForm(forms.Form):
    """A person, on the lists that bind here, with the ground."""

    name = forms.CharField(label=_("The person’s name"), max_length=300)
    ground = forms.CharField(
        label=_("On what ground?"),
        help_text=_(
            "The decision that needs it and the rule that demands it. Your name is recorded, theirs is not."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmForm(forms.Form):
    """It is the listed person; only now is the name kept."""

    name = forms.CharField(max_length=300, widget=forms.HiddenInput)
    list_key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    entry_id = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("How do you know that it is the same person?"),
        help_text=_("Names alone are never enough. It stands with your name."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
