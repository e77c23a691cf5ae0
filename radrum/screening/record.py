"""What every importer gives: plain values, the same for all formats.

Citizenship, nationality, place of birth and sex stand in many lists; no importer reads them (product rule 6).
"""

import datetime
import gc
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

KINDS = ("organisation", "person", "vessel", "other")
_KIND = {
    "Organization": "organisation",
    "Company": "organisation",
    "PublicBody": "organisation",
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "other",
    "Vehicle": "other",
    "Thing": "other",
}
_TWO = re.compile(r"\s+/\s+|(?<=[\w)\]]{2})/(?=[\w(]{2})")
_ONE = re.compile(r"\b(?:import|export|and|off)\s*/\s*(?:import|export|or|shore)\b", re.IGNORECASE)
_AS = re.compile(r"\s+[afn]/k/a\s+|\s+[afn]\.k\.a\.?\s+", re.IGNORECASE)


class BrokenList(Exception):
    """The file is damaged or not what it seems; nothing of it is used."""

    def __init__(self, why: str, *, line: int = 0, file: str = "") -> None:
        self.why, self.line, self.file = why, line, file
        super().__init__(why)

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, f"line {self.line}" if self.line else "") if part)
        return f"{place}: {self.why}" if place else self.why


@dataclass(slots=True)
class Record:
    """One entry of a list, or one organisation of a register."""

    entry_id: str
    schema: str
    names: list[dict[str, str]]  # {"name", "kind": primary|alias|weak|former|original|acronym, "lang"?}
    part: str = ""  # the list it comes from, where one file carries several
    reference: str = ""  # what the keeper calls it, if that is another number than `entry_id`
    countries: list[str] = field(default_factory=list)  # ISO 3166, from addresses
    addresses: list[str] = field(default_factory=list)
    identifiers: dict[str, list[str]] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)
    url: str = ""
    remark: str = ""
    listed_on: str = ""
    legal_effect: str = ""  # only where the file itself says it

    def add(self, name: str | None, kind: str = "alias", lang: str = "") -> None:
        """Add a name if it says something new; `A/B` in two languages, and `A f/k/a B`, are two."""
        for text in split_names(name or ""):
            if all(known["name"] != text for known in self.names):
                self.names.append({"name": text, "kind": kind, **({"lang": lang} if lang else {})})

    def facts(self) -> dict[str, Any]:
        """What tells whether the entry has changed."""
        names = ("schema", "names", "countries", "addresses", "identifiers", "relations", "url", "remark")
        return {name: getattr(self, name) for name in names}

    def digest(self) -> str:
        """A fingerprint of the facts: a verdict holds as long as it is the same."""
        text = json.dumps(self.facts(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Delivery:
    """One list as it came: what it is, how old it is, and its entries."""

    key: str
    records: list[Record]
    files: tuple[str, ...] = ()
    sha256: str = ""
    title: str = ""  # for lists we know nothing else about
    date: datetime.date | None = None
    date_from: str = "unknown"

    @property
    def counts(self) -> dict[str, int]:
        """How many entries of each schema."""
        counts: dict[str, int] = {}
        for record in self.records:
            counts[record.schema or "unknown"] = counts.get(record.schema or "unknown", 0) + 1
        return counts


@contextmanager
def without_collecting() -> Iterator[None]:
    """Millions of small objects are made and none is waste; looking for waste takes half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def kind_of(schema: str) -> str:
    """`organisation`, `person`, `vessel` or `other`; empty when the list does not say."""
    return _KIND.get(schema, "")


def split_names(text: str) -> list[str]:
    """One name as its parts: two languages divided by a stroke, or `also known as` inside the cell."""
    if "/" not in text and ".k.a" not in text.lower():  # nearly all
        name = " ".join(text.split()).strip(" ;,")
        return [name] if name.strip(".") else []
    parts = [part for piece in _AS.split(text) for part in _both_languages(" ".join(piece.split()))]
    return [part.strip(" ;,") for part in parts if part.strip(" ;,.")]


def _both_languages(text: str) -> list[str]:
    halves = [half.strip() for half in _TWO.split(text)]
    if len(halves) == 2 and not _ONE.search(text) and all(_is_a_name(half) for half in halves):
        return halves
    return [text]


def _is_a_name(half: str) -> bool:
    """At least two words, and no bracket left open: `IMPORT/EXPORT` and `(Bi/Pyi)` are no two names."""
    return len(half.split()) >= 2 and half.count("(") == half.count(")")
