"""Words that say little about which party is meant, from `content/words.yaml`.

Generic words are known under one English concept, so that *universitet* and *daneshgah* are one word.
"""

from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent.parent / "content" / "words.yaml"
_WORDS: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _concepts(name: str) -> dict[str, str]:
    table: dict[str, str] = _WORDS[name]
    return {word: concept for concept, words in table.items() for word in (concept, *words.split())}


STOP = frozenset(_WORDS["stop"].split())
LEGAL = frozenset(_WORDS["legal"].split())
PHRASES: dict[str, str] = _WORDS["phrases"]  # the longest first
KIND, DOING = _concepts("kinds"), _concepts("doing")
KIND_CONCEPTS, DOING_CONCEPTS = frozenset(_WORDS["kinds"]), frozenset(_WORDS["doing"])
PLAIN, KIND_WORD, DOING_WORD, LEGAL_WORD = range(4)


def concept(word: str) -> str:
    """The English concept of a generic word, or the word itself."""
    return KIND.get(word) or DOING.get(word) or _WORDS["forms"].get(word) or word


def class_of(word: str) -> int:
    """How much a word (already a concept) can say."""
    if word in KIND_CONCEPTS:
        return KIND_WORD
    if word in DOING_CONCEPTS:
        return DOING_WORD
    return LEGAL_WORD if word in LEGAL else PLAIN
