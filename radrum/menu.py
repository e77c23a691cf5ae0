"""What every page needs: the menu, who acts, and whether this is an exercise."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum import story
from radrum.accounts.roles import Role
from radrum.cases.policy import is_desk, is_expert
from radrum.collaborations.policy import AT_HOME
from radrum.core.actor import Actor
from radrum.knowledge.policy import may_edit


@dataclass(frozen=True)
class Item:
    """A link in the menu."""

    title: str
    url: str
    current: bool


def _entries(actor: Actor) -> list[tuple[str, str]]:
    at_home = actor.has(*AT_HOME)
    entries = (
        (actor.user_id, _("My room"), "room"),
        (at_home, _("Collaborations"), "collaborations:list"),
        (not at_home and actor.has(Role.FUNDER_OFFICER), _("Shared with us"), "collaborations:shared"),
        (is_desk(actor), _("The desk"), "cases:queue"),
        (is_expert(actor), _("Consultations"), "consultations:list"),
        (actor.has(Role.ORGANISATION_ADMIN), _("People"), "accounts:people"),
        (may_edit(actor), _("Editing"), "wagtailadmin_home"),
        (True, _("Guidelines"), "guidance:edition"),
        (True, _("Knowledge"), "knowledge:index"),
        (True, _("Meet"), "community:calendar"),
        (True, _("What's new"), "monitoring:news"),
        (True, _("Figures"), "programme:figures"),
        (not is_desk(actor), _("Ask"), "ask"),
    )
    return [(title, reverse(name)) for shown, title, name in entries if shown]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every template; it asks the database nothing."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"demo": settings.DEMO}
    return {
        "demo": settings.DEMO,
        **_demo_sign_in(request),
        "menu": [Item(title, url, request.path.startswith(url)) for title, url in _entries(actor)],
        "acting": {
            "name": actor.user.name if actor.user else "",
            "organisation": actor.organisation,
            "role_names": [str(Role(code).label) for code in sorted(actor.roles)],
            "choices": getattr(request, "choices", []),
        },
    }


def _demo_sign_in(request: HttpRequest) -> dict[str, Any]:
    """The demo's accounts, on its sign-in page only."""
    if not settings.DEMO or request.path != reverse("account_login"):
        return {}
    told = story.texts()
    language = get_language() or "sv"
    names = {entry["key"]: entry[f"name_{language}"] for entry in told["organisations"]}
    people = [
        {
            "email": person["email"],
            "name": person["name"],
            "organisation": names[person["organisation"]],
            "roles": ", ".join(str(Role(code).label) for code in person["roles"]),
            "line": person[f"line_{language}"],
        }
        for person in told["people"]
    ]
    return {"demo_accounts": people, "demo_password": told["meta"]["password"]}
