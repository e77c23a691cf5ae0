"""The guidelines are public; only the system puts them and instruments in force until an editor can.

What is proposed for the next edition is read by the national function and the council until it is accepted.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from radrum.accounts.roles import Kind, Role
from radrum.core.actor import Actor
from radrum.guidance.models import ChangeProposal, Edition, Instrument, Vocabulary

_OFFICE = (Role.EDITOR, Role.DESK_OFFICER, Role.DESK_LEAD)
_PUBLIC = (ChangeProposal.State.ACCEPTED, ChangeProposal.State.IN_EDITION)


def visible_editions() -> QuerySet[Edition]:
    """Every edition that has come into force; addresses of old ones stay."""
    return Edition.objects.filter(in_force_from__lte=timezone.localdate())


def current_edition() -> Edition:
    """The newest edition in force. Raises `Edition.DoesNotExist` before the content is loaded."""
    edition = visible_editions().first()
    if edition is None:
        raise Edition.DoesNotExist
    return edition


def current_vocabulary(kind: str) -> Vocabulary:
    """The newest attributes or catalogue. Raises `Vocabulary.DoesNotExist` before the content is loaded."""
    return Vocabulary.objects.filter(kind=kind)[:1].get()


def visible_instruments() -> QuerySet[Instrument]:
    """Every instrument that is or was in force, with what it is pinned to."""
    return Instrument.objects.exclude(status=Instrument.Status.DRAFT).select_related(
        "edition", "attributes", "catalogue"
    )


def instruments_on_offer() -> QuerySet[Instrument]:
    """Those in force, in the order of their keys."""
    return visible_instruments().filter(status=Instrument.Status.IN_FORCE)


def may_put_in_force(actor: Actor) -> bool:
    """The command line, at set-up."""
    return actor.system


def may_enact(actor: Actor, _instrument: Instrument) -> bool:
    """The command line, at set-up."""
    return actor.system


def visible_proposals(actor: Actor) -> QuerySet[Any]:
    """Everyone: what has been accepted. The office and the council: all."""
    proposals = ChangeProposal.unguarded.select_related("edition", "office", "taken_up_in")
    inside = (actor.kind == Kind.NATIONAL and actor.has(*_OFFICE)) or actor.has(Role.COUNCIL)
    return proposals if inside or actor.system else proposals.filter(state__in=_PUBLIC)


def may_propose(actor: Actor) -> bool:
    """The office: what its cases have taught, or what an editor has seen."""
    return actor.kind == Kind.NATIONAL and actor.has(*_OFFICE)


def may_decide(actor: Actor, proposal: ChangeProposal) -> bool:
    """An editor or the lead, and not whoever proposed it."""
    decides = actor.kind == Kind.NATIONAL and actor.has(Role.EDITOR, Role.DESK_LEAD)
    return decides and proposal.proposed_by_id != actor.user_id


def may_take_up(actor: Actor) -> bool:
    """The system, when an edition that answers proposals comes into force."""
    return actor.system
