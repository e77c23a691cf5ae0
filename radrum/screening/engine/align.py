"""Two names side by side, word by word. The score tells how much of what both say agrees; it orders hits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from radrum.screening.engine.build import JOINED
from radrum.screening.engine.fold import Words, sound
from radrum.screening.engine.words import KIND_CONCEPTS, concept

INITIAL = 0.9  # an initial that fits a word
AN_INITIAL = 0.15  # what such a pair weighs
SPLIT = 0.97  # two words written as one
POWER = 1.2  # unlike spellings count less than their likeness
PERSON_LOW, OTHER_LOW = 0.75, 0.7  # how much the name that agrees less decides
FLOOR = 0.75
OTHER_KIND = 0.8  # what is left of the score when the kinds of institution differ
LITTLE = 0.55  # what a name must say before it can be told from others by itself


@dataclass(frozen=True)
class Aligned:
    """Which words were taken for which, and what was left over."""

    pairs: list[tuple[str, str, float]]  # ours, theirs, likeness
    only_ours: list[str]
    only_theirs: list[str]
    kinds: tuple[str, str] | None  # two kinds of institution, when they differ
    score: float

    @property
    def identical(self) -> bool:
        """Nothing left over, and every word the same."""
        return not self.only_ours and not self.only_theirs and all(alike == 1 for *_, alike in self.pairs)


@dataclass(frozen=True)
class Asked:
    """The name that is asked about, its words already looked up."""

    said: Words
    likes: Sequence[dict[int, float]]  # for each word of ours: the words of the index that can be it
    weight: Sequence[float]
    joins: dict[int, dict[int, float]]  # the same for two words of ours joined, by the place of the first


@dataclass(frozen=True)
class Listing:
    """A name of the index."""

    tokens: Sequence[int]
    words: Sequence[str]
    weight: Sequence[float]
    is_person: bool


@dataclass(frozen=True)
class _Link:
    gain: float
    alike: float
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


def align(asked: Asked, listed: Listing) -> Aligned:
    """Take the best links first; a word is used once."""
    links = sorted(_links(asked, listed), key=lambda link: -link.gain)
    ours_used: set[int] = set()
    theirs_used: set[int] = set()
    chosen: list[_Link] = []
    for link in links:
        if ours_used.isdisjoint(link.ours) and theirs_used.isdisjoint(link.theirs):
            chosen.append(link)
            ours_used.update(link.ours)
            theirs_used.update(link.theirs)
    said = asked.said.spelled
    left = [place for place in range(len(said)) if place not in ours_used]
    over = [word for place, word in enumerate(listed.words) if place not in theirs_used]
    kinds = _other_kind([asked.said.meant[place] for place in left], over)
    score = _score(chosen, asked, listed) * (OTHER_KIND if kinds else 1)
    pairs = [
        (" ".join(said[at] for at in link.ours), " ".join(listed.words[at] for at in link.theirs), link.alike)
        for link in sorted(chosen, key=lambda link: link.ours)
    ]
    return Aligned(pairs, [said[place] for place in left], over, kinds, min(score, 1.0))


def _links(asked: Asked, listed: Listing) -> Iterator[_Link]:
    weight, theirs = asked.weight, listed.weight
    for ours, like in enumerate(asked.likes):
        for at, token in enumerate(listed.tokens):
            alike = like.get(token, 0.0) or _initial(asked.said.meant[ours], listed.words[at])
            if alike:
                yield _Link(alike * (weight[ours] + theirs[at]), alike, (ours,), (at,))
    for ours, like in asked.joins.items():
        for at, token in enumerate(listed.tokens):
            if token in like:
                gain = like[token] * (weight[ours] + weight[ours + 1] + theirs[at])
                yield _Link(gain, like[token], (ours, ours + 1), (at,))
    yield from _split(asked, listed)


def _split(asked: Asked, listed: Listing) -> Iterator[_Link]:
    """A word of ours that they write as two."""
    for ours, word in enumerate(asked.said.spelled):
        if len(word) < JOINED or any(token in asked.likes[ours] for token in listed.tokens):
            continue
        heard = sound(word)
        for at, (first, second) in enumerate(pairwise(listed.words)):
            if heard == sound(first + second) or (
                word.startswith(first) and concept(word.removeprefix(first)) == second
            ):
                gain = SPLIT * (asked.weight[ours] + listed.weight[at] + listed.weight[at + 1])
                yield _Link(gain, SPLIT, (ours,), (at, at + 1))


def _initial(ours: str, theirs: str) -> float:
    short, long = sorted((ours, theirs), key=len)
    return INITIAL if len(short) == 1 and len(long) > 1 and short.isalpha() and long[0] == short else 0.0


def _other_kind(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, str] | None:
    left = [word for word in ours if word in KIND_CONCEPTS]
    over = [word for word in theirs if word in KIND_CONCEPTS]
    return (left[0], over[0]) if left and over else None


def _score(chosen: Sequence[_Link], asked: Asked, listed: Listing) -> float:
    weight, weights = list(asked.weight), list(listed.weight)
    for link in chosen:
        if link.alike == INITIAL:  # an initial says little, for and against
            weight[link.ours[0]] = weights[link.theirs[0]] = AN_INITIAL
    ours = sum(link.alike**POWER * weight[at] for link in chosen for at in link.ours) / (sum(weight) or 1)
    theirs = sum(link.alike**POWER * weights[at] for link in chosen for at in link.theirs) / (
        sum(weights) or 1
    )
    low, high = sorted((ours, theirs))
    # A person's further names are often left out; an organisation's extra word mostly means another one.
    share = PERSON_LOW if listed.is_person else OTHER_LOW
    said = sum(link.alike * weight[at] for link in chosen for at in link.ours)
    agreed = share * low + (1 - share) * high
    return float(agreed * min(1.0, FLOOR + (1 - FLOOR) * said / LITTLE))
