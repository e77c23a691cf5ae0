"""Arrays in one file that any number of processes map; replaced in one step, so nobody reads half of it."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from radrum.screening.engine.build import Arrays

_MAGIC, _ALIGN = b"rrflat01", 64


class Unreadable(Exception):
    """The file is not one of ours, or not whole."""


def write(place: Path, arrays: Arrays, about: dict[str, Any]) -> None:
    """Write the arrays beside the file, then put them in its place."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    table: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        table[name] = (str(array.dtype), len(array), at)
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    head = json.dumps({"about": about, "arrays": table, "bytes": at}, ensure_ascii=False).encode()
    start = -(-(16 + len(head)) // _ALIGN) * _ALIGN
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        for name, array in arrays.items():
            file.seek(start + table[name][2])
            file.write(np.ascontiguousarray(array).tobytes())
        file.truncate(start + at)
    Path(file.name).chmod(0o600)
    os.replace(file.name, place)  # noqa: PTH105  (in one step, over the old one)


def about(place: Path) -> dict[str, Any]:
    """What was written about the arrays, without mapping them."""
    found: dict[str, Any] = _head(place)[0]["about"]
    return found


def _head(place: Path) -> tuple[dict[str, Any], int]:
    with place.open("rb") as file:
        magic, length = file.read(8), int.from_bytes(file.read(8), "little")
        if magic != _MAGIC or length > 1_000_000:
            raise Unreadable(place.name)
        head = json.loads(file.read(length))
    start = -(-(16 + length) // _ALIGN) * _ALIGN
    if place.stat().st_size != start + head["bytes"]:
        raise Unreadable(place.name)
    return head, start


def open_mapped(place: Path) -> tuple[Arrays, dict[str, Any]]:
    """The arrays, mapped read-only, and what was written about them."""
    head, start = _head(place)
    whole = np.memmap(place, np.uint8, "r")
    arrays: Arrays = {}
    for name, (kind, length, at) in head["arrays"].items():
        size = length * np.dtype(kind).itemsize
        arrays[name] = np.asarray(whole[start + at : start + at + size]).view(kind)
    return arrays, head["about"]
