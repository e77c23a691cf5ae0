"""Assess a collaboration against the guidelines; the assessment is pinned to the instrument it answers."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.accounts.keep import someone_saved
from radrum.collaborations import policy
from radrum.collaborations.models import Answer, Assessment, Collaboration, part
from radrum.collaborations.sheet import PROFILE, Given, Place, Sheet, with_answers
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.engine import Asked
from radrum.guidance.instruments import allowed_values
from radrum.guidance.models import Instrument
from radrum.guidance.policy import instruments_on_offer
from radrum.guidance.show import options, text
from radrum.guidance.wording import look_over


def instrument_of(plan: Collaboration) -> Instrument:
    """The instrument the plan's answers are pinned to, or the first on offer."""
    assessment = part(plan, "assessment")
    if assessment:
        pinned: Instrument = Instrument.objects.select_related("edition", "attributes", "catalogue").get(
            pk=assessment.instrument_id
        )
        return pinned
    instrument = instruments_on_offer().first()
    if instrument is None:
        raise Instrument.DoesNotExist
    return instrument


def sheet_of(plan: Collaboration) -> Sheet:
    """The plan's answers to its instrument."""
    return Sheet(plan, instrument_of(plan))


def offers(plan: Collaboration) -> tuple[list[Instrument], list[tuple[str, str]]]:
    """The instruments one may choose among, the plan's own included, and the disciplines they know."""
    offered = list(instruments_on_offer())
    pinned = instrument_of(plan)
    if pinned not in offered:
        offered.insert(0, pinned)
    profiles = {row["id"]: text(row, "title") for one in offered for row in one.document.get("profiles", ())}
    return offered, list(profiles.items())


def said(sheet: Sheet, asked: Asked) -> str:
    """An answer in words: what was chosen, then what was written. Empty when there is none."""
    given = sheet.given(asked)
    words = dict(options(sheet.attributes[asked.prompt.attribute]))
    chosen = ", ".join(words.get(value, value) for value in given.chosen)
    return ". ".join(filter(None, [chosen, given.text]))


@operation("collaboration.instrument_chosen", allowed=policy.may_assess)
def choose(
    actor: Actor,
    plan: Collaboration,
    *,
    instrument: Instrument,
    profile: str = "",
    version: int | None = None,
) -> Assessment:
    """Begin with an instrument, or go over to another: answers to the same attributes come along."""
    assessment = _locked(plan, version)
    kept = assessment is not None and assessment.instrument_id == instrument.pk
    if not kept and not instruments_on_offer().filter(pk=instrument.pk).exists():
        raise Refused(_("These questions are not offered any more. Choose others."))
    if assessment is None:
        assessment = Assessment(collaboration=plan, version=0)
    assessment.instrument = instrument
    _save(actor, assessment, plan, {(PROFILE, None): Given((profile,) if profile else ())})
    return assessment


@operation("collaboration.assessed", allowed=policy.may_assess)
def assess(
    actor: Actor,
    plan: Collaboration,
    *,
    answers: Mapping[Place, Given],
    finished: bool = False,
    version: int | None = None,
    confirmed: str = "",
) -> Assessment:
    """Save these answers and leave the others. `finished` refuses while something is left to ask.

    An assessment that was finished is so no longer when something is to be asked again.
    `version` is 0 before the first answers; raises `Stale` when somebody else saved one of these in between.
    """
    assessment = _locked(plan, version, answers)
    sheet = sheet_of(plan)
    _check(sheet, answers)
    if plan.handed_in_at:
        look_over([given.text for given in answers.values()], confirmed=confirmed)
    left = len(with_answers(sheet, answers).left)
    if finished and left:
        raise Refused(
            ngettext(
                "%(n)d prompt is still unanswered. Unsure is an answer too; or save and go on later.",
                "%(n)d prompts are still unanswered. Unsure is an answer too; or save and go on later.",
                left,
            )
            % {"n": left}
        )
    if assessment is None:
        assessment = Assessment(collaboration=plan, instrument=sheet.instrument, version=0)
    if finished and not left:
        assessment.finished_at = assessment.finished_at or timezone.now()
    _save(actor, assessment, plan, answers)
    return assessment


def _locked(
    plan: Collaboration, version: int | None, answers: Mapping[Place, Given] | None = None
) -> Assessment | None:
    """The assessment, locked. Two may save at once unless they answered the same things differently."""
    assessment = Assessment.unguarded.select_for_update(of=("self",)).filter(collaboration=plan).first()
    now = assessment.version if assessment else 0
    if version is None or version == now:
        return assessment
    theirs: list[Any] = list(assessment.answers.filter(saved_in__gt=version)) if assessment else []
    mine = answers or {}
    meet = [row for row in theirs if (row.attribute, row.partner_id) in mine]
    differ = [
        row for row in meet if Given(tuple(row.chosen), row.text) != mine[row.attribute, row.partner_id]
    ]
    if differ or version > now or answers is None:
        raise someone_saved(assessment)
    return assessment


def _check(sheet: Sheet, answers: Mapping[Place, Given]) -> None:
    """Nothing but what the instrument asks, of the plan's own partners, from what may be chosen."""
    places = {sheet.place(asked) for asked in sheet.weighing.in_order() if not sheet.is_described(asked)}
    for (attribute, partner), given in answers.items():
        if (attribute, partner) not in places:
            raise Refused(
                _("One of these questions is not asked about this plan any more. Open the page anew.")
            )
        may = allowed_values(sheet.attributes[attribute])
        if not (set(given.chosen) <= may if may is not None else all(map(str.isdigit, given.chosen))):
            raise Refused(_("One of these answers cannot be chosen. Open the page anew."))


def _save(actor: Actor, assessment: Assessment, plan: Collaboration, answers: Mapping[Place, Given]) -> None:
    before = {
        (row.attribute, row.partner_id): row for row in (assessment.answers.all() if assessment.pk else ())
    }
    changed = {
        place: given
        for place, given in answers.items()
        if given != (Given(tuple(before[place].chosen), before[place].text) if place in before else Given())
    }
    assessment.changed_by_id = actor.user_id
    assessment.version += bool(changed) or assessment.pk is None
    assessment.save()
    for (attribute, partner), given in changed.items():
        row = before.get((attribute, partner)) or Answer(
            assessment=assessment, attribute=attribute, partner_id=partner
        )
        row.chosen, row.text, row.saved_in = list(given.chosen), given.text, assessment.version
        row.save()
    if assessment.finished_at and sheet_of(_again(plan)).left:
        assessment.finished_at = None
        assessment.save(update_fields=["finished_at"])


def _again(plan: Collaboration) -> Collaboration:
    """The plan as it is saved now; what was read of it before is forgotten."""
    return Collaboration.unguarded.get(pk=plan.pk)
