"""Words like a word: each is filed under what is left when one letter is taken away, and under its sound."""

import zlib
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from radrum.screening.engine.fold import is_eastern, skeleton, sound

LONGEST = 24  # letters; longer words must begin alike
SHORTEST = 4  # letters; shorter words must be the same
SAME_SOUND, SAME_CONSONANTS, ARABIC_CONSONANTS = 0.95, 0.7, 0.9


def number(text: str) -> int:
    """The place of a text in the index; two texts may share one, so whatever is found is compared."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _without_one(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def filed_under(word: str, *, vowelless: bool = True) -> set[int]:
    """Every number that leads to this word; a question that has its vowels need not ask by two consonants."""
    keys = {number(word)}
    if len(word) < 2 or word[0].isdigit() or is_eastern(word):
        return keys
    bones = skeleton(word)
    if len(bones) >= (2 if vowelless else 3):
        keys.add(number(f"§{bones}"))
    if len(word) < SHORTEST or len(word) > LONGEST:
        return keys
    heard = sound(word)
    keys.add(number(f"~{heard}"))
    keys.update(map(number, _without_one(word)))
    keys.update(number(f"~{part}") for part in _without_one(heard))
    if len(heard) >= 8:  # two errors: one half of the word has at most one of them
        first, last = heard[:5], heard[-5:]
        keys.update(number(f"^{part}") for part in (first, *_without_one(first)))
        keys.update(number(f"${part}") for part in (last, *_without_one(last)))
    return keys


def likeness(ours: str, theirs: str, *, vowels_missing: bool = False) -> float:
    """Between 0 and 1: how likely the two words are the same word, spelled in two ways."""
    if ours == theirs:
        return 1.0
    shortest, longest = sorted((len(ours), len(theirs)))
    if shortest < 2 or ours[0].isdigit() or theirs[0].isdigit() or is_eastern(ours) or is_eastern(theirs):
        return 0.0
    heard, said = sound(ours), sound(theirs)
    if heard == said and shortest >= SHORTEST:
        return SAME_SOUND
    allowed = 0 if longest < SHORTEST else 1 if longest < 7 else 2
    wrong = OSA.distance(ours, theirs, score_cutoff=allowed + 1)
    best = 1 - 0.8 * wrong / longest if wrong <= allowed else 0.0
    if (
        best < SAME_SOUND
        and shortest >= SHORTEST
        and abs(len(heard) - len(said)) <= 1
        and min(len(heard), len(said)) >= 3
    ):
        unlike = OSA.distance(heard, said, score_cutoff=2)
        if unlike <= 1:
            best = max(best, SAME_SOUND - 0.9 * unlike / max(len(heard), len(said)))
    bones = skeleton(ours)
    if len(bones) >= 2 and bones == skeleton(theirs):
        arabic = ARABIC_CONSONANTS if len(bones) >= 3 else SAME_CONSONANTS
        best = max(best, arabic if vowels_missing else SAME_CONSONANTS if len(bones) >= 4 else 0)
    return best
