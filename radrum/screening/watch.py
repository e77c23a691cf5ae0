"""Whom a new version of a list can concern: its changed entries are looked for among the watched names.

The index is made of the change alone, so the work grows with the change and the watched, never with the
lists. What it finds is only a candidate; the comparison with the whole lists decides.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from radrum.core.actor import SYSTEM
from radrum.core.scope import reading
from radrum.screening.engine.build import build
from radrum.screening.engine.search import ALERT, Index, Party
from radrum.screening.index import as_listed
from radrum.screening.models import Change, Entry, ListVersion

GENEROUS = (
    ALERT - 0.2
)  # words weigh more in a small index than in a large one: rather too many than one too few


class Watched(NamedTuple):
    """Somebody to look for: whatever the caller knows them by, and every name of theirs."""

    key: int
    names: Sequence[str]


class Changed(NamedTuple):
    """The entries of a version, as (list, entry): those that came or changed, and those that went."""

    new: frozenset[tuple[str, str]]
    gone: frozenset[tuple[str, str]]


def untold() -> list[ListVersion]:
    """Versions that changed something, about which nobody has been told; the oldest first."""
    found = ListVersion.objects.filter(follows__isnull=False, told_at=None)
    return list(found.select_related("source").order_by("loaded_at", "pk"))


def claim(version: ListVersion) -> bool:
    """Take it on oneself to tell; False when somebody else has. It holds if the transaction does."""
    mine = ListVersion.objects.select_for_update().filter(pk=version.pk, told_at=None).first()
    if mine is None:
        return False
    mine.told_at = timezone.now()
    mine.save(update_fields=["told_at"])
    return True


def changed(version: ListVersion) -> Changed:
    """Which entries came, changed or went."""
    rows = set(version.changes.values_list("what", "part", "entry_id"))
    gone = {(part, entry) for what, part, entry in rows if what == Change.What.REMOVED}
    return Changed(frozenset({(part, entry) for _, part, entry in rows} - gone), frozenset(gone))


def concerned(version: ListVersion, watched: Iterable[Watched]) -> set[int]:
    """Those among the watched whose names are like a name that came, changed or went."""
    index = _of_the_change(version)
    if index is None:
        return set()
    found: dict[tuple[str, ...], bool] = {}
    keys = set()
    for one in watched:
        names = tuple(one.names)
        if names not in found:
            party = Party([(name, "primary") for name in names], "organisation")
            found[names] = bool(index.search(party, threshold=GENEROUS, limit=1))
        if found[names]:
            keys.add(one.key)
    return keys


def _of_the_change(version: ListVersion) -> Index | None:
    with reading(SYSTEM):
        entries = [
            *_entries(version, version.changes.all()),
            *_entries(version.follows, version.changes.all()),
        ]
    return Index(build(as_listed(entry) for entry in entries)) if entries else None


def _entries(version: ListVersion | None, changes: Any) -> list[dict[str, Any]]:
    if version is None:
        return []
    wanted = set(changes.values_list("part", "entry_id"))
    rows: Iterable[Any] = Entry.objects.filter(
        version=version, entry_id__in={entry for _, entry in wanted}
    ).values()
    return [row for row in rows if (row["part"], row["entry_id"]) in wanted]
