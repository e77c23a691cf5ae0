"""Forms for people and roles."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from radrum.accounts import policy
from radrum.accounts.keep import KeptForm
from radrum.accounts.models import Membership, User
from radrum.accounts.roles import CAN_HAVE_SUBSTITUTE, Kind


def _role_choices(request: HttpRequest) -> list[tuple[str, str]]:
    return [(role.value, capfirst(str(role.label))) for role in policy.roles_to_give(request.actor)]  # type: ignore[attr-defined]


def _employer(request: HttpRequest) -> dict[str, forms.Field]:
    if request.actor.kind != Kind.NATIONAL:  # type: ignore[attr-defined]
        return {}
    employer = forms.ModelChoiceField(
        label=_("Employer"),
        queryset=policy.employers(),
        required=False,
        help_text=_(
            "For members of the desk: the agency that employs them. Secrecy applies between agencies."
        ),
    )
    return {"employer": employer}


class InviteForm(KeptForm):
    """Invite a person to the organisation one administers."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, request: HttpRequest) -> None:
        roles = forms.MultipleChoiceField(
            label=_("Roles"), choices=_role_choices(request), widget=forms.CheckboxSelectMultiple
        )
        language = forms.ChoiceField(
            label=_("Language of the invitation"), choices=[("sv", _("Swedish")), ("en", _("English"))]
        )
        super().__init__(request, "invite", more={"roles": roles, **_employer(request), "language": language})


class AppointForm(KeptForm):
    """Give a colleague one more role."""

    def __init__(self, request: HttpRequest, person: User) -> None:
        role = forms.ChoiceField(label=_("Give one more role"), choices=_role_choices(request))
        super().__init__(request, f"appoint:{person.pk}", more={"role": role, **_employer(request)})


class SubstituteForm(KeptForm):
    """Who stands in, and when."""

    starts_on = forms.DateField(label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, request: HttpRequest, membership: Membership) -> None:
        colleagues = policy.visible_people(request.actor).exclude(pk=membership.person_id).order_by("name")  # type: ignore[attr-defined]
        substitute = forms.ModelChoiceField(label=_("Who stands in"), queryset=colleagues)
        super().__init__(request, f"substitute:{membership.pk}", more={"substitute": substitute})


class AcceptForm(forms.Form):
    """Choose a password; nothing of it is kept."""

    name = forms.CharField(label=_("Name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least twelve characters. A few words after each other are easy to remember and hard to guess."
        ),
    )


class JoinForm(forms.Form):
    """Show by its own password that an account that is there already is one's own."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def can_be_covered(membership: Any) -> bool:
    """Whether this role may have a substitute."""
    return membership.role in CAN_HAVE_SUBSTITUTE
