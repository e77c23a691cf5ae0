"""Forms of the steps at home. Each keeps what is typed (`accounts/keep.py`)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.accounts.models import User
from radrum.collaborations.describe import FIELDS
from radrum.collaborations.forms.fields import day, long_text
from radrum.collaborations.models import Collaboration, text_version
from radrum.collaborations.passages import Passage
from radrum.collaborations.policy import colleagues
from radrum.guidance.leaving import LeavingForm

MOST_PARTNERS = 8


class PlanForm(LeavingForm):
    """Describe a collaboration; partners are rows of name and country."""

    halves = ("partner_", "country_", "starts_on", "ends_on")  # these stand two in a row

    title = forms.CharField(label=_("What do you call it?"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of collaboration"), choices=Collaboration.Kind.choices)
    phase = forms.ChoiceField(
        label=_("Has it begun?"),
        choices=Collaboration.Phase.choices,
        widget=forms.RadioSelect,
        initial="planned",
    )
    summary = long_text(
        _("What is to be done?"), _("Two or three sentences, so that a colleague understands.")
    )
    worth_doing = long_text(
        _("Why is it worth doing?"), _("What is gained, for whom, and what is lost if it does not happen.")
    )
    field = forms.CharField(label=_("Field or technology"), required=False, max_length=200)
    funding = long_text(
        _("Funding"), _("Who pays, how much, and any last day to apply."), required=False, rows=2
    )
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    review_on = day(_("When should it be looked at again?"), _("Needed if it is already under way."))

    def __init__(
        self,
        request: HttpRequest,
        key: str,
        *,
        plan: Collaboration | None = None,
        start: dict[str, Any] | None = None,
    ) -> None:
        have = list(plan.partners.all()) if plan else []
        self.rows = range(1, min(max(len(have) + 1, 3), MOST_PARTNERS) + 1)
        pairs: dict[str, forms.Field] = {}
        for number in self.rows:
            pairs[f"partner_{number}"] = forms.CharField(
                label=_("Partner %(n)d") % {"n": number} if number > 1 else _("Partner"),
                help_text=_("The organisation, not a person.") if number == 1 else "",
                required=number == 1,
                max_length=200,
            )
            pairs[f"country_{number}"] = forms.CharField(
                label=_("Country of partner %(n)d") % {"n": number} if number > 1 else _("Country"),
                required=number == 1,
                max_length=80,
            )
        super().__init__(request, key, initial=start or _initial(plan, have), more=pairs)
        rest = [name for name in self.fields if name not in pairs]
        after = rest.index("kind") + 1
        self.order_fields([*rest[:after], *pairs, *rest[after:]])

    def clean(self) -> dict[str, Any]:
        """Gather the rows of partners; a country without a name is asked about."""
        cleaned = super().clean() or self.cleaned_data
        partners = []
        for number in self.rows:
            name, country = cleaned.pop(f"partner_{number}", ""), cleaned.pop(f"country_{number}", "")
            if bool(name) != bool(country) and number > 1:
                missing = "country" if name else "partner"
                self.add_error(f"{missing}_{number}", _("Give both the organisation and its country."))
            if name:
                partners.append((name, country))
        return {**cleaned, "partners": partners}

    def values_of(self, current: Any) -> dict[str, Any]:
        """The saved values under this form's names, partners included."""
        return _initial(current, list(current.partners.all()))


def _initial(plan: Collaboration | None, partners: list[Any]) -> dict[str, Any]:
    if plan is None:
        return {}
    rows = {f"partner_{n}": partner.name for n, partner in enumerate(partners, start=1)}
    rows |= {f"country_{n}": partner.country for n, partner in enumerate(partners, start=1)}
    return {**{name: getattr(plan, name) for name in FIELDS}, **rows, "version": plan.version}


class JudgingForm(KeptForm):
    """A form about a plan that must not have changed since it was opened."""

    def __init__(
        self,
        request: HttpRequest,
        key: str,
        *,
        plan: Collaboration,
        more: Mapping[str, forms.Field] | None = None,
    ) -> None:
        super().__init__(request, key, initial={"version": text_version(plan)}, more=more)

    def values_of(self, _current: Any) -> dict[str, Any]:
        """The plan holds nothing under this form's names."""
        return {}

    def version_of(self, current: Any) -> Any:
        """Description and assessment together."""
        return text_version(current)


class AdviceForm(JudgingForm):
    """The advisory group's advice."""

    text = long_text(_("Advice"), _("What you suggest, why, and what could be designed differently."), rows=8)
    suggests_asking = forms.BooleanField(
        label=_("We suggest asking the national function"),
        required=False,
        help_text=_("The contact point is told. Otherwise those who decide are told."),
    )
    file_reference = forms.CharField(
        label=_("Your own file reference"),
        required=False,
        max_length=60,
        help_text=_("For example FU 2026/1187."),
    )


class AskForm(LeavingForm):
    """The question, and which passages go with it."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        help_text=_("Stands in the register, which others may ask to see."),
    )
    question = long_text(
        _("Question to the national function"),
        _("What do you need to know that you cannot find out yourselves? Nothing security-classified."),
    )
    chosen = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, request: HttpRequest, key: str, *, passages: list[Passage], title: str) -> None:
        choices = [(passage.key, passage.label) for passage in passages]
        chosen = forms.MultipleChoiceField(
            required=False, widget=forms.CheckboxSelectMultiple, choices=choices
        )
        required = [passage.key for passage in passages if passage.required]
        start = {"subject": title, "chosen": required}
        super().__init__(request, key, initial=start, more={"chosen": chosen})


class HandInForm(LeavingForm):
    """No fields: a button that says what happens."""


class PassOnForm(KeptForm):
    """Who takes over."""

    def __init__(self, request: HttpRequest, key: str, *, plan: Collaboration) -> None:
        people = User.objects.filter(pk__in=colleagues(plan).values("person_id")).order_by("name")
        to = forms.ModelChoiceField(label=_("Who takes over?"), queryset=people)
        super().__init__(request, key, more={"to": to})
