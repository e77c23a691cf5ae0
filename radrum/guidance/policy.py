"""The guidelines are public; only the system puts them and instruments in force until an editor can."""

from django.db.models import QuerySet
from django.utils import timezone

from radrum.core.actor import Actor
from radrum.guidance.models import Edition, Instrument, Vocabulary


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
