"""Weigh answers: a state per aspect with the answers it rests on. No score, no sum, no colour.

*Unsure* counts as open. An aspect is `law_first` if something must be settled in law before work begins, else
`open` if any answer opens it, else `unfinished` while something is unanswered, else `settled` as far as the
answers reach; never "approved".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LAW_FIRST, OPEN, UNFINISHED, SETTLED = "law_first", "open", "unfinished", "settled"
_OPENING = {"opens": ("yes", "unsure"), "law_first": ("yes", "unsure"), "lowers_concern": ("no", "unsure")}


@dataclass(frozen=True)
class Asked:
    """A prompt, as far as weighing needs it."""

    key: str
    aspect: str
    effect: str


@dataclass(frozen=True)
class Outcome:
    """The state of an aspect, and the keys of the prompts whose answers it rests on."""

    aspect: str
    state: str
    rests_on: tuple[str, ...]


def opens(asked: Asked, answer: str) -> bool:
    """Whether this answer leaves something to do."""
    return answer in _OPENING.get(asked.effect, ())


def weigh(prompts: Iterable[Asked], answers: Mapping[str, str]) -> list[Outcome]:
    """An outcome per aspect, in the order they are first asked; `answers` maps key to yes, no or unsure."""
    by_aspect: dict[str, list[Asked]] = {}
    for asked in prompts:
        if asked.effect in _OPENING:
            by_aspect.setdefault(asked.aspect, []).append(asked)
    return [_weigh_one(aspect, group, answers) for aspect, group in by_aspect.items()]


def _weigh_one(aspect: str, group: list[Asked], answers: Mapping[str, str]) -> Outcome:
    opening = [asked for asked in group if opens(asked, answers.get(asked.key, ""))]
    in_law = tuple(asked.key for asked in opening if asked.effect == "law_first")
    if in_law:
        return Outcome(aspect, LAW_FIRST, in_law)
    if opening:
        return Outcome(aspect, OPEN, tuple(asked.key for asked in opening))
    missing = [asked for asked in group if not answers.get(asked.key)]
    answered = tuple(asked.key for asked in group if answers.get(asked.key))
    return Outcome(aspect, UNFINISHED if missing else SETTLED, answered)
