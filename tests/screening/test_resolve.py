"""Who is meant: certain when one fits, asked when several do, never guessed."""

import pytest

from radrum.screening.index import Book
from radrum.screening.resolve import resolve

POLYTECHNIC, NAVAL, FJALLBY = "0aaaaaa11", "0cccccc33", "0bbbbbb22"


@pytest.mark.parametrize(
    ("text", "country", "certainty", "candidates"),
    [
        ("Velgrad Polytechnic", "", "certain", [POLYTECHNIC]),
        ("韦尔格拉德理工大学", "", "certain", [POLYTECHNIC]),
        ("Велградский политехнический университет", "", "certain", [POLYTECHNIC]),
        ("Fjällby universitet", "", "certain", [FJALLBY]),
        ("https://ror.org/0cccccc33", "", "certain", [NAVAL]),
        ("0cccccc33", "", "certain", [NAVAL]),
        ("velgrad.example", "", "certain", [POLYTECHNIC]),
        ("https://www.velgrad.example/about", "", "certain", [POLYTECHNIC]),
        ("someone@physics.velgrad.example", "", "certain", [POLYTECHNIC]),
        ("VPU", "", "ask", [POLYTECHNIC, FJALLBY]),
        ("VPU", "SE", "certain", [FJALLBY]),
        ("Velgrad Polytechnic of Naval Aeronautics", "", "certain", [NAVAL]),  # not the shorter name too
        ("Dept. of Physics, Fjällby University, Fjällby, Sweden", "", "certain", [FJALLBY]),
        ("Fjällby University, Velgrad Polytechnic", "", "ask", [FJALLBY, POLYTECHNIC]),
        ("Department of Physics", "", "none", []),
        ("unknown.example", "", "none", []),
        ("", "", "none", []),
    ],
)
def test_who_is_meant(book: Book, text: str, country: str, certainty: str, candidates: list[str]) -> None:
    found = resolve(book.register, text, country=country)
    assert (found.certainty, [one.ror for one in found.candidates]) == (certainty, candidates)
    assert (found.record is not None) == (certainty == "certain")


def test_the_answer_has_its_shape(book: Book) -> None:
    assert resolve(book.register, "velgrad.example").as_dict() == {
        "ror": "https://ror.org/0aaaaaa11",
        "name": "Velgrad Polytechnic",
        "certainty": "certain",
        "candidates": [
            {
                "ror": "https://ror.org/0aaaaaa11",
                "name": "Velgrad Polytechnic",
                "countries": ["RS"],
                "city": "Velgrad",
                "score": 1.0,
            }
        ],
    }


def test_without_a_register_nobody_is_known() -> None:
    assert resolve(None, "Velgrad Polytechnic").as_dict() == {
        "ror": None,
        "name": None,
        "certainty": "none",
        "candidates": [],
    }
