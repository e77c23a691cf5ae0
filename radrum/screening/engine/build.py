"""An index of names as flat arrays, which any number of processes can map from one file."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radrum.screening.engine import words
from radrum.screening.engine.fold import sound, variants
from radrum.screening.engine.near import filed_under, number

Arrays = dict[str, NDArray[Any]]
KINDS = ("", "organisation", "person", "vessel", "other")
NAME_KINDS = ("primary", "alias", "label", "original", "former", "weak", "acronym")
LEAST = 0.08  # what the commonest word says
JOINED = 6  # letters that two joined words have at least
_CAP = {words.PLAIN: 1.0, words.KIND_WORD: 0.3, words.DOING_WORD: 0.3, words.LEGAL_WORD: 0.06}


@dataclass(frozen=True)
class Listed:
    """An entry as the index needs it; `about` comes back with every hit."""

    kind: str
    names: Sequence[tuple[str, str]]  # text, kind of name
    about: dict[str, Any] = field(default_factory=dict)
    keys: Sequence[str] = ()  # identifiers and domains that name it exactly


class _Texts:
    """Many texts as one run of bytes."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def add(self, text: str) -> None:
        self.parts.append(text.encode("utf-8", "surrogatepass"))

    def arrays(self, name: str) -> Arrays:
        lengths = np.fromiter((len(part) for part in self.parts), np.int64, len(self.parts))
        ends = np.concatenate([[0], np.cumsum(lengths)])
        return {f"{name}.bytes": np.frombuffer(b"".join(self.parts), np.uint8), f"{name}.at": ends}


def build(entries: Iterable[Listed]) -> Arrays:
    """The arrays of an index over these entries."""
    about, texts = _Texts(), _Texts()
    vocabulary: dict[str, int] = {}
    entry_kind, name_entry, name_kind, rows = [], [], [], []
    spelled: list[tuple[str, ...]] = []
    name_sounds: list[bool] = []
    keys: list[tuple[int, int]] = []
    for place, entry in enumerate(entries):
        about.add(json.dumps(entry.about, ensure_ascii=False))
        entry_kind.append(KINDS.index(entry.kind))
        keys += [(number(key), place) for key in entry.keys]
        for text, kind in entry.names:
            for said in variants(text):
                texts.add(text)
                name_sounds.append(said.sounds)
                name_entry.append(place)
                name_kind.append(NAME_KINDS.index(kind))
                rows.append([vocabulary.setdefault(word, len(vocabulary)) for word in said.meant])
                spelled.append(said.spelled)
    arrays = {
        **about.arrays("about"),
        **texts.arrays("name"),
        "entry.kind": np.array(entry_kind, np.uint8),
        "name.entry": np.array(name_entry, np.int32),
        "name.kind": np.array(name_kind, np.uint8),
        "name.sounds": np.array(name_sounds, np.bool_),
        **_sorted("key", keys),
    }
    return {**arrays, **_words(vocabulary, rows), **_pairs(spelled)}


def _sorted(name: str, pairs: list[tuple[int, int]]) -> Arrays:
    table = np.array(pairs, np.int64).reshape(-1, 2)
    table = table[np.argsort(table[:, 0], kind="stable")]
    return {f"{name}.number": table[:, 0].astype(np.uint32), f"{name}.to": table[:, 1].astype(np.int32)}


def _words(vocabulary: dict[str, int], rows: list[list[int]]) -> Arrays:
    """The words, how much each says, and the names that hold each."""
    texts = _Texts()
    near: list[tuple[int, int]] = []
    for word, token in vocabulary.items():
        texts.add(word)
        near += [(key, token) for key in filed_under(word)]
    lengths = np.fromiter((len(row) for row in rows), np.int64, len(rows))
    flat = np.fromiter((token for row in rows for token in row), np.int32, int(lengths.sum()))
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    unique = np.unique(flat.astype(np.int64) * max(len(rows), 1) + owner)
    tokens, names = unique // max(len(rows), 1), unique % max(len(rows), 1)
    held = np.bincount(tokens, minlength=len(vocabulary))
    classes = np.fromiter((words.class_of(word) for word in vocabulary), np.uint8, len(vocabulary))
    return {
        **texts.arrays("word"),
        **_sorted("near", near),
        "word.class": classes,
        "word.weight": weights(held, classes, len(rows)),
        "row.words": flat,
        "row.at": np.concatenate([[0], np.cumsum(lengths)]),
        "post.names": names.astype(np.int32),
        "post.at": np.concatenate([[0], np.cumsum(held)]),
    }


def weights(held: NDArray[Any], classes: NDArray[Any], rows: int) -> NDArray[Any]:
    """How much a word says: all, if one name in the index holds it; little, if many do or it is generic."""
    rare = np.log((rows + 1) / (held + 0.5)) / max(math.log(rows + 1), 1)
    cap = np.array([_CAP[kind] for kind in range(len(_CAP))])
    said: NDArray[Any] = np.minimum(np.clip(rare, LEAST, 1), cap[classes]).astype(np.float32)
    return said


def _pairs(rows: Sequence[Sequence[str]]) -> Arrays:
    """Where two words that stand beside each other would be one if joined."""
    pairs = []
    for row, said in enumerate(rows):
        for first, second in pairwise(said):
            if len(first) + len(second) >= JOINED:
                pairs.append((number(f"~{sound(first + second)}"), row))
    return _sorted("pair", pairs)
