"""One demo for each data folder: a locked file says where it runs, so that a second start can tell."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


class State:
    """The file of the demo that holds the lock."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, address: str, children: Sequence[int]) -> None:
        """Note where the demo runs, and with which processes."""
        state = {"address": address, "process": os.getpid(), "children": list(children)}
        self.file.write_text(json.dumps(state), encoding="utf-8")

    def read(self) -> dict[str, Any]:
        """What a demo noted; nothing in its first moments."""
        try:
            return dict(json.loads(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[tuple[State, bool]]:
    """The state of this data folder's demo, and whether it is ours to run; afterwards it is empty."""
    state = State(data / "demo.json")
    with state.file.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield state, False
        else:
            try:
                yield state, True
            finally:
                state.file.write_text("", encoding="utf-8")
