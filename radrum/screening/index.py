"""From the lists in use to files that every process maps: one for the lists, one for the register.

Each process looks whether the file is still the one it mapped; a machine whose file is older than the
database builds it anew. A lock lets one process build while the others go on with what they have.
"""

import datetime
import fcntl
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from radrum.core.actor import SYSTEM
from radrum.core.scope import writing
from radrum.screening import flat
from radrum.screening.engine.build import Listed, build
from radrum.screening.engine.search import Index
from radrum.screening.models import Entry, ListVersion
from radrum.screening.record import Delivery, kind_of, without_collecting
from radrum.screening.sources import source

FORMAT = 3  # one more whenever the engine stores something else
LISTS, REGISTER, EXERCISE = "lists", "register", "exercise"
_WEAK = {
    "former": "former",
    "weak": "weak",
    "original": "original",
    "acronym": "acronym",
    "label": "label",
    "primary": "primary",
}


@dataclass(frozen=True)
class Searched:
    """A list as it was compared."""

    key: str
    sv: str
    en: str
    effect: str
    kind: str
    days: int
    date: datetime.date | None
    entries: int = 0

    @property
    def invented(self) -> bool:
        """An exercise list: nobody on it exists."""
        return self.kind == EXERCISE

    def stale(self, today: datetime.date) -> bool:
        """Too old to rely on."""
        return source(self.key, self.en).stale(self.date, today)

    def as_row(self) -> dict[str, Any]:
        """As it is kept with an answer; `from_row` reads it."""
        return {**asdict(self), "date": self.date.isoformat() if self.date else None}


@dataclass(frozen=True)
class Book:
    """What can be asked: the lists, and the register if there is one."""

    lists: Index | None = None
    searched: list[Searched] = field(default_factory=list)
    register: Index | None = None
    register_list: Searched | None = None


# --- From entries to the engine's plain values ---------------------------------------------------------


def _hosts(identifiers: dict[str, list[str]]) -> set[str]:
    found = {domain.lower() for domain in identifiers.get("domain", [])}
    for website in identifiers.get("website", []):
        host, _, path = website.lower().partition("//")[2].partition("/")
        if not path.strip("/"):  # a page of somebody else's site names nobody
            found.add(host.partition(":")[0].removeprefix("www."))
    return {host for host in found if "." in host}


def _keys(entry: dict[str, Any], *, register: bool) -> list[str]:
    identifiers = entry["identifiers"]
    keys = [
        f"{kind}:{value}"
        for kind in ("un", "ofac", "ofsi", "ror", "imo", "order")
        for value in identifiers.get(kind, [])
    ]
    return keys + ([f"domain:{host}" for host in sorted(_hosts(identifiers))] if register else [])


def as_listed(entry: dict[str, Any], *, register: bool = False) -> Listed:
    """An entry, as its row has it, in the shape the engine takes."""
    keys = _keys(entry, register=register)
    about = {
        "list": entry["part"],
        "id": entry["entry_id"],
        "name": entry["names"][0]["name"],
        "schema": entry["schema"],
        "countries": entry["countries"],
        "keys": keys,
        "url": entry["url"],
        "digest": entry["digest"],
    }
    if register:
        about |= {"names": entry["names"], "status": entry["remark"], "relations": entry["relations"]}
        about["city"] = (entry["identifiers"].get("city") or [""])[0]
    elif entry["effect"]:
        about["effect"] = entry["effect"]
    names = [(name["name"], _WEAK.get(name["kind"], "alias")) for name in entry["names"]]
    return Listed(kind_of(entry["schema"]), names, about, keys)


@without_collecting()
def from_deliveries(deliveries: Iterable[Delivery]) -> Book:
    """A book of lists that were just read, without a database."""
    deliveries = list(deliveries)
    dates: dict[str, tuple[datetime.date, str]] = {}
    for delivery in deliveries:
        for part in {record.part or delivery.key for record in delivery.records}:
            mine = (delivery.date or datetime.date.min, "~" if delivery.key == part else delivery.key)
            dates[part] = max(dates.get(part, mine), mine)
    kept: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    searched: dict[str, Searched] = {}
    for delivery in deliveries:
        is_register = source(delivery.key).kind == REGISTER
        for record in delivery.records:
            part = record.part or delivery.key
            mine = (delivery.date or datetime.date.min, "~" if delivery.key == part else delivery.key)
            if dates[part] == mine:
                about = searched.get(part) or _searched(
                    part, delivery.title, delivery.date, record.legal_effect
                )
                searched[part] = about
                row = {
                    **record.facts(),
                    "part": part,
                    "entry_id": record.entry_id,
                    "effect": record.legal_effect,
                    "digest": "",
                }
                kept[is_register].append(row)
    register = searched.pop("ror", None)
    return Book(
        Index(build(as_listed(row, register=False) for row in kept[False])) if kept[False] else None,
        list(searched.values()),
        Index(build(as_listed(row, register=True) for row in kept[True])) if kept[True] else None,
        register,
    )


def _searched(
    part: str, title: str, date: datetime.date | None, effect: str = "", entries: int = 0
) -> Searched:
    about = source(part, title)
    effect = about.effect if about.known else effect or about.effect
    return Searched(part, about.sv, about.en, effect, about.kind, about.days, date, entries)


# --- From the database to the files --------------------------------------------------------------------


def parts_in_use(versions: Iterable[ListVersion]) -> dict[str, ListVersion]:
    """Of several deliveries that hold one list, the newest counts; of equally new ones, the list's own."""
    best: dict[str, ListVersion] = {}
    for version in versions:
        for part in version.entries.values_list("part", flat=True).distinct():
            known = best.get(part)
            if known is None or _rank(version, part) > _rank(known, part):
                best[part] = version
    return best


def _rank(version: ListVersion, part: str) -> tuple[datetime.date, bool]:
    return version.date or datetime.date.min, version.source.key == part


def _place(what: str) -> Path:
    return Path(settings.DATA) / "index" / f"{what}.idx"


def stamp(versions: Iterable[ListVersion]) -> str:
    """What the index was built from."""
    rows = sorted((version.pk, str(version.date)) for version in versions)
    return hashlib.sha256(json.dumps([FORMAT, rows]).encode()).hexdigest()[:16]


@without_collecting()
def refresh(*, wait: bool = True) -> bool:
    """Build what is older than the database; whether anything was. Or leave it to whoever builds now."""
    with writing(SYSTEM):
        versions = list(ListVersion.objects.filter(in_use=True).select_related("source"))
        groups = {
            LISTS: [version for version in versions if version.source.kind != REGISTER],
            REGISTER: [version for version in versions if version.source.kind == REGISTER],
        }
        built = [what for what, group in groups.items() if _build_if_older(what, group, wait=wait)]
    return bool(built)


def _build_if_older(what: str, versions: list[ListVersion], *, wait: bool) -> bool:
    place, wanted = _place(what), stamp(versions)
    if _stamp_of(place) == wanted or not (versions or place.exists()):
        return False
    with _alone(place, wait=wait or not place.exists()) as alone:
        if not alone or _stamp_of(place) == wanted:  # another process is building, or was quicker
            return False
        used = parts_in_use(versions)
        arrays = build(as_listed(row, register=what == REGISTER) for row in _rows(used))
        flat.write(
            place,
            arrays,
            {"stamp": wanted, "lists": [_about(part, version) for part, version in sorted(used.items())]},
        )
    return True


def _stamp_of(place: Path) -> str:
    try:
        return str(flat.about(place)["stamp"])
    except (OSError, ValueError, KeyError, flat.Unreadable):
        return ""


def _rows(used: dict[str, ListVersion]) -> Iterator[dict[str, Any]]:
    names = (
        "part",
        "entry_id",
        "schema",
        "names",
        "countries",
        "identifiers",
        "relations",
        "url",
        "remark",
        "effect",
        "digest",
    )
    for part, version in sorted(used.items()):
        yield from (
            Entry.objects.filter(version=version, part=part).order_by("pk").values(*names).iterator(5000)
        )


def _about(part: str, version: ListVersion) -> dict[str, Any]:
    own = version.source if version.source.key == part else None
    about = source(part, own.title_en if own else "")
    return {
        "key": part,
        "sv": own.title_sv if own else about.sv,
        "en": own.title_en if own else about.en,
        "effect": own.effect if own else about.effect,
        "kind": about.kind,
        "days": about.days,
        "date": version.date.isoformat() if version.date else None,
        "entries": Entry.objects.filter(version=version, part=part).count(),
    }


@contextmanager
def _alone(place: Path, *, wait: bool) -> Iterator[bool]:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


# --- From the files to the answers ---------------------------------------------------------------------

_open: dict[Path, tuple[tuple[int, int], Index, list[Searched]]] = {}


def _opened(what: str) -> tuple[Index | None, list[Searched]]:
    place = _place(what)
    try:
        found = place.stat()
    except FileNotFoundError:
        return None, []
    mark = (found.st_ino, found.st_mtime_ns)
    known = _open.get(place)
    if known is None or known[0] != mark:
        arrays, about = flat.open_mapped(place)
        lists = [from_row(row) for row in about["lists"]]
        known = _open[place] = (mark, Index(arrays), lists)
    return known[1] if known[2] else None, known[2]


def from_row(row: dict[str, Any]) -> Searched:
    """A list as it was compared, read again."""
    date = datetime.date.fromisoformat(row["date"]) if row["date"] else None
    return Searched(**{**row, "date": date})


def current() -> Book:
    """What this machine has, as it is now in the files."""
    lists, searched = _opened(LISTS)
    register, about = _opened(REGISTER)
    return Book(lists, searched, register, about[0] if about else None)


def in_step() -> Book:
    """As `current`, after bringing this machine's files up to what the database has.

    Lists may have been loaded on another machine. One process builds; meanwhile the others answer from what
    they have, and say its dates.
    """
    refresh(wait=False)
    return current()
