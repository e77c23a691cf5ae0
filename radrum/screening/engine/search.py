"""Find the names that can be meant, compare each word by word, and say why."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radrum.screening.engine import words
from radrum.screening.engine.align import AN_INITIAL, Aligned, Asked, Listing, align
from radrum.screening.engine.build import JOINED, KINDS, NAME_KINDS, Arrays
from radrum.screening.engine.explain import explain
from radrum.screening.engine.fold import Words, is_latin, lacks_vowels, sound, variants
from radrum.screening.engine.near import filed_under, likeness, number
from radrum.screening.engine.reasons import Reason

CANDIDATES = 60  # names compared word by word for one query; more never changed a result on the bench
MOST_UNLIKE_LENGTH = 4  # letters
LEAST_ALIKE = 0.6  # words less alike are two words
ALERT = 0.72  # from here on a comparison is shown as a hit


@dataclass(frozen=True)
class Party:
    """Who is looked for: every name of theirs, and what else is known."""

    names: Sequence[tuple[str, str]]  # text, kind of name
    kind: str = ""
    countries: Sequence[str] = ()
    keys: Sequence[str] = ()  # identifiers that name the party exactly, as `ror:03x80pn82`


@dataclass(frozen=True)
class Match:
    """An entry that may be meant, with the two names that were most alike."""

    entry: int
    about: dict[str, Any]
    name: str
    asked: str
    score: float
    aligned: Aligned | None
    same_key: str = ""
    reasons: list[Reason] = field(default_factory=list)


class Index:
    """The arrays of `build`, and the way to ask them."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._entry_kind = np.asarray(arrays["entry.kind"])
        self._name_entry = np.asarray(arrays["name.entry"])
        self._row_weight = _row_weights(arrays)
        self._own = local()  # a place to add up in, for each thread
        self._length = np.diff(arrays["word.at"])
        self._like: dict[tuple[str, bool], dict[int, float]] = {}

    def __len__(self) -> int:
        return len(self._entry_kind)

    def _held(self) -> NDArray[Any]:
        if not hasattr(self._own, "held"):
            self._own.held = np.zeros(len(self._name_entry), np.float32)
        held: NDArray[Any] = self._own.held
        return held

    # --- What stands where -------------------------------------------------------------------------

    def _text(self, table: str, place: int) -> str:
        at = self._arrays[f"{table}.at"]
        return bytes(self._arrays[f"{table}.bytes"][at[place] : at[place + 1]]).decode(
            "utf-8", "surrogatepass"
        )

    def about(self, entry: int) -> dict[str, Any]:
        """What was stored with the entry."""
        stored: dict[str, Any] = json.loads(self._text("about", entry))
        return stored

    def _filed(self, table: str, key: int) -> NDArray[Any]:
        numbers = self._arrays[f"{table}.number"]
        first, last = (
            np.searchsorted(numbers, np.uint32(key), "left"),
            np.searchsorted(numbers, np.uint32(key), "right"),
        )
        return self._arrays[f"{table}.to"][first:last]

    def by_key(self, key: str) -> list[int]:
        """The entries that carry this identifier."""
        return [
            int(entry)
            for entry in self._filed("key", number(key))
            if key in self.about(int(entry)).get("keys", ())
        ]

    def like(self, word: str, *, vowelless: bool = False) -> dict[int, float]:
        """The words of the index that can be this word, with how likely each is."""
        known = self._like.get((word, vowelless))
        if known is None:
            known = self._like_anew(word, vowelless=vowelless)
            if len(self._like) > 50_000:
                self._like.clear()
            self._like[(word, vowelless)] = known
        return known

    def _like_anew(self, word: str, *, vowelless: bool) -> dict[int, float]:
        keys = np.fromiter(filed_under(word, vowelless=vowelless), np.uint32)
        numbers, to = self._arrays["near.number"], self._arrays["near.to"]
        first, last = np.searchsorted(numbers, keys, "left"), np.searchsorted(numbers, keys, "right")
        tokens = np.unique(np.concatenate([to[start:end] for start, end in zip(first, last, strict=True)]))
        if not vowelless:  # consonants alone may be much shorter than the word
            tokens = tokens[np.abs(self._length[tokens] - len(word)) <= MOST_UNLIKE_LENGTH]
        found = {}
        for token in map(int, tokens):
            theirs = self._text("word", token)
            alike = likeness(word, theirs, vowels_missing=vowelless or not set(theirs) & set("aeiou"))
            if alike >= LEAST_ALIKE:
                found[token] = alike
        return found

    # --- Finding and comparing ---------------------------------------------------------------------

    def search(self, party: Party, *, threshold: float = ALERT, limit: int = 50) -> list[Match]:
        """The entries that may be the party, the likeliest first."""
        best: dict[int, Match] = {}
        for text, kind in party.names:
            for said in variants(text):
                for match in self._compare(text, kind, said, party, threshold):
                    if match.entry not in best or best[match.entry].score < match.score:
                        best[match.entry] = match
        for key in party.keys:
            for entry in self.by_key(key):
                known = best.get(entry) or self._unnamed(entry, party)
                best[entry] = replace(known, score=1.0, same_key=key)
        ranked = sorted(best.values(), key=lambda match: (-match.score, match.entry))[:limit]
        return [explain(match, party) for match in ranked]

    def _unnamed(self, entry: int, party: Party) -> Match:
        """An entry known by its identifier alone."""
        about = self.about(entry)
        return Match(entry, about, about.get("name", ""), party.names[0][0], 1.0, None)

    def _compare(self, text: str, kind: str, said: Words, party: Party, threshold: float) -> Iterable[Match]:
        vowelless = lacks_vowels(text)
        likes = [self.like(word, vowelless=vowelless) for word in said.meant]
        weight = [self._weight_of(word, like) for word, like in zip(said.meant, likes, strict=True)]
        asked = Asked(said, likes, weight, self._joins(said.spelled, vowelless=vowelless))
        for row in self._candidates(asked):
            entry = int(self._name_entry[row])
            if said.sounds and self._arrays["name.sounds"][row]:
                continue  # two eastern names are compared by their signs, which say more than their sounds
            if party.kind and KINDS[self._entry_kind[entry]] not in (party.kind, ""):
                continue
            aligned = self._align(row, asked)
            name_kind = NAME_KINDS[self._arrays["name.kind"][row]]
            score = aligned.score
            if "acronym" in (kind, name_kind):
                score = min(score, 0.9) if aligned.identical and self._same_script(row, text) else 0.0
            if score >= threshold:
                about = {**self.about(entry), "name_kind": name_kind, "asked_kind": kind}
                yield Match(entry, about, self._text("name", row), text, score, aligned)

    def _same_script(self, row: int, text: str) -> bool:
        return is_latin(text) == is_latin(self._text("name", row))

    def _weight_of(self, word: str, like: dict[int, float]) -> float:
        """As the index weighs it; a word that no list holds says most."""
        if len(word) == 1 and word.isascii() and word.isalpha():
            return AN_INITIAL
        group = words.class_of(word)
        exact = [token for token, alike in like.items() if alike == 1.0]
        if exact:
            return float(self._arrays["word.weight"][exact[0]])
        near = max(like, key=lambda token: like[token], default=None)
        if near is not None and like[near] >= 0.8:
            return float(self._arrays["word.weight"][near])
        return 1.0 if group == words.PLAIN else 0.3 if group != words.LEGAL_WORD else 0.06

    def _joins(self, said: tuple[str, ...], *, vowelless: bool) -> dict[int, dict[int, float]]:
        """Where two of our words, joined, are one of theirs: place of the first → their words."""
        joins = {}
        for place in range(len(said) - 1):
            joined = said[place] + said[place + 1]
            if len(joined) >= 6:
                like = self.like(joined, vowelless=vowelless)
                joins[place] = {token: alike * 0.98 for token, alike in like.items() if alike >= 0.85}
        return {place: like for place, like in joins.items() if like}

    def _candidates(self, asked: Asked) -> list[int]:
        """The rows that share most of what our words say; each word of ours counts once, at its best."""
        held = self._held()
        touched: list[NDArray[Any]] = []
        for place, like in enumerate(asked.likes):
            touched += self._hold(like, asked.weight[place])
        for place, like in asked.joins.items():
            touched += self._hold(like, asked.weight[place] + asked.weight[place + 1])
        split = self._split(asked)
        if split:
            rows = np.fromiter(split, np.int32, len(split))
            np.add.at(held, rows, np.fromiter(split.values(), np.float32, len(split)))
            touched.append(rows)
        if not touched:
            return []
        rows = np.unique(np.concatenate(touched))
        shared = held[rows]
        held[rows] = 0
        bound = 2 * shared / (sum(asked.weight) + self._row_weight[rows])
        keep = bound > 0.45
        rows, bound = rows[keep], bound[keep]
        if len(rows) > CANDIDATES:
            rows = rows[np.argpartition(-bound, CANDIDATES)[:CANDIDATES]]
        return [int(row) for row in rows]

    def _hold(self, like: dict[int, float], weight: float) -> list[NDArray[Any]]:
        """Add the weight of one word to the rows that hold a word like it, once each."""
        if not like:
            return []
        at, names = self._arrays["post.at"], self._arrays["post.names"]
        ordered = sorted(like, key=lambda token: like[token])
        rows = np.concatenate([names[at[token] : at[token + 1]] for token in ordered])
        values = np.repeat(
            np.array([like[token] * weight for token in ordered], np.float32),
            [int(at[token + 1] - at[token]) for token in ordered],
        )
        if len(ordered) > 1:  # the best of several words in one row: the last one in order
            rows, index = np.unique(rows[::-1], return_index=True)
            values = values[::-1][index]
        self._held()[rows] += values
        return [rows]

    def _split(self, asked: Asked) -> dict[int, float]:
        """Rows where one word of ours is written as two."""
        found: dict[int, float] = {}
        for place, word in enumerate(asked.said.spelled):
            if len(word) >= JOINED:
                for row in self._filed("pair", number(f"~{sound(word)}")):
                    found[int(row)] = found.get(int(row), 0.0) + asked.weight[place]
        return found

    def _align(self, row: int, asked: Asked) -> Aligned:
        at = self._arrays["row.at"]
        tokens = [int(token) for token in self._arrays["row.words"][at[row] : at[row + 1]]]
        listed = Listing(
            tokens,
            [self._text("word", token) for token in tokens],
            [float(self._arrays["word.weight"][token]) for token in tokens],
            is_person=KINDS[self._entry_kind[self._name_entry[row]]] == "person",
        )
        return align(asked, listed)


def _row_weights(arrays: Arrays) -> NDArray[Any]:
    at, tokens = arrays["row.at"], arrays["row.words"]
    total = np.concatenate([[0], np.cumsum(arrays["word.weight"][tokens], dtype=np.float64)])
    weights: NDArray[Any] = (total[at[1:]] - total[at[:-1]]).astype(np.float32)
    return weights
