"""What must not be written: security markings, identity numbers, origin and names (product rules 4 and 6).

It finds what is plain, before a text leaves its author; a text it lets through may still be wrong.
Classification markings and identity numbers stop the text. Words about origin and what looks like a person's
name are shown, and go on when the author has looked at them: a name may be an institution's, and a plan may
say that it never asks about origin. Levels: säkerhetsskyddslagen (2018:585) 2 kap. 5 §.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from radrum.core.operation import Refused
from radrum.guidance.people import DEMONYMS, GIVEN_NAMES, NOT_SURNAMES, PERSONS, TITLES

_MARKINGS = re.compile(
    r"""\b(
        kvalificerat[ ]hemlig | begränsat[ ]hemlig | konfidentiell | säkerhetsskyddsklassificera\w* |
        (?:SECRET|RESTREINT|TRÈS[ ]SECRET|CONFIDENTIEL)[ ]UE\w* | EU[ /-](?:SECRET|CONFIDENTIAL|RESTRICTED) |
        NATO[ ](?:SECRET|CONFIDENTIAL|RESTRICTED) | COSMIC[ ]TOP[ ]SECRET | TOP[ ]SECRET
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_STAMPED = re.compile(r"\b(HEMLIG|SECRET|CONFIDENTIAL)\b")  # in capitals only: the words are common
_DENIED = re.compile(  # “no security-classified information”: says that there is none
    r"\b(?:inga|inget|ingen|ingenting|inte|ej|aldrig|utan|varken|no|not|never|without|nothing)\b[^.,:;!?\n]{0,30}$",
    re.IGNORECASE,
)
_DENIABLE = re.compile(r"säkerhetsskyddsklassificera|konfidentiell", re.IGNORECASE)
_IDENTITY = re.compile(
    r"(?<![\d-])(?:19|20)?\d{2}[ ]?(?:0[1-9]|1[0-2])[ ]?(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])"
    r"[ ]?[-+–]?[ ]?\d{4}(?!\d)"
)
_ORIGIN = re.compile(
    rf"""\b(
        (?:dubbelt[ ])?medborgarskap\w* | (?:\w+sk|\w+ska)[ ]medborgare | dual[ ]national\w* |
        citizenship\w* | citizens?[ ]of | födelseort\w* | födelseland\w* | birthplace |
        (?-i:[Ff]ödda?[ ]i[ ][A-ZÅÄÖ])\w* | (?-i:[Bb]orn[ ]in[ ][A-Z])\w* |
        place[ ]of[ ]birth | country[ ]of[ ]birth | nationalitet\w* | nationality | nationalities |
        etnisk\w*[ ](?:bakgrund|ursprung|tillhörighet) | etnicitet\w* | ethnicity |
        ethnic[ ](?:background|origin\w*) | religiös[ ](?:tro|tillhörighet|bakgrund) | trosuppfattning\w* |
        (?:his|her|their)[ ](?:religion|origin) | religious[ ]belief\w* |
        (?:hans|hennes|deras)[ ](?:religion|ursprung) | härkomst\w* |
        (?:är|is)[ ](?:muslim|kristen|jude|judinna|hindu|buddhist|sikh|jewish) |
        is[ ]a[ ](?:muslim|christian|jew|hindu|buddhist|sikh) |
        (?:{DEMONYMS})[ ](?:{PERSONS})
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = r"[A-ZÅÄÖÉÜØÆ][a-zåäöéèüøæ'’]+(?:-[A-ZÅÄÖÉÜØÆ][a-zåäöéèüøæ]+)?"
_TWO = re.compile(rf"\b({_WORD})(?:[ ][A-ZÅÄÖ]\.)?[ ]({_WORD})\b")
_TITLED = re.compile(rf"\b(?:{TITLES})\.?[ ]({_WORD}(?:[ ]{_WORD})?)")
_MAIL = re.compile(r"\b[a-zåäö]{2,}\.[a-zåäö]{2,}\d?@[\w.-]+\.\w+", re.IGNORECASE)


# These may stand after a person's name too.
_SMALL = frozenset({"och", "and", "i", "på", "vid", "at", "in", "of", "for"})


class Doubtful(Refused):
    """The text has words its author should look at once more; confirmed by their `mark`, they may go on."""

    def __init__(self, message: str, words: list[str]) -> None:
        super().__init__(message)
        self.mark = mark(words)


def mark(words: list[str]) -> str:
    """A mark of exactly these words, so that a tick does not let others through."""
    return hashlib.sha256("\n".join(sorted(set(words))).encode()).hexdigest()[:16]


def _checked(digits: str) -> bool:
    """The check digit of a personal identity number (Luhn over the last ten digits)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits[-10:])]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def markings(text: str) -> list[str]:
    """The classification markings that stand in the text, as written; not where it says there are none."""
    return [
        match.group(0)
        for pattern in (_MARKINGS, _STAMPED)
        for match in pattern.finditer(text)
        if not (_DENIABLE.match(match.group(0)) and _DENIED.search(text[: match.start()]))
    ]


def identity_numbers(text: str) -> list[str]:
    """The Swedish personal identity numbers that stand in the text, also written with spaces."""
    found = [match.group(0) for match in _IDENTITY.finditer(text)]
    return [number for number in found if _checked(re.sub(r"\D", "", number))]


def origins(text: str) -> list[str]:
    """Words about citizenship, birthplace, religion or ethnicity, and people named by a nationality."""
    return [" ".join(match.group(0).split()) for match in _ORIGIN.finditer(text)]


def names(text: str) -> list[str]:
    """What looks like a person's name: a given name and a surname, a title and a name, a mail address."""
    return list(dict.fromkeys(_names(text)))


def _names(text: str) -> Iterator[str]:
    for match in _TWO.finditer(text):
        given, surname = match.groups()
        after = text[match.end() :].split(maxsplit=1)[:1]
        place = {surname.lower(), *(word.strip(".,;:()").lower() for word in after)} & NOT_SURNAMES - _SMALL
        if given.split("-")[0].lower() in GIVEN_NAMES and surname.lower() not in NOT_SURNAMES and not place:
            yield match.group(0)
    for match in _TITLED.finditer(text):
        if match.group(1).split()[-1].lower() not in NOT_SURNAMES:
            yield match.group(0)
    yield from (match.group(0) for match in _MAIL.finditer(text))


def refuse_what_must_not_be_sent(texts: Iterable[str]) -> None:
    """Stop obvious classification markings and identity numbers before a text leaves its author.

    Raises `Refused` with the word that was found; nothing is sent or stored of what was refused.
    """
    whole = "\n".join(texts)
    if found := markings(whole):
        raise Refused(
            _(
                "The text contains “%(word)s”. Security-classified information must never be sent here. "
                "Nothing has been sent. Talk to your security protection manager before you go on."
            )
            % {"word": found[0]}
        )
    if identity_numbers(whole):
        raise Refused(_("The text contains a personal identity number. Take it out; nothing has been sent."))


def look_over(texts: Iterable[str], *, confirmed: str = "") -> None:
    """Before texts leave their author: stop what must not be sent, and show what must be looked at.

    Raises `Refused` for markings and identity numbers, whatever the author says. Raises `Doubtful` with the
    words about origin and the names, unless `confirmed` is the mark of exactly these.
    """
    kept = list(texts)
    refuse_what_must_not_be_sent(kept)
    whole = "\n".join(kept)
    said = {
        _("about origin: %(words)s"): list(dict.fromkeys(origins(whole))),
        _("perhaps a person's name: %(words)s"): names(whole),
    }
    words = [word for some in said.values() for word in some]
    if not words or confirmed == mark(words):
        return
    found = [
        sentence % {"words": get_text_list([f"“{word}”" for word in some], _("and"))}
        for sentence, some in said.items()
        if some
    ]
    raise Doubtful(
        _(
            "Look at these words once more, %(found)s. People are not assessed by their origin, and a person "
            "is better described by duty and access than by name. Take the words out, or tick that they may "
            "stand."
        )
        % {"found": "; ".join(found)},
        words,
    )
