"""What must be found of a case in a text, and what must pass; by table, without a database."""

import pytest

from radrum.cases.engine import Found, Named, still_named

NAMED = Named(
    organisations=(
        "Fjällby universitet",
        "Fjällby University",
        "Velgrads tekniska universitet",
        "KTH Kungliga Tekniska högskolan",
        "Lunds universitet",
        "Övningsmyndigheten",
        "Tekniska högskolan",
    ),
    acronyms=("FjU", "LU"),
    people=("Maja Sandqvist", "Tuomas Ek", "Per Berg"),
    places=("Serranien",),
    titles=("Isens ljud",),
    codes=("RR 2026/0318", "maja.sandqvist@fjallby.example"),
    told=(
        "Känner ni till något om institutet Nordhav i Gravik? Det mäter isens tjocklek med hydrofoner på "
        "djupa platser varje vinter. Vi betalar 450 000 kronor. Mötet är den 12 mars 2026. Vi följer 2018:585 "
        "och EU 2021/821. Kontakta Säkerhetspolisen. Professor Irina Volkova deltar. ABX är med. Akten är FU 2026/9, "
        "instrumentet HX200b, provet q7x9.",
    ),
    public=("Säkerhetspolisen",),
)

# fmt: off
REFUSED = [
    # organisations: endings, case, accents, signs without width, other alphabets, apart, inside a word
    ("Fjällbys modell", "Fjällbys", "organisation"),
    ("FJÄLLBY", "FJÄLLBY", "organisation"),
    ("vid fjallby universitet", "fjallby", "organisation"),
    ("Fja\u0308llby", "Fjällby", "organisation"),
    ("Fj\u200bäll\u00adby", "Fjällby", "organisation"),
    ("Fj\u0430llby", "Fj\u0430llby", "organisation"),  # a Cyrillic a
    ("ＦＪÄＬＬＢＹ", "FJÄLLBY", "organisation"),
    ("F j ä l l b y", "F j ä l l b y", "organisation"),
    ("Fjäll-by", "Fjäll by", "organisation"),
    ("Fjällbyprojektet", "Fjällbyprojektet", "organisation"),
    ("ett universitet i Lund", "Lund", "organisation"),
    ("övningsmyndighet", "övningsmyndighet", "organisation"),
    ("Tekniska högskolans avtal", "Tekniska högskolans", "organisation"),
    # acronyms, given or made of the name
    ("VTU säger nej", "VTU", "organisation"),
    ("KTH:s avtal", "KTH", "organisation"),
    ("K T H", "K T H", "organisation"),
    ("hos LU", "LU", "organisation"),
    # partners
    ("velgrads", "velgrads", "organisation"),
    ("i serranien", "serranien", "place"),
    ("Serraniens lagar", "Serraniens", "place"),
    # people
    ("maja sandqvist", "maja sandqvist", "person"),
    ("Sandqvist, Maja", "Sandqvist Maja", "person"),
    ("Sandqvists råd", "Sandqvists", "person"),
    ("Hos Maja", "Maja", "person"),
    ("Eks plan", "Eks", "person"),
    # references and addresses
    ("RR 2026/0318", "RR 2026 0318", "code"),
    ("ärende 2026 0318", "20260318", "number"),
    ("nummer 318", "318", "number"),
    ("FU2026/9", "20269", "number"),
    ("en hx200b", "hx200b", "name"),
    ("provet Q7X9", "Q7X9", "code"),
    ("maja.sandqvist", "maja sandqvist", "person"),
    # names that only the texts tell
    ("nordhavs", "nordhavs", "name"),
    ("gravik", "gravik", "name"),
    ("Irinas", "Irinas", "name"),
    ("ABX", "ABX", "name"),
    ("Isens ljud", "Isens ljud", "title"),
    # numbers and days, however written
    ("450000 kronor", "450000", "number"),
    ("450.000", "450000", "number"),
    ("450\u00a0000", "450000", "number"),
    ("den 12:e mars", "12:e mars", "date"),
    ("2025-03-12", "2025-03-12", "date"),
    ("12/3", "12/3", "date"),
    ("March 12", "March 12", "date"),
    # eight words in a row, whatever stands between them
    ("Mäter isens, tjocklek med HYDROFONER på djupa platser varje år", "Mäter isens tjocklek med HYDROFONER på djupa platser", "quotation"),
]
PASSES = [
    "Ett universitet frågade om en partner utanför EU.",
    "Per telefon kan man fråga; en ek står vid berg och dal.",
    "Tekniska frågor och kungliga bibliotek.",
    "Säkerhetspolisen kan svara, enligt 2018:585 och EU 2021/821.",
    "År 2026 frågade två lärosäten.",
    "Isens tjocklek med hydrofoner.",
    "En by i fjällen, lundar och hagar, nord och syd.",
    "Professorn talade på engelska i mars.",
    "Mötet tog 12 timmar och kostade 45 procent mer.",
    "",
]
# fmt: on


@pytest.mark.parametrize(("text", "word", "why"), REFUSED)
def test_what_the_case_names_is_found(text: str, word: str, why: str) -> None:
    assert Found("study", word, why) in still_named({"study": text}, NAMED)


@pytest.mark.parametrize("text", PASSES)
def test_general_words_pass(text: str) -> None:
    assert still_named({"study": text}, NAMED) == []


def test_each_word_is_told_once_for_each_text_and_where_it_stands() -> None:
    found = still_named(
        {"study": "Nordhav, Nordhav och NORDHAV", "faq": "Nordhav", "proposal": "inget"}, NAMED
    )
    assert found == [Found("study", "Nordhav", "name"), Found("faq", "Nordhav", "name")]


def test_a_case_that_names_nothing_refuses_nothing() -> None:
    assert still_named({"study": "Fjällby universitet den 12 mars, 450 000 kronor."}, Named()) == []


def test_seven_words_in_a_row_are_no_quotation() -> None:
    assert still_named({"x": "isens tjocklek med hydrofoner på djupa platser"}, NAMED) == []
