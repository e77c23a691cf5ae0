"""Words that say little about who is meant: legal forms, kinds of institution, what they do, stop words.

Generic words are known under one English concept, so that *universitet* and *daneshgah* are one word.
"""

import re

from radrum.screening.engine import wordlists

PHRASES = wordlists.PHRASES
STOP = frozenset(wordlists.STOP.split())
LEGAL = frozenset(wordlists.LEGAL.split())


def _concepts(table: str) -> dict[str, str]:
    """`concept: word word …` as each word's concept."""
    found, concept = {}, ""
    for word in table.split():
        concept = word.removesuffix(":") if word.endswith(":") else concept
        found[word.removesuffix(":")] = concept
    return found


KIND, DOING = _concepts(wordlists.KINDS), _concepts(wordlists.DOING)
KIND_CONCEPTS, DOING_CONCEPTS = frozenset(KIND.values()), frozenset(DOING.values())
_FORMS = dict(pair.split(":") for pair in wordlists.FORMS.split())
_ENDING = re.compile(r"(?<=[a-z]{4})[iy][iyj]$")  # Russian adjectives, in one of several spellings
PLAIN, KIND_WORD, DOING_WORD, LEGAL_WORD = range(4)


def concept(word: str) -> str:
    """The English concept of a generic word, or the word itself."""
    plain = _ENDING.sub(lambda ending: "yi" if ending.group()[0] == "y" else "ii", word)
    return KIND.get(plain) or DOING.get(plain) or _FORMS.get(plain) or word


def class_of(word: str) -> int:
    """How much a word (already a concept) can say."""
    if word in KIND_CONCEPTS:
        return KIND_WORD
    if word in DOING_CONCEPTS:
        return DOING_WORD
    return LEGAL_WORD if word in LEGAL else PLAIN
