"""The median of many runs, taken in turn with the yardstick so that both meet the same machine."""

import statistics
import time
from collections.abc import Callable
from typing import Any


def compare(
    name: str, run: Callable[[], Any], yardstick: str, other: Callable[[], Any], *, n: int = 60
) -> dict[str, Any]:
    """One line of output: milliseconds of `run`, and how many times the yardstick that is."""
    ours, theirs = [], []
    for _round in range(n + 5):
        for times, call in ((theirs, other), (ours, run)):
            began = time.perf_counter()
            call()
            times.append((time.perf_counter() - began) * 1000)
    value, base = statistics.median(ours[5:]), statistics.median(theirs[5:])
    return {
        "name": name,
        "ratio": round(value / base, 2),
        "yardstick": yardstick,
        "value": round(value, 2),
        "unit": "ms",
        "n": n,
    }
