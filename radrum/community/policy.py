"""Who may see an event, arrange one, come to it, and see who else comes."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from radrum.accounts.roles import Kind, Role
from radrum.community.models import Door, Event, Registration
from radrum.core.actor import Actor

ARRANGERS = (Role.EDITOR, Role.DESK_OFFICER, Role.DESK_LEAD)
COMES = Registration.State.PLACE


def may_arrange(actor: Actor) -> bool:
    """Editor, officers and lead of the national function."""
    return actor.kind == Kind.NATIONAL and actor.has(*ARRANGERS)


def visible_events(actor: Actor) -> QuerySet[Any]:
    """Open ones for all; those for members or for one kind for whoever acts for such an organisation."""
    events = Event.unguarded.select_related("arranged_by")
    if may_arrange(actor) or actor.system:
        return events
    mine = Q(audience=Event.Audience.OPEN)
    if actor.organisation_id:
        mine |= Q(audience=Event.Audience.MEMBERS) | Q(audience=Event.Audience.KIND, kind=actor.kind)
    return events.filter(mine)


def visible_registrations(actor: Actor) -> QuerySet[Any]:
    """One's own; for arrangers all; for whoever comes, the others who come and agreed to be seen."""
    rows = Registration.unguarded.select_related("event", "person", "organisation")
    if may_arrange(actor) or actor.system:
        return rows
    if not actor.user_id:
        return rows.none()
    here = Registration.unguarded.filter(event=OuterRef("event"), person_id=actor.user_id, state=COMES)
    return rows.filter(Q(person_id=actor.user_id) | Q(Exists(here), state=COMES, shows_name=True))


def visible_doors(actor: Actor) -> QuerySet[Any]:
    """The links of the meetings one has a place at; for arrangers all."""
    doors = Door.unguarded.all()
    if may_arrange(actor) or actor.system:
        return doors
    here = Registration.unguarded.filter(event=OuterRef("event"), person_id=actor.user_id, state=COMES)
    return doors.filter(Exists(here)) if actor.user_id else doors.none()


def may_change(actor: Actor, event: Event) -> bool:
    """Whoever arranges, until it is over."""
    return may_arrange(actor) and not event.over


def may_attend(actor: Actor) -> bool:
    """Anyone who acts for an organisation; which events, seeing them says."""
    return bool(actor.user_id and actor.organisation_id)


def may_withdraw(actor: Actor, registration: Registration) -> bool:
    """Whoever registered."""
    return actor.user_id is not None and bool(registration.person_id == actor.user_id)


def may_move_up(actor: Actor, _registration: Registration) -> bool:
    """The system, when somebody else withdraws."""
    return actor.system
