"""What must not be written: security classifications and personal identity numbers (product rules 4 and 6).

It finds obvious markings only, before a text leaves its author; a text it lets through may still be wrong.
Levels: säkerhetsskyddslagen (2018:585) 2 kap. 5 §.
"""

import re

from django.utils.translation import gettext as _

from radrum.core.operation import Refused

_MARKINGS = re.compile(
    r"""\b(
        kvalificerat[ ]hemlig | begränsat[ ]hemlig | konfidentiell | säkerhetsskyddsklassificera\w* |
        (?:SECRET|RESTREINT|TRÈS[ ]SECRET|CONFIDENTIEL)[ ]UE\w* | EU[ /-](?:SECRET|CONFIDENTIAL|RESTRICTED) |
        NATO[ ](?:SECRET|CONFIDENTIAL|RESTRICTED) | COSMIC[ ]TOP[ ]SECRET | TOP[ ]SECRET
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_STAMPED = re.compile(r"\b(HEMLIG|SECRET|CONFIDENTIAL)\b")  # in capitals only: the words are common
_IDENTITY = re.compile(r"\b(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])[-+]?\d{4}\b")


def _checked(digits: str) -> bool:
    """The check digit of a personal identity number (Luhn over the last ten digits)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits[-10:])]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def markings(text: str) -> list[str]:
    """The classification markings that stand in the text, as written."""
    return [match.group(0) for pattern in (_MARKINGS, _STAMPED) for match in pattern.finditer(text)]


def identity_numbers(text: str) -> list[str]:
    """The Swedish personal identity numbers that stand in the text."""
    found = [match.group(0) for match in _IDENTITY.finditer(text)]
    return [number for number in found if _checked(re.sub(r"\D", "", number))]


def refuse_what_must_not_be_sent(texts: list[str]) -> None:
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
