"""A name as words: romanised, small letters, generic words as concepts; and what a word sounds like."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from radrum.screening.engine.words import KIND_WORD, LEGAL_WORD, PHRASES, STOP, class_of, concept

_HAN = r"\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_RUN = re.compile(f"[{_HAN}]+")
_EAST = re.compile(f"[{_HAN}]")
_VOWELLESS = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_DOTTED = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_ARTICLE = re.compile(
    "(?<![\u0600-\u06ff])\u0627\u0644(?=[\u0600-\u06ff]{3})"
)  # the Arabic "al-", written together
_PHRASE = re.compile("|".join(rf"\b{phrase}\b" for phrase in PHRASES))
_INITIAL = re.compile(r"(?<![\w.])([a-z])\.(?=\s|,|$)")  # `A. Name`: no article
_APOSTROPHE = re.compile(r"['’‘ʼʻ`´ʿʾ′]")
_WORD = re.compile(r"[a-z0-9]+")
LONGEST = 400  # letters of a name that are read; the longest honest one has 350
MOST_WORDS = 40

_SOUNDS = {
    "S": "sch sh tch ch zh dj j ts tz cz",
    "f": "ph",
    "k": "kh gh ck qu q c g",
    "ks": "x",
    "t": "th",
    "d": "dh",
    "u": "w v",
    "s": "z",
}
_SOUND = {spelled: sound for sound, spellings in _SOUNDS.items() for spelled in spellings.split()}
_SPELLED = re.compile("|".join(sorted(_SOUND, key=len, reverse=True)) + "|h$")
_LIKE_VOWELS = str.maketrans("eyo", "aiu")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouyw]")


def is_eastern(text: str) -> bool:
    """Written without spaces between words: Chinese, Japanese, Korean."""
    return bool(_EAST.search(text))


def lacks_vowels(text: str) -> bool:
    """Written in Arabic, Persian or Hebrew letters, where short vowels are left out."""
    return bool(_VOWELLESS.search(text))


def is_latin(text: str) -> bool:
    """Every letter is Latin."""
    return all(
        ord(letter) < 0x250 or not letter.isalpha() or 0x1E00 <= ord(letter) < 0x1F00 for letter in text
    )


class Words(NamedTuple):
    """A name as words: what each means, and how each is spelled."""

    meant: tuple[str, ...]
    spelled: tuple[str, ...]
    sounds: bool = False  # only what eastern signs sound like: for comparing with other scripts


def variants(text: str) -> Iterator[Words]:
    """The words of a name in each way it is compared: romanised, and as pairs of signs if eastern."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    if is_eastern(text):
        runs = _RUN.findall(text)
        own = tuple(run[place : place + 2] for run in runs for place in range(max(1, len(run) - 1)))[
            :MOST_WORDS
        ]
        yield Words(own, own)
        text = _EAST.sub(lambda sign: f" {sign.group()} ", text)
        yield romanised(text, leave_out=frozenset())._replace(sounds=True)  # `da` is no article there
    elif (words := romanised(text)).meant:
        yield words


def romanised(text: str, *, leave_out: frozenset[str] = STOP) -> Words:
    """Latin small letters; stop words left out unless nothing else is there; generic words as concepts."""
    plain = _APOSTROPHE.sub("", anyascii(_ARTICLE.sub("", text))).lower()
    found = _WORD.findall(_DOTTED.sub(r"\1", plain))
    initials = set(_INITIAL.findall(plain))
    joined = _PHRASE.sub(lambda phrase: PHRASES[phrase.group()], " ".join(found))
    spelled = [word for word in joined.split() if word not in leave_out or word in initials] or found
    return Words(tuple(map(concept, spelled[:MOST_WORDS])), tuple(spelled[:MOST_WORDS]))


def says_nothing(text: str) -> bool:
    """Whether the name is a single word that many names hold: *university*, *AB*, *the*."""
    if is_eastern(text):
        return False
    words = romanised(text)
    general = [class_of(word) in {KIND_WORD, LEGAL_WORD} or word in STOP for word in words.meant]
    return len(general) == 1 and all(general)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """What a word sounds like across transliterations: *Khalid* and *Chalid*, *Yusuf* and *Youssef*."""
    if word[:1].isdigit() or is_eastern(word):
        return word
    heard = _SPELLED.sub(lambda spelled: _SOUND.get(spelled.group(), ""), word)
    return _DOUBLED.sub(r"\1", heard.translate(_LIKE_VOWELS))


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants alone, as Arabic and Hebrew letters give them."""
    if word[:1].isdigit() or is_eastern(word):
        return ""
    return _VOWELS.sub("", sound(word).replace("u", "").replace("i", "").replace("a", ""))
