"""A plan as passages, one by one: what the gates let its people choose from."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from radrum.collaborations.assess import said, sheet_of
from radrum.collaborations.models import Collaboration, part
from radrum.collaborations.screen import in_words
from radrum.collaborations.sheet import Sheet
from radrum.core.days import day
from radrum.core.operation import Refused
from radrum.guidance.engine import Asked
from radrum.guidance.show import text


class Passage(NamedTuple):
    """Something that can be sent: a stable key, its heading, and the text itself."""

    key: str
    label: str
    text: str
    required: bool = False


def picked(possible: list[Passage], keys: list[str]) -> list[Passage]:
    """The chosen ones and the required ones. An unknown key is refused: nothing else can be asked for."""
    if not set(keys) <= {passage.key for passage in possible}:
        raise Refused(_("A chosen passage is no longer in the plan. Look through your choice once more."))
    return [passage for passage in possible if passage.required or passage.key in keys]


def _described(plan: Collaboration) -> list[Passage]:
    partners = "\n".join(f"{partner.name}, {partner.country}" for partner in plan.partners.all())
    days = " – ".join(day(one) for one in (plan.starts_on, plan.ends_on) if one)
    return [
        Passage("plan.title", _("Title"), plan.title),
        Passage("plan.kind", _("Kind"), str(plan.get_kind_display())),
        Passage("plan.summary", _("What is planned"), plan.summary),
        Passage("plan.worth_doing", _("Why it is worth doing"), plan.worth_doing),
        Passage("plan.partners", _("Partners"), partners),
        Passage("plan.field", _("Field"), plan.field),
        Passage("plan.funding", _("Funding"), plan.funding),
        Passage("plan.dates", _("Dates"), days),
    ]


def _assessed(plan: Collaboration) -> list[Passage]:
    if not part(plan, "assessment"):
        return []
    sheet = sheet_of(plan)
    return [
        Passage(answer_key(asked), _about(sheet, asked), said(sheet, asked))
        for group in sheet.groups
        for asked in group.asked
    ]


def _looked_up(plan: Collaboration) -> list[Passage]:
    """What the lists said of each partner, and what was concluded at home."""
    found = plan.screenings.prefetch_related("hits__verdicts")
    return [
        Passage(f"screening.{partner.pk}", _("Looked up: %(name)s") % {"name": partner.name}, text)
        for partner, text in in_words(plan, found)
    ]


def answer_key(asked: Asked) -> str:
    """`answer.plan.unpublished`, and `answer.partner.known.1` about the first partner."""
    about = "" if asked.partner is None else f".{asked.partner + 1}"
    return f"answer.{asked.prompt.attribute}{about}"


def _about(sheet: Sheet, asked: Asked) -> str:
    """The prompt with its aspect. A partner is numbered: its name goes along only if it is chosen."""
    prompt = sheet.prompts[asked.prompt.id]
    who = "" if asked.partner is None else f" ({_('Partner %(n)d') % {'n': asked.partner + 1}})"
    return f"{prompt['aspect'].removeprefix('D')} {text(prompt, 'text')}{who}"


def passages(plan: Collaboration) -> list[Passage]:
    """What could be sent, in the plan's order; the advice is required. In Swedish, the desk's language."""
    with override("sv"):
        return _passages(plan)


def shareable(plan: Collaboration) -> list[Passage]:
    """What can be shared with another organisation: the same and the decisions; nothing of it must go along.

    The desk's statement is not among it: whoever needs it asks the desk, which tries secrecy each time.
    """
    with override("sv"):
        own = [passage._replace(required=False) for passage in _passages(plan)]
        return [*own, *(passage for passage in _decided(plan) if passage.text.strip())]


def _decided(plan: Collaboration) -> list[Passage]:
    found = []
    for made in plan.decisions.all():
        texts = {
            "outcome": (_("Decision"), str(made.get_outcome_display())),
            "reasons": (_("Reasons"), made.reasons),
            "gained": (_("What is gained"), made.gained),
            "changed": (_("What is changed"), made.changed),
            "delayed": (_("What is delayed"), made.delayed),
            "given_up": (_("What is given up"), made.given_up),
            "conditions": (_("Conditions"), made.conditions),
        }
        found += [Passage(f"decision.{made.pk}.{key}", label, text) for key, (label, text) in texts.items()]
    return found


def _passages(plan: Collaboration) -> list[Passage]:
    advice = [
        Passage(f"advice.{given.pk}", _("The advisory group's advice"), given.text, required=True)
        for given in plan.advice.all()
    ]
    held = [
        Passage(f"view.{view.pk}", _("The steering group's view"), view.text)
        for referral in plan.referrals.prefetch_related("views")
        for view in referral.views.all()
    ]
    possible = [*_described(plan), *_looked_up(plan), *_assessed(plan), *advice, *held]
    return [passage for passage in possible if passage.text.strip()]
