"""Who may see and do what with the desk's cases."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from radrum.accounts.models import Membership, Organisation
from radrum.accounts.roles import Kind, Role
from radrum.cases.models import Case, Handling
from radrum.core.actor import Actor

READERS_AT_HOME = (Role.CONTACT_POINT, Role.ADVISER, Role.STEERING, Role.DECISION_MAKER)


def is_desk(actor: Actor) -> bool:
    """An officer or the lead of the national desk, acting for it."""
    return actor.kind == Kind.NATIONAL and actor.has(Role.DESK_OFFICER, Role.DESK_LEAD)


def _restricted_to_others(actor: Actor) -> Exists:
    return Exists(
        Handling.unguarded.filter(case=OuterRef("pk"), access=Handling.Access.RESTRICTED).exclude(
            officer_id=actor.user_id
        )
    )


def visible_cases(actor: Actor) -> QuerySet[Any]:
    """The desk: open cases and one's own restricted ones (the lead: all). The asker: their organisation's."""
    cases = Case.unguarded.select_related("asker", "asked_by", "on_behalf_of", "dossier", "statement")
    if is_desk(actor):
        return cases if actor.has(Role.DESK_LEAD) else cases.exclude(_restricted_to_others(actor))
    if actor.organisation_id and actor.has(*READERS_AT_HOME):
        return cases.filter(asker_id=actor.organisation_id)
    own = Q(asker_id=actor.organisation_id, on_behalf_of_id=actor.user_id)
    return cases.filter(own) if actor.organisation_id else cases.none()


def visible_handlings(actor: Actor) -> QuerySet[Any]:
    """How the desk works with the cases the actor may see there; nobody outside the desk."""
    if not is_desk(actor):
        return Handling.unguarded.none()
    return Handling.unguarded.filter(case__in=visible_cases(actor)).select_related("officer", "triaged_by")


def officers(actor: Actor) -> QuerySet[Any]:
    """Who can be given a case: members of the desk today."""
    desk = Membership.unguarded.today().filter(organisation_id=actor.organisation_id)
    return desk.filter(role__in=[Role.DESK_OFFICER, Role.DESK_LEAD]).select_related("person", "employer")


def may_ask(actor: Actor, asker: Organisation) -> bool:
    """The organisation's appointed contact point, or whoever stands in for them."""
    return actor.has(Role.CONTACT_POINT) and actor.organisation_id == asker.pk


def may_triage(actor: Actor, case: Case) -> bool:
    """Any member of the desk who can see the case."""
    return is_desk(actor) and visible_cases(actor).filter(pk=case.pk).exists()


def may_answer(actor: Actor, case: Case) -> bool:
    """Any member of the desk who can see the case: a small office answers for each other."""
    return may_triage(actor, case)


def may_read_restricted(actor: Actor, case: Case) -> bool:
    """As seeing it; the reading itself is what leaves a trace."""
    return may_triage(actor, case)


def may_move_reader(actor: Actor, _case: Case) -> bool:
    """The system, when a plan is passed on at home."""
    return actor.system
