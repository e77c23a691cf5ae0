"""Enact instruments: check what an editor wrote, draft it, put it in force, withdraw it.

Nothing in force changes; the database refuses it too, by a trigger (`migrations/0004_frozen.py`).
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts.models import Organisation
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance import catalogue, instruments, policy
from radrum.guidance.load import digest
from radrum.guidance.models import Aspect, Edition, Instrument, Vocabulary

_COLUMNS = ("title_sv", "title_en", "purpose_sv", "purpose_en", "minutes")


def _refuse(problems: list[str], name: str) -> None:
    if problems:
        raise Refused(
            _("%(name)s cannot be used:\n%(problems)s") % {"name": name, "problems": "\n".join(problems)}
        )


def _aspects(edition: Edition) -> frozenset[str]:
    return frozenset(Aspect.objects.filter(dimension__edition=edition).values_list("key", flat=True))


@operation("vocabulary.added", allowed=policy.may_put_in_force)
def add_vocabulary(actor: Actor, document: dict[str, Any], *, kind: str) -> Vocabulary:
    """Freeze attributes or a catalogue under its version; the same text again changes nothing."""
    if kind == Vocabulary.Kind.CATALOGUE:
        _refuse(catalogue.refusals(document, _aspects(policy.current_edition())), _("The catalogue"))
    else:
        _refuse(instruments.attribute_refusals(document), _("The attributes"))
    sum_, version = digest(document), document["version"]
    before = Vocabulary.objects.filter(kind=kind, version=version).first()
    if before and before.digest != sum_:
        raise Refused(
            _("Version %(version)s is in use and is not changed. Give the new text a version of its own.")
            % {"version": version}
        )
    return before or Vocabulary.objects.create(kind=kind, version=version, document=document, digest=sum_)


def library(edition: Edition, attributes: Vocabulary, known: Vocabulary) -> instruments.Library:
    """What an instrument of that edition may refer to."""
    entries = catalogue.Catalogue(known.document)
    return instruments.Library(
        attributes={entry["id"]: entry for entry in attributes.document["attributes"]},
        aspects=_aspects(edition),
        measures=entries.ids("measure"),
        designs=entries.ids("design"),
        terms=entries.ids("clause"),
        contacts=entries.ids("contact"),
        authorities=frozenset(Organisation.objects.values_list("key", flat=True)),
    )


def check(document: Any) -> tuple[Edition, Vocabulary, Vocabulary]:
    """What the instrument would be pinned to. Raises `Refused` with every place that must be mended."""
    edition = policy.current_edition()
    attributes, known = (policy.current_vocabulary(kind) for kind in ("attributes", "catalogue"))
    found = document if isinstance(document, dict) else {}
    name = str(found.get("id", "")) or _("The instrument")
    _refuse(instruments.refusals(found, library(edition, attributes, known)), name)
    return edition, attributes, known


@operation("instrument.drafted", allowed=policy.may_put_in_force)
def draft_instrument(actor: Actor, document: dict[str, Any]) -> Instrument:
    """Check the instrument and keep it as a draft, pinned to the newest edition and vocabulary.

    A draft may be written anew. What is in force or withdrawn keeps its text; the same text changes nothing.
    """
    edition, attributes, known = check(document)
    sum_ = digest(document)
    before = (
        Instrument.objects.select_for_update(of=("self",))
        .filter(key=document["id"], version=document["version"])
        .first()
    )
    if before and before.status != Instrument.Status.DRAFT:
        if before.digest != sum_:
            raise Refused(
                _("Version %(version)s is in use and is not changed. Give the new text a version of its own.")
                % {"version": before.version}
            )
        return before
    made = before or Instrument(key=document["id"], version=document["version"])
    made.edition, made.attributes, made.catalogue = edition, attributes, known
    made.document, made.digest = document, sum_
    for column in _COLUMNS:
        setattr(made, column, document[column])
    made.save()
    return made


@operation("instrument.put_in_force", allowed=policy.may_enact)
def put_in_force(actor: Actor, instrument: Instrument) -> Instrument:
    """Offer a draft from today, instead of the version before it. From now on its text never changes."""
    if instrument.status != Instrument.Status.DRAFT:
        raise Refused(_("Only a draft can be put in force."))
    for older in Instrument.objects.filter(key=instrument.key, status=Instrument.Status.IN_FORCE):
        _withdraw(older)
    instrument.status, instrument.in_force_from = Instrument.Status.IN_FORCE, timezone.localdate()
    instrument.save(update_fields=["status", "in_force_from"])
    return instrument


@operation("instrument.withdrawn", allowed=policy.may_enact)
def withdraw(actor: Actor, instrument: Instrument) -> Instrument:
    """Offer it no more. What has been answered to it stays as it is."""
    if instrument.status != Instrument.Status.IN_FORCE:
        raise Refused(_("Only an instrument in force can be withdrawn."))
    _withdraw(instrument)
    return instrument


def _withdraw(instrument: Instrument) -> None:
    instrument.status, instrument.withdrawn_on = Instrument.Status.WITHDRAWN, timezone.localdate()
    instrument.save(update_fields=["status", "withdrawn_on"])


def enact_what_ships(actor: Actor) -> list[Instrument]:
    """The vocabulary and the instruments that ship with the program; safe to run again."""
    attributes, documents = instruments.shipped()
    add_vocabulary(actor, attributes, kind=Vocabulary.Kind.ATTRIBUTES)
    add_vocabulary(actor, catalogue.shipped(), kind=Vocabulary.Kind.CATALOGUE)
    drafted = [draft_instrument(actor, document) for document in documents]
    return [put_in_force(actor, made) if made.status == Instrument.Status.DRAFT else made for made in drafted]
