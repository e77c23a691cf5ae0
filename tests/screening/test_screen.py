"""What an answer holds, and what may be said."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

from radrum.screening import folder, index
from radrum.screening.index import Book
from radrum.screening.screen import Answer, NoList, NoName, screen
from tests.screening import samples
from tests.screening.conftest import TODAY
from tests.screening.test_folder import lay


def ask(book: Book, name: str, **known: str) -> Answer:
    return screen(name, book=book, today=TODAY, **known)  # type: ignore[arg-type]


def test_the_answer_has_the_shape_that_does_not_change(book: Book) -> None:
    answer = ask(book, "韦尔格拉德理工大学").as_dict()
    (hit,) = answer["hits"]
    assert (list(answer), list(hit), list(hit["reasons"][0])) == (
        ["query", "hits", "searched", "gaps"],
        ["list", "entry_id", "name", "matched_name", "score", "reasons", "legal_effect", "list_date"],
        ["feature", "for", "sv", "en"],
    )
    assert answer["searched"] == [
        {"list": "Seven Sons of National Defence (own compilation)", "date": "2026-11-01", "stale": False},
        {"list": "UK Sanctions List", "date": "2026-09-10", "stale": True},
        {"list": "UN Security Council consolidated list", "date": "2026-11-23", "stale": False},
    ]
    assert [list(gap) for gap in answer["gaps"]] == [["what", "why"]] * len(answer["gaps"])


def test_every_name_of_the_record_is_compared(book: Book) -> None:
    """The question is in Russian, the list has English and Chinese: the register joins them."""
    answer = ask(book, "Велградский политехнический университет")
    assert [(hit.entry_id, [reason.feature for reason in hit.reasons]) for hit in answer.hits] == [
        ("0aaaaaa11", ["same_identifier", "same_name", "other_country", "through_register"])
    ]


def test_an_entry_that_came_through_two_lists_is_shown_once_with_both(book: Book) -> None:
    (hit,) = ask(book, "Velgrad Institute of Propulsion").hits
    assert (hit.listed.key, hit.entry_id, hit.legal_effect, [other.listed.key for other in hit.also]) == (
        "un-sc",
        "XXe.002",
        "binding",
        ["uk-sl"],
    )
    assert hit.reasons[-1].as_dict() == {
        "feature": "also_listed",
        "for": True,
        "sv": "Samma post finns också i Storbritanniens sanktionslista (XXX0001), kopia från 2026-09-10.",
        "en": "The same entry is also in UK Sanctions List (XXX0001), copy of 2026-09-10.",
    }


@pytest.mark.parametrize(
    ("kind", "lists"),
    [
        ("", ["un-sc", "uk-sl"]),
        ("person", ["un-sc", "uk-sl"]),
        ("organisation", []),
        ("vessel", []),
        ("other", []),
    ],
)
def test_a_kind_narrows(book: Book, kind: str, lists: list[str]) -> None:
    assert [hit.listed.key for hit in ask(book, "Testin Exemplov", kind=kind).hits] == lists


def test_only_lists_of_one_legal_effect_are_searched_when_told(book: Book) -> None:
    answer = screen("Testin Exemplov", kind="person", book=book, today=TODAY, only=frozenset({"binding"}))
    assert ([hit.listed.key for hit in answer.hits], [one.key for one in answer.searched]) == (
        ["un-sc"],
        ["un-sc"],
    )


UN, UK, SEVEN = (
    "UN Security Council consolidated list (2026-11-23)",
    "UK Sanctions List (2026-09-10)",
    "Seven Sons of National Defence (own compilation) (2026-11-01)",
)
FRESH, OLD = (
    "Not found on these lists, as of these dates: ",
    "Not found in these dated copies; too old to rely on: ",
)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-09-12", f"{FRESH}{UK}. {OLD}{SEVEN}; {UN}."),  # copies from the future are not trusted
        ("2026-11-24", f"{FRESH}{SEVEN}; {UN}. {OLD}{UK}."),
        ("2036-11-24", f"{OLD}{SEVEN}; {UK}; {UN}."),
    ],
)
def test_what_may_be_said_when_nothing_is_found(book: Book, today: str, words: str) -> None:
    with override("en"):
        answer = screen("Nobody Known", book=book, today=datetime.date.fromisoformat(today))
        assert (answer.hits, answer.words()) == ([], words)


def test_with_a_hit_the_words_tell_that_someone_must_judge(book: Book) -> None:
    with override("en"):
        assert ask(book, "Testin Exemplov").words() == "2 possible hits to judge."


def test_gaps_say_what_was_not_looked_at(book: Book) -> None:
    with override("en"):
        gaps = {str(gap.what): str(gap.why) for gap in ask(book, "VPU").gaps}
    assert gaps["EU consolidated list of financial sanctions"] == "not loaded"
    assert gaps["UK Sanctions List"] == "the copy is of 2026-09-10; too old to rely on"
    assert (
        gaps["who is meant"] == "several organisations may be meant: Velgrad Polytechnic; Fjällby University"
    )
    with override("en"):
        alone = {str(gap.what): str(gap.why) for gap in ask(replace(book, register=None), "VPU").gaps}
    assert (
        alone["Research Organization Registry (ROR)"] == "not loaded: only the name as written was compared"
    )


def test_without_a_list_it_refuses() -> None:
    with pytest.raises(NoList):
        ask(Book(), "Velgrad")


def test_a_name_that_says_nothing_is_never_said_to_be_not_found(book: Book) -> None:
    for name in ("", "???", " - ", "University", "universitetet", "AB", "the", "Ltd"):
        with pytest.raises(NoName):
            ask(book, name)


def test_an_exercise_list_says_nothing_about_anyone() -> None:
    content = Path(index.__file__).parent / "content" / "exercise.jsonl"
    book = index.from_deliveries(folder.find(content).deliveries)
    with override("en"):
        found, nothing = ask(book, "Velgrad Institute of Applied Propulsion"), ask(book, "Nobody Known")
        assert (len(found.hits), len(nothing.hits)) == (1, 0)
        said = "Only an exercise list of invented names was searched: nothing can be said about anyone."
        assert (found.words(), nothing.words()) == (said, said)


def test_of_two_deliveries_that_hold_a_list_the_newer_counts(tmp_path: Path) -> None:
    """The collection is newer than OFAC's own files: its part is a version of the same list."""
    files: dict[str, str | bytes] = {f"own/{name}": content for name, content in samples.SDN.items()}
    lay(tmp_path, {**files, "own/SOURCE.md": "Date of the data: 2021-07-07"})
    lay(tmp_path, {"csl/list.csv": samples.CSL, "csl/SOURCE.md": "Date of the data: 2022-04-21"})
    book = index.from_deliveries(folder.find(tmp_path).deliveries)
    assert [(one.key, str(one.date)) for one in book.searched] == [
        ("us-bis-el", "2022-04-21"),
        ("us-ofac-sdn", "2022-04-21"),
    ]
    assert [hit.entry_id for hit in ask(book, "Testin Exemplov").hits] == ["36"]
    assert ask(book, "Prova S.A.").hits == []  # it stood only in the older copy
