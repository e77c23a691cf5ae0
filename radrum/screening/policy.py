"""Who may load lists, look someone up, and keep what they concluded."""

from typing import Any

from django.db.models import QuerySet

from radrum.accounts.roles import Role
from radrum.core.actor import Actor
from radrum.screening.models import PersonCheck, Verdict

# Whoever prepares or decides for the organisation, and the desk. A researcher looks up organisations.
PREPARERS = (
    Role.ADVISER,
    Role.STEERING,
    Role.DECISION_MAKER,
    Role.CONTACT_POINT,
    Role.FUNDER_OFFICER,
    Role.DESK_OFFICER,
    Role.DESK_LEAD,
)


def visible_verdicts(actor: Actor) -> QuerySet[Any]:
    """One's own for the organisation; for whoever prepares or decides there, everyone's: newest first."""
    if not actor.organisation_id:
        return Verdict.unguarded.none()
    verdicts = Verdict.unguarded.filter(organisation_id=actor.organisation_id).select_related("judged_by")
    return verdicts if actor.has(*PREPARERS) else verdicts.filter(judged_by_id=actor.user_id)


def visible_person_checks(actor: Actor) -> QuerySet[Any]:
    """Those of the organisation, for whoever may make them."""
    if not actor.organisation_id or not actor.has(*PREPARERS):
        return PersonCheck.unguarded.none()
    return PersonCheck.unguarded.filter(organisation_id=actor.organisation_id).select_related("checked_by")


def may_load(actor: Actor) -> bool:
    """The command line and jobs; an editor of the national function."""
    return actor.system or actor.has(Role.EDITOR)


def may_judge(actor: Actor) -> bool:
    """Anyone who acts for an organisation."""
    return bool(actor.organisation_id and actor.user_id and actor.roles)


def may_screen_person(actor: Actor) -> bool:
    """Whoever prepares or decides; the ground is recorded."""
    return may_judge(actor) and actor.has(*PREPARERS)


def may_confirm(actor: Actor, check: PersonCheck) -> bool:
    """Whoever made the check."""
    return may_screen_person(actor) and (check.organisation_id, check.checked_by_id) == (
        actor.organisation_id,
        actor.user_id,
    )
