"""Forms of the editor."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.monitoring.models import Item, Source


class SourceForm(KeptForm):
    """Follow one more source."""

    name = forms.CharField(label=_("Name of the source"), max_length=160)
    url = forms.URLField(
        label=_("Address of its feed"),
        max_length=500,
        assume_scheme="https",
        help_text=_("An RSS or Atom feed. It is asked a few times a day."),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "source")


class StateForm(KeptForm):
    """Pause a source or take it up; say that its address has been seen."""

    active = forms.BooleanField(label=_("Ask it a few times a day"), required=False)
    verified = forms.BooleanField(label=_("I have seen that the address gives this feed"), required=False)

    def __init__(self, request: HttpRequest, source: Source) -> None:
        start = {"active": source.active, "verified": source.verified}
        super().__init__(request, f"source:{source.pk}", initial=start)


class ShowForm(KeptForm):
    """Show an item, with what it means."""

    means_sv = forms.CharField(
        label=_("What this means, in Swedish"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    means_en = forms.CharField(
        label=_("What this means, in English"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, request: HttpRequest, item: Item, aspects: list[tuple[str, str]]) -> None:
        field: Any = forms.MultipleChoiceField(
            label=_("Aspects of the guidelines it concerns"),
            required=False,
            choices=aspects,
            widget=forms.CheckboxSelectMultiple,
        )
        super().__init__(request, f"show:{item.pk}", more={"aspects": field})


class DismissForm(KeptForm):
    """Keep an item out."""

    reason = forms.CharField(label=_("Why it is kept out"), max_length=500)

    def __init__(self, request: HttpRequest, item: Item) -> None:
        super().__init__(request, f"dismiss:{item.pk}")
