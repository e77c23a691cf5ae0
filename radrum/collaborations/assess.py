"""Assess a collaboration against the guidelines; answers are pinned to the edition they were given to."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import ngettext

from radrum.accounts.keep import someone_saved
from radrum.collaborations import policy
from radrum.collaborations.models import Answer, Assessment, Collaboration, part
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance import engine
from radrum.guidance.models import Aspect, Prompt
from radrum.guidance.policy import current_edition


def prompts_for(plan: Collaboration) -> list[Prompt]:
    """The prompts of the edition the plan's answers are pinned to, or of the current one."""
    assessment = part(plan, "assessment")
    edition = assessment.edition if assessment else current_edition()
    return list(edition.prompts.select_related("aspect__dimension"))


@operation("collaboration.assessed", allowed=policy.may_assess)
def assess(
    actor: Actor,
    plan: Collaboration,
    *,
    answers: dict[str, tuple[str, str]],
    finished: bool,
    version: int | None = None,
) -> Assessment:
    """Save answers by prompt key as (yes | no | unsure, text). `finished` refuses while one is missing.

    An assessment that was finished is so no longer when an answer is taken away.
    `version` is 0 before the first answers; raises `Stale` when somebody else saved in between.
    """
    assessment = Assessment.unguarded.select_for_update(of=("self",)).filter(collaboration=plan).first()
    if version is not None and version != (assessment.version if assessment else 0):
        raise someone_saved(assessment)
    prompts = prompts_for(plan)
    missing = _unanswered(prompts, answers)
    if finished and missing:
        raise Refused(
            ngettext(
                "%(n)d prompt is still unanswered. Unsure is an answer too; or save and go on later.",
                "%(n)d prompts are still unanswered. Unsure is an answer too; or save and go on later.",
                missing,
            )
            % {"n": missing}
        )
    if assessment is None:
        edition = prompts[0].edition
        assessment = Assessment(collaboration=plan, edition=edition, version=0)
    assessment.changed_by_id = actor.user_id
    assessment.version += 1
    if missing:
        assessment.finished_at = None
    elif finished:
        assessment.finished_at = assessment.finished_at or timezone.now()
    assessment.save()
    for prompt in prompts:
        value, text = answers.get(prompt.key, ("", ""))
        Answer.unguarded.update_or_create(
            assessment=assessment, prompt=prompt, defaults={"value": value, "text": text}
        )
    return assessment


def _unanswered(prompts: list[Prompt], answers: dict[str, tuple[str, str]]) -> int:
    missing = 0
    for prompt in prompts:
        value, text = answers.get(prompt.key, ("", ""))
        missing += not (value if prompt.kind == Prompt.Kind.YNU else text.strip())
    return missing


class Weighed(NamedTuple):
    """An aspect's outcome with what it rests on, for people to read."""

    aspect: Aspect
    state: str
    answers: list[Answer]


def outcome(assessment: Assessment) -> tuple[list[Answer], list[Weighed]]:
    """The benefits as written, and every weighed aspect in the guidelines' order."""
    answers = list(assessment.answers.select_related("prompt__aspect__dimension"))
    by_key = {answer.prompt.key: answer for answer in answers}
    asked = [engine.Asked(key, a.prompt.aspect.key, a.prompt.effect) for key, a in by_key.items()]
    aspects = {answer.prompt.aspect.key: answer.prompt.aspect for answer in answers}
    weighed = [
        Weighed(aspects[result.aspect], result.state, [by_key[key] for key in result.rests_on])
        for result in engine.weigh(asked, {key: answer.value for key, answer in by_key.items()})
    ]
    benefits = [answer for answer in answers if answer.prompt.effect == Prompt.Effect.BENEFIT]
    return benefits, sorted(weighed, key=lambda w: (w.aspect.dimension.order, w.aspect.order))
