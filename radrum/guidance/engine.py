"""Weigh answers and say what is left to ask: three-valued conditions, a state per aspect, exact stopping.

No score, no sum, no colour. *Unsure* is an answer like others; the rules say what it opens. The format, and
what it promises, are in `docs/instruments.md`: asking only what is live gives the outcome of all answers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LAW_FIRST, OPEN, UNFINISHED, SETTLED = "law-first", "open", "unfinished", "settled"
Condition = Mapping[str, Any]
_NOTHING: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Prompt:
    """A question of an instrument; `per_partner` prompts are asked once for each partner."""

    id: str
    attribute: str
    aspect: str
    effect: str = "opens"
    always: bool = False
    per_partner: bool = False
    when: Condition | None = None


@dataclass(frozen=True)
class Rule:
    """What answers mean for an aspect: `law-first` or `open` while its condition holds."""

    id: str
    aspect: str
    state: str
    condition: Condition
    per_partner: bool = False
    proposes: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Instrument:
    """The prompts in the order they are asked, the rules, and the aspects they weigh."""

    prompts: tuple[Prompt, ...]
    rules: tuple[Rule, ...]
    aspects: tuple[str, ...]
    designs_default: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What is known of the plan and of each partner. A value is a text, or a list of what was chosen."""

    plan: Mapping[str, Any] = field(default_factory=dict)
    partners: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Asked:
    """A prompt to be asked, for a partner (its place in the list) or for the plan (None)."""

    prompt: Prompt
    partner: int | None = None


@dataclass(frozen=True)
class Holding:
    """A rule that holds, and for which partner."""

    rule: Rule
    partner: int | None = None


@dataclass(frozen=True)
class Outcome:
    """Every aspect's state, and the rules that hold with what they propose."""

    states: Mapping[str, str]
    holding: tuple[Holding, ...]


class Weighing:
    """One instrument and one set of answers; everything asked of it follows from the two."""

    def __init__(self, instrument: Instrument, answers: Answers) -> None:
        self.instrument = instrument
        self.answers = answers
        self._by_attribute = {prompt.attribute: prompt for prompt in instrument.prompts}

    def holds(self, condition: Condition | None, partner: int | None = None) -> bool | None:
        """True, false, or None while it is not known (Kleene)."""
        if condition is None:
            return True
        (verb, inner), *_rest = condition.items()
        if verb == "not":
            known = self.holds(inner, partner)
            return None if known is None else not known
        if verb in {"any", "all"}:
            return _kleene(verb, [self.holds(part, partner) for part in inner])
        attribute = inner if verb == "answered" else inner[0]
        if self._is_repeated(attribute) and partner is None:
            each = [self._test(verb, inner, attribute, one) for one in range(len(self.answers.partners))]
            return _kleene("any", each)
        return self._test(verb, inner, attribute, partner)

    def _is_repeated(self, attribute: str) -> bool:
        prompt = self._by_attribute.get(attribute)
        return prompt.per_partner if prompt else attribute.startswith("partner.")

    def _value(self, attribute: str, partner: int | None) -> Any:
        repeated = self._is_repeated(attribute) and partner is not None
        source = self.answers.partners[partner] if repeated and partner is not None else self.answers.plan
        return source.get(attribute)

    def _test(self, verb: str, inner: Any, attribute: str, partner: int | None) -> bool | None:
        prompt, value = self._by_attribute.get(attribute), self._value(attribute, partner)
        if prompt:
            applies = self.holds(prompt.when, partner if prompt.per_partner else None)
            if not applies:
                return applies  # no value where it is not asked; unknown while that is unknown
        if value in _NOTHING:
            return None if prompt else False
        if verb == "answered":
            return True
        values, wanted = value if isinstance(value, list) else [value], inner[1]
        if verb == "gt":
            return any(float(one) > wanted for one in values)
        return any(one in wanted if verb == "in" else one == wanted for one in values)

    def _places(self, rule: Rule) -> Iterable[int | None]:
        return range(len(self.answers.partners)) if rule.per_partner else (None,)

    def weighed(self) -> list[tuple[Rule, int | None, bool | None]]:
        """Every rule, for each partner it is weighed for, with whether it holds."""
        return [
            (rule, partner, self.holds(rule.condition, partner))
            for rule in self.instrument.rules
            for partner in self._places(rule)
        ]

    def outcome(self) -> Outcome:
        """A state per aspect: law first, else open, else settled as far as answers reach; or unfinished."""
        weighed = self.weighed()
        first = {rule.aspect for rule, _partner, holds in weighed if holds and rule.state == LAW_FIRST}
        counting = [row for row in weighed if row[0].state == LAW_FIRST or row[0].aspect not in first]
        unknown = {rule.aspect for rule, _partner, holds in counting if holds is None}
        opened = {rule.aspect for rule, _partner, holds in counting if holds and rule.state == OPEN}
        states = {
            aspect: LAW_FIRST
            if aspect in first
            else UNFINISHED
            if aspect in unknown
            else OPEN
            if aspect in opened
            else SETTLED
            for aspect in self.instrument.aspects
        }
        return Outcome(states, tuple(Holding(rule, partner) for rule, partner, holds in counting if holds))

    def touches(self) -> dict[tuple[str, int | None], list[str]]:
        """By (prompt id, partner): the aspects whose outcome an answer to it can still change."""
        weighed = self.weighed()
        first = {rule.aspect for rule, _partner, holds in weighed if holds and rule.state == LAW_FIRST}
        found: dict[tuple[str, int | None], list[str]] = {}
        for rule, partner, holds in weighed:
            if holds is None and (rule.state == LAW_FIRST or rule.aspect not in first):
                for place in self._reached(rule.condition, partner):
                    aspects = found.setdefault(place, [])
                    if rule.aspect not in aspects:
                        aspects.append(rule.aspect)
        return found

    def live(self) -> set[tuple[str, int | None]]:
        """The (prompt id, partner) whose answers can still change the outcome."""
        return set(self.touches())

    def because(
        self, condition: Condition | None, partner: int | None, *, so: bool = True
    ) -> list[tuple[str, int | None]]:
        """The answers (attribute, partner) that make a condition hold; or, with `so=False`, not hold."""
        if condition is None or self.holds(condition, partner) is not so:
            return []
        (verb, inner), *_rest = condition.items()
        if verb == "not":
            return self.because(inner, partner, so=not so)
        if verb in {"any", "all"}:
            found = [place for part in inner for place in self.because(part, partner, so=so)]
            return list(dict.fromkeys(found))
        attribute = inner if verb == "answered" else inner[0]
        return self._rests_on(condition, attribute, partner, so=so)

    def _rests_on(
        self, condition: Condition, attribute: str, partner: int | None, *, so: bool
    ) -> list[tuple[str, int | None]]:
        if not self._is_repeated(attribute):
            places: Sequence[int | None] = [None]
        else:
            places = [partner] if partner is not None else range(len(self.answers.partners))
        found: list[tuple[str, int | None]] = []
        for place in places:
            if self._value(attribute, place) not in _NOTHING:
                if self.holds(condition, place) is so:
                    found.append((attribute, place))
            elif prompt := self._by_attribute.get(attribute):
                found += self.because(prompt.when, place, so=False)
        return list(dict.fromkeys(found))

    def _reached(self, condition: Condition, partner: int | None) -> Iterator[tuple[str, int | None]]:
        """Walk only the unknown parts; at an attribute whose `when` is unknown, walk that instead."""
        if self.holds(condition, partner) is not None:
            return
        (verb, inner), *_rest = condition.items()
        if verb in {"any", "all"}:
            for part in inner:
                yield from self._reached(part, partner)
        elif verb == "not":
            yield from self._reached(inner, partner)
        else:
            attribute = inner if verb == "answered" else inner[0]
            yield from self._reached_attribute(attribute, partner)

    def _reached_attribute(self, attribute: str, partner: int | None) -> Iterator[tuple[str, int | None]]:
        prompt = self._by_attribute.get(attribute)
        if prompt is None:
            return
        places: Sequence[int | None] = [partner if prompt.per_partner else None]
        if prompt.per_partner and partner is None:
            places = range(len(self.answers.partners))
        for place in places:
            applies = self.holds(prompt.when, place)
            if applies is None and prompt.when is not None:
                yield from self._reached(prompt.when, place)
            elif applies and self._value(attribute, place) in _NOTHING:
                yield prompt.id, place

    def is_answered(self, asked: Asked) -> bool:
        """Whether there is an answer, counted or kept aside."""
        return self._value(asked.prompt.attribute, asked.partner) not in _NOTHING

    def to_ask(self) -> list[Asked]:
        """What is left, in order, partner by partner: what is live, and what is always asked."""
        live = self.live()
        return [
            asked
            for asked in self.in_order()
            if not self.is_answered(asked)
            and (
                (asked.prompt.id, asked.partner) in live
                or (asked.prompt.always and self.holds(asked.prompt.when, asked.partner))
            )
        ]

    def in_order(self) -> Iterator[Asked]:
        """Every prompt in the order of the file; a run of repeated prompts once for each partner."""
        run: list[Prompt] = []
        for prompt in [*self.instrument.prompts, None]:
            if prompt is not None and prompt.per_partner:
                run.append(prompt)
                continue
            for partner in range(len(self.answers.partners)):
                yield from (Asked(repeated, partner) for repeated in run)
            run = []
            if prompt is not None:
                yield Asked(prompt)

    def skipped(self) -> list[tuple[Asked, str]]:
        """What is not asked, and why: `when` is false, not known yet (`later`), or `rules` are determined."""
        live, left = self.live(), []
        for asked in self.in_order():
            if self.is_answered(asked) or asked.prompt.always:
                continue
            applies = self.holds(asked.prompt.when, asked.partner)
            if applies is False:
                left.append((asked, "when"))
            elif (asked.prompt.id, asked.partner) not in live:
                left.append((asked, "later" if applies is None else "rules"))
        return left


def _kleene(verb: str, parts: Sequence[bool | None]) -> bool | None:
    decisive = verb == "any"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def designs(instrument: Instrument, outcome: Outcome, *, least: int = 3, most: int = 5) -> list[str]:
    """Three to five workable designs if any rule holds: those of most rules first, then the default ones."""
    if not outcome.holding:
        return []
    votes: dict[str, int] = {}
    for holding in outcome.holding:
        for design in holding.rule.proposes.get("designs", ()):
            votes[design] = votes.get(design, 0) + 1
    ranked = sorted(votes, key=lambda design: -votes[design])
    filled = [*ranked, *(design for design in instrument.designs_default if design not in votes)]
    return filled[: max(least, min(most, len(ranked)))]
