"""What must not be written is found where it is plain, and ordinary words pass."""

import pytest

from radrum.core.operation import Refused
from radrum.guidance.wording import (
    Doubtful,
    identity_numbers,
    look_over,
    mark,
    markings,
    names,
    origins,
    refuse_what_must_not_be_sent,
)

MARKED = [
    ("Inga hinder finns. Bilagan är säkerhetsskyddsklassificerad.", ["säkerhetsskyddsklassificerad"]),
    ("Inte ens NATO SECRET visas.", ["NATO SECRET", "SECRET"]),  # a marking is a marking
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
    "Skriv inga säkerhetsskyddsklassificerade uppgifter här.",
    "Planen innehåller inte säkerhetsskyddsklassificerade uppgifter.",
    "Ingenting är konfidentiell information, och inget är konfidentiell text.",
]
NUMBERS = [
    ("811218-9876", ["811218-9876"]),
    ("19811218-9876", ["19811218-9876"]),
    ("198112189876", ["198112189876"]),
    ("8112189876", ["8112189876"]),
    ("111218+9872", []),  # the check digit is wrong
    ("Född 811218-9876, samordning 811278-9873.", ["811218-9876", "811278-9873"]),
    ("811218 9876", ["811218 9876"]),
    ("19 811218 - 9876", ["811218 - 9876"]),
    ("81 12 18-9876", ["81 12 18-9876"]),
    ("1981 12 18 9876", ["1981 12 18 9876"]),
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


ORIGINS = [
    ("Hon är svensk medborgare med dubbelt medborgarskap.", ["svensk medborgare", "dubbelt medborgarskap"]),
    ("He is a citizen of Norvelia.", ["citizen of"]),
    ("Född i Velgrad.", ["Född i Velgrad"]),
    ("She was born in Velgrad.", ["born in Velgrad"]),
    ("deras etniska bakgrund, his religion", ["etniska bakgrund", "his religion"]),
    ("En kinesisk doktorand och två Iranian students.", ["kinesisk doktorand", "Iranian students"]),
    ("Hans nationalitet är okänd.", ["nationalitet"]),
    ("Doktoranden är muslim.", ["är muslim"]),
]
NO_ORIGINS = [
    "",
    "Ett kinesiskt universitet och en rysk tidskrift.",
    "Svenska forskare och europeiska studenter deltar.",
    "En teknisk forskare, en medicinsk doktorand, en akademisk student.",
    "Metoden är född i laboratoriet och born in mind of openness.",
    "Religionsvetenskap, etnografi, nationella lagar, citizen science.",
]
NAMES = [
    ("Anna Lindqvist leder arbetet.", ["Anna Lindqvist"]),
    ("Fatima Al-Rashid och Wei Zhang", ["Fatima Al-Rashid", "Wei Zhang"]),
    ("professor Wang", ["professor Wang"]),
    ("Fråga dr Ek eller Docent Ström.", ["dr Ek", "Docent Ström"]),
    ("Lars E. Berg", ["Lars E. Berg"]),
    ("Skriv till anna.lind@fjallby.example.", ["anna.lind@fjallby.example"]),
]
NO_NAMES = [
    "",
    "Velgrads tekniska universitet",
    "Karolinska Institutet, Johns Hopkins University, Maria Curie University, Adam Smith Institute",
    "Professor vid universitetet, doktoranden och studenten.",
    "Skriv till info@fjallby.example.",
    "Lake Victoria, Saint Petersburg",
]


@pytest.mark.parametrize(("text", "found"), ORIGINS)
def test_words_about_origin_are_found(text: str, found: list[str]) -> None:
    assert origins(text) == found


@pytest.mark.parametrize("text", NO_ORIGINS)
def test_ordinary_words_are_not_about_origin(text: str) -> None:
    assert origins(text) == []


@pytest.mark.parametrize(("text", "found"), NAMES)
def test_names_of_people_are_found(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize("text", NO_NAMES)
def test_institutions_are_no_people(text: str) -> None:
    assert names(text) == []


def test_doubtful_words_are_said_and_go_on_when_exactly_they_are_confirmed() -> None:
    texts = ["Anna Lindqvist är född i Velgrad.", "Snö."]
    with pytest.raises(
        Doubtful, match=r"född i Velgrad.*Anna Lindqvist|Anna Lindqvist.*född i Velgrad"
    ) as doubt:
        look_over(texts)
    assert doubt.value.mark == mark(["född i Velgrad", "Anna Lindqvist"])
    look_over(texts, confirmed=doubt.value.mark)
    with pytest.raises(Doubtful):
        look_over([*texts, "Professor Wang."], confirmed=doubt.value.mark)
    look_over(["Snö."])


def test_no_tick_lets_a_marking_or_a_number_through() -> None:
    for bad in ("HEMLIG", "811218 9876"):
        with pytest.raises(Refused) as refused:
            look_over([bad, "Anna Lindqvist"], confirmed=mark(["Anna Lindqvist"]))
        assert type(refused.value) is Refused
