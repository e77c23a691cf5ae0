"""Forms of looking a partner up: who is meant, and whether a listed party is the partner."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.collaborations.forms.fields import long_text
from radrum.collaborations.models import Partner
from radrum.screening.models import Verdict
from radrum.screening.resolve import Record, Resolution


class VerdictForm(KeptForm):
    """Whether the listed party is the partner, and why."""

    conclusion = forms.ChoiceField(
        label=_("Is the listed party your partner?"),
        choices=Verdict.Conclusion.choices,
        widget=forms.RadioSelect,
    )
    reason = long_text(
        _("Reason"),
        _("What you compared: address, web site, a number in a register. It stands with your name."),
        rows=3,
    )


class WhoForm(KeptForm):
    """One of those the register offers, another by its identifier, or none."""

    NONE = "none"

    def __init__(self, request: HttpRequest, key: str, *, partner: Partner, meant: Resolution) -> None:
        offered = {one.ror: _place(one) for one in meant.candidates}
        chosen = self.NONE if partner.identity == Partner.Identity.NONE else partner.ror
        if partner.ror and partner.ror not in offered:
            offered[partner.ror] = f"ROR {partner.ror}"
        none = {self.NONE: _("None of these")}
        ror = forms.ChoiceField(
            label=_("The register offers"),
            help_text="" if offered else _("Nothing in the register is like this name."),
            choices=list({**offered, **none}.items()),
            required=False,
            widget=forms.RadioSelect,
        )
        other = forms.CharField(
            label=_("Or another one: its ROR identifier"),
            help_text=_("For example https://ror.org/ and nine signs. Search at ror.org."),
            required=False,
            max_length=100,
        )
        super().__init__(request, key, initial={"ror": chosen}, more={"ror": ror, "other": other})

    def clean(self) -> dict[str, Any]:
        """One of the two; an identifier that was written counts."""
        cleaned = super().clean() or self.cleaned_data
        ror, other = cleaned.get("ror", ""), cleaned.pop("other", "").strip().lower()
        if other:
            ror = other.removesuffix("/").rpartition("/")[2]
        if not ror:
            self.add_error("ror", _("Choose one of them, or say that it is none of these."))
        return {**cleaned, "ror": "" if ror == self.NONE else ror}


def _place(record: Record) -> str:
    return ", ".join(filter(None, [record.name, record.city, *record.countries]))
