"""The catalogue: measures, designs, contract terms and contacts that an outcome may propose, one id each.

An entry that older instruments call by another id lists it under `formerly`; both ids lead to the one entry.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from radrum.guidance.instruments import CONTENT
from radrum.guidance.texts import read, untranslated

FOLDER = CONTENT / "catalogue"
KINDS = ("measure", "design", "clause", "contact")
# Words of an entry that come from the closed list `words` of its kind: field, the key in it, the list.
_CLOSED = (
    ("effort", "level", "effort"),
    ("openness", "value", "openness"),
    ("benefit", "effect", "effect"),
    ("risk", "effect", "effect"),
)


def shipped() -> dict[str, Any]:
    """The catalogue as it stands in the files, one file a kind, as one document."""
    head: dict[str, Any] = read(FOLDER / "catalogue.yaml")
    kinds = [read(FOLDER / f"{kind}s.yaml") for kind in head["kinds"]]
    return {**head, "kinds": {kind["kind"]: kind for kind in kinds}}


class Catalogue:
    """A catalogue document with its entries by id."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """By id and by former id, each with its `kind`."""
        found: dict[str, dict[str, Any]] = {}
        for kind, group in self.document["kinds"].items():
            for entry in group["entries"]:
                for key in (entry["id"], *entry.get("formerly", ())):
                    found[key] = {**entry, "kind": kind}
        return found

    def groups(self) -> list[tuple[str, dict[str, Any]]]:
        """The kinds in the order they are read; the database keeps no order of its own."""
        return [(kind, self.document["kinds"][kind]) for kind in KINDS]

    def ids(self, kind: str) -> frozenset[str]:
        """The ids by which entries of the kind may be called."""
        return frozenset(key for key, entry in self.entries.items() if entry["kind"] == kind)


def refusals(document: Mapping[str, Any], aspects: frozenset[str]) -> list[str]:
    """Why the catalogue cannot be used: sentences that name the place. Empty when it can."""
    if document.get("format") != "radrum-catalogue/1" or not document.get("version"):
        return ["the catalogue: format radrum-catalogue/1 and a version are needed"]
    missing = [kind for kind in KINDS if kind not in document.get("kinds", {})]
    if missing:
        return [f"the catalogue: the kind {kind} is missing" for kind in missing]
    shapeless = [
        f"{kind}, entry {number}: an id and a title are needed"
        for kind, group in document["kinds"].items()
        for number, entry in enumerate(group["entries"], start=1)
        if not entry.get("id") or not entry.get("title")
    ]
    return shapeless or [
        *_doubles(document),
        *_unknown(document, aspects),
        *_words(document),
        *(problem for kind, group in document["kinds"].items() for problem in untranslated(group, kind)),
    ]


def _entries(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, group in document["kinds"].items():
        for entry in group["entries"]:
            yield kind, entry


def _doubles(document: Mapping[str, Any]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for kind, entry in _entries(document):
        for key in (entry["id"], *entry.get("formerly", ())):
            place = f"{kind} {entry['id']}"
            if key in seen:
                yield f"{place}: the id {key} is taken by {seen[key]}"
            seen[key] = place


def _unknown(document: Mapping[str, Any], aspects: frozenset[str]) -> Iterator[str]:
    measures = Catalogue(document).ids("measure")
    for kind, entry in _entries(document):
        place = f"{kind} {entry['id']}"
        for missing in sorted(set(entry.get("measures", ())) - measures):
            yield f"{place}: no measure {missing}"
        for missing in sorted(set(entry.get("aspects", ())) - aspects):
            yield f"{place}: no aspect {missing}"
        for missing in sorted(set(entry.get("sources", ())) - set(document.get("sources", {}))):
            yield f"{place}: no source {missing}"


def _words(document: Mapping[str, Any]) -> Iterator[str]:
    for kind, entry in _entries(document):
        words = document["kinds"][kind].get("words", {})
        used = [(name, entry.get(name, {}).get(key), words.get(among, {})) for name, key, among in _CLOSED]
        used += [("dates", date["when"], words.get("when", {})) for date in entry.get("dates", ())]
        for name, word, known in used:
            if word is not None and word not in known:
                yield f"{kind} {entry['id']}: {name} has no word “{word}”"
