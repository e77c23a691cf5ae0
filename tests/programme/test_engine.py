"""What is hidden cannot be had back: every table of small numbers is tried by a reader who knows the rule."""

from collections import defaultdict
from itertools import product

import pytest

from radrum.programme.engine import broken_down, in_steps, median, nine_of_ten, shown


@pytest.mark.parametrize(("count", "expected"), [(0, None), (1, None), (4, None), (5, 5), (19, 19)])
def test_a_count_under_five_is_not_shown(count: int, expected: int | None) -> None:
    assert shown(count) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10), (15, 15)]
)
def test_what_still_grows_is_told_in_whole_steps(count: int, expected: int | None) -> None:
    assert in_steps(count) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"a": 9, "b": 6}, {"a": 9, "b": 6}),
        ({"a": 9, "b": 6, "c": 4}, {"a": 9, "b": None, "c": None}),  # 19 - 9 - 6 would say 4
        ({"a": 9, "b": 2, "c": 2}, {"a": 9, "b": None, "c": None}),  # four in all: any split is possible
        ({"a": 9, "b": 4, "c": 4}, {"a": None, "b": None, "c": None}),  # eight in two can only be 4 + 4
        ({"a": 9, "b": 0, "c": 0}, {"a": None, "b": None, "c": None}),  # nothing in two can only be 0 + 0
        ({"a": 9, "b": 9, "c": 0, "d": 0}, {"a": 9, "b": None, "c": None, "d": None}),
        ({"a": 2, "b": 2}, {"a": None, "b": None}),
    ],
)
def test_a_small_part_is_hidden_with_what_would_betray_it(
    parts: dict[str, int], expected: dict[str, int | None]
) -> None:
    found = broken_down(parts, total=sum(parts.values()))
    assert found.parts == expected
    assert set(found.hidden) == {key for key, value in expected.items() if value is None}


def test_a_total_under_five_is_not_shown_either() -> None:
    assert broken_down({"a": 3, "b": 1}, total=4).total is None
    assert broken_down({"a": 3, "b": 2}, total=5).total == 5


def test_why_a_part_is_hidden() -> None:
    assert broken_down({"a": 9, "b": 6, "c": 4}, total=19).hidden == {"b": "companion", "c": "small"}


@pytest.mark.parametrize(("parts", "most"), [(2, 40), (3, 24), (4, 15)])
def test_no_hidden_part_can_be_calculated_back(parts: int, most: int) -> None:
    """Every table there is gives its publication; what gives the same publication must differ widely.

    The reader knows the total, the shown parts and the rule itself, so what is left is every table with that
    publication. Each hidden part must still have at least four possible values.
    """
    behind: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for table in product(range(most), repeat=parts):
        published = broken_down(dict(zip("abcd", table, strict=False)), total=sum(table))
        behind[published.total, *published.parts.values()].append(table)
    tried = 0
    for (total, *values), tables in behind.items():
        if isinstance(total, int) and total >= most:
            continue  # larger parts than we made could stand behind it too
        for place, value in enumerate(values):
            if value is None:
                tried += 1
                assert len({table[place] for table in tables}) >= 4, (total, values, tables)
            else:
                assert {table[place] for table in tables} == {value}
                assert isinstance(value, int)
                assert value >= 5
    assert tried > most


def test_topics_overlap_and_are_hidden_all_the_same() -> None:
    found = broken_down({"a": 9, "b": 8, "c": 3}, total=10)  # most questions have two topics
    assert found.parts == {"a": 9, "b": None, "c": None}


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), ([1, 2, 3, 4], None), ([5, 1, 3, 2, 4], 3.0), ([1, 2, 3, 4, 5, 6], 3.5)],
)
def test_median(values: list[int], expected: float | None) -> None:
    assert median(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [(list(range(9)), None), (list(range(1, 11)), 9), (list(range(1, 12)), 10), ([2] * 19 + [90], 2)],
)
def test_nine_of_ten(values: list[int], expected: int | None) -> None:
    assert nine_of_ten(values) == expected
