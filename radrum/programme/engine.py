"""Hide small counts so that no subtraction gives them back, and measure times; plain values in and out.

A count under five is hidden, none included. Whoever subtracts the shown parts from the total gets the sum of
the hidden ones, and must learn no more than that each is under five. So other parts, companions, are hidden
too: in a fixed order, never by size, because "the smallest that was shown" would say how large they are.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

SMALLEST = 5  # a smaller group could point someone out (product rule 8)
ENOUGH_FOR_A_TAIL = 10  # fewer answers, and nine of ten is a single case's time
STEP = 5  # what has not ended is told in steps, so that two looks do not give the difference

SMALL, COMPANION = "small", "companion"


class Breakdown(NamedTuple):
    """A total and its parts as they may be shown; `hidden` says of each hidden part why."""

    total: int | None
    parts: dict[str, int | None]
    hidden: dict[str, str]


def shown(count: int) -> int | None:
    """A count that stands by itself; none when it is too small."""
    return count if count >= SMALLEST else None


def in_steps(count: int) -> int | None:
    """A count that still grows: down to a whole step, none below the first."""
    return shown(count // STEP * STEP)


def broken_down(parts: Mapping[str, int], *, total: int) -> Breakdown:
    """What may be shown of a total and its parts; the last of `parts` become companions first.

    Parts may overlap (a question has several topics); they are hidden as if they did not.
    """
    if total < SMALLEST:
        return Breakdown(None, dict.fromkeys(parts), dict.fromkeys(parts, SMALL))
    hidden = {key: SMALL for key, count in parts.items() if count < SMALLEST}
    left = [key for key in parts if key not in hidden]
    while hidden and left and not _safe([parts[key] for key in hidden]):
        hidden[left.pop()] = COMPANION
    return Breakdown(total, {key: None if key in hidden else count for key, count in parts.items()}, hidden)


def _safe(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden leaves every small one anything from none to four.

    Counted for a reader who knows this rule and which of them are companions (five or more, without limit).
    """
    companions = sum(count >= SMALLEST for count in hidden)
    small, left = len(hidden) - companions, sum(hidden) - SMALLEST * companions
    most = SMALLEST - 1
    return left >= most and (companions > 0 or left <= most * (small - 1))


def median(values: Sequence[int]) -> float | None:
    """The middle value; none when there are too few."""
    if len(values) < SMALLEST:
        return None
    ordered, middle = sorted(values), len(values) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def nine_of_ten(values: Sequence[int]) -> int | None:
    """The time within which at least nine of ten were answered; none when there are too few."""
    if len(values) < ENOUGH_FOR_A_TAIL:
        return None
    at = -(-Fraction(9 * len(values), 10) // 1)  # rounded up
    return sorted(values)[int(at) - 1]
