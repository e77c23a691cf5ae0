"""Forms of the desk."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.accounts.models import User
from radrum.cases.models import Handling


class TriageForm(KeptForm):
    """Who handles the case, and who may read it."""

    officer = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none())
    access = forms.ChoiceField(
        label=_("Who inside the desk may read it"), choices=Handling.Access.choices, widget=forms.RadioSelect
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    secrecy_ground = forms.CharField(
        label=_("Secrecy marking, with its legal ground"),
        required=False,
        max_length=200,
        help_text=_(
            "For example OSL 15 kap. 2 §. A marking is a reminder; secrecy is tried at each request."
        ),
    )
    note = forms.CharField(
        label=_("Note for the desk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
    )

    def __init__(self, request: HttpRequest, key: str, *, officers: Any, handling: Handling | None) -> None:
        people = User.objects.filter(pk__in=officers.values("person_id")).order_by("name")
        officer = forms.ModelChoiceField(label=_("Officer"), queryset=people)
        names = ("officer", "access", "urgent", "secrecy_ground", "note", "version")
        values = {name: getattr(handling, name) for name in names} if handling else {}
        start = {"version": 0, "officer": request.actor.user_id, "access": Handling.Access.OPEN}  # type: ignore[attr-defined]
        super().__init__(request, key, initial=values or start, more={"officer": officer})


class StatementForm(KeptForm):
    """What is returned to the asker."""

    text = forms.CharField(
        label=_("Statement"),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What is known, how sure it is, from which source and date. Neither decision nor recommendation."
        ),
    )
    not_examined = forms.CharField(
        label=_("What has not been examined"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
