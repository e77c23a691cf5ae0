"""What must not be written is found where it is plain, and ordinary words pass."""

import pytest

from radrum.core.operation import Refused
from radrum.guidance.wording import identity_numbers, markings, refuse_what_must_not_be_sent

MARKED = [
    ("Bilagan är HEMLIG.", ["HEMLIG"]),
    ("kvalificerat hemlig", ["kvalificerat hemlig"]),
    ("Begränsat hemlig uppgift", ["Begränsat hemlig"]),
    ("KONFIDENTIELL", ["KONFIDENTIELL"]),
    ("säkerhetsskyddsklassificerade uppgifter", ["säkerhetsskyddsklassificerade"]),
    ("EU SECRET och NATO RESTRICTED", ["EU SECRET", "NATO RESTRICTED", "SECRET"]),
    ("SECRET UE/EU SECRET", ["SECRET UE", "EU SECRET", "SECRET", "SECRET"]),
    ("eu-confidential", ["eu-confidential"]),
    ("COSMIC TOP SECRET", ["COSMIC TOP SECRET", "SECRET"]),
    ("(CONFIDENTIAL)", ["CONFIDENTIAL"]),
]
PLAIN = [
    "",
    "Partnern har hemligheter, och ett hemligt avtal om affärshemligheter.",
    "HEMLIGHETER",
    "We keep trade secrets secret, and the agreement confidential.",
    "A secretary, the Secretariat, secretion",
    "Konfidentiellt är det inte, och konfidentialitet är avtalad.",
    "Europa Secret Garden",
    "Sekretess enligt OSL 15 kap. 2 §",
]
NUMBERS = [
    ("811218-9876", ["811218-9876"]),
    ("19811218-9876", ["19811218-9876"]),
    ("198112189876", ["198112189876"]),
    ("8112189876", ["8112189876"]),
    ("111218+9872", []),  # the check digit is wrong
    ("Född 811218-9876, samordning 811278-9873.", ["811218-9876", "811278-9873"]),
]
NO_NUMBERS = [
    "070-123 45 67",
    "+46701234567",
    "08-120 156 00",
    "https://ror.org/048a87296",
    "2026-11-24",
    "20261124",
    "FU 2026/1187",
    "811218-9875",  # the check digit is wrong
    "811318-9876",  # no such month
    "10.1000/182",
    "SE4550000000058398257466",
    "556036-0793",  # a company's number: its third digit is two or more
    "0123456789012345",
]


@pytest.mark.parametrize(("text", "found"), MARKED)
def test_markings_are_found(text: str, found: list[str]) -> None:
    assert markings(text) == found


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_words_are_no_markings(text: str) -> None:
    assert markings(text) == []


@pytest.mark.parametrize(("text", "found"), NUMBERS)
def test_identity_numbers_are_found(text: str, found: list[str]) -> None:
    assert identity_numbers(text) == found


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_other_numbers_are_no_identity_numbers(text: str) -> None:
    assert identity_numbers(text) == []


@pytest.mark.parametrize("bad", ["HEMLIG", "811218-9876"])
def test_one_text_of_several_is_enough_to_stop_them(bad: str) -> None:
    refuse_what_must_not_be_sent([])
    refuse_what_must_not_be_sent(["Snö.", "Ring 070-123 45 67."])
    for texts in ([bad], ["Snö.", f"Se {bad}."], [bad, "Snö."]):
        with pytest.raises(Refused):
            refuse_what_must_not_be_sent(texts)
    refuse_what_must_not_be_sent(["HEM", "LIG", "811218", "-9876"])  # nothing is read across two texts


def test_the_word_that_was_found_is_said_and_the_number_is_not() -> None:
    with pytest.raises(Refused, match="NATO SECRET"):
        refuse_what_must_not_be_sent(["NATO SECRET"])
    with pytest.raises(Refused) as refused:
        refuse_what_must_not_be_sent(["811218-9876"])
    assert "811218" not in str(refused.value)
