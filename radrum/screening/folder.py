"""Find the lists in a file or folder: what each file is, how old it is, and what is no list."""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from radrum.screening import importers
from radrum.screening.importers import ofac
from radrum.screening.record import BrokenList, Delivery, without_collecting

NEVER_LISTS = ("bench", "pairs", "samples")  # parts of names of sub-folders with material for measuring
_ABOUT = {"SOURCE.MD", "LICENSE", "README.MD"}
_DATE_LINE = re.compile(r"^\W*Date of the data\W*:\s*(.+)$", re.MULTILINE | re.IGNORECASE)
_FULL = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_PART = re.compile(r"\b(\d{4})(?:-(\d{2}))?\b")

Say = Callable[[str], None]


@dataclass
class Found:
    """What lay there."""

    deliveries: list[Delivery] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # file, why
    broken: list[BrokenList] = field(default_factory=list)


@without_collecting()
def find(place: Path, *, date: datetime.date | None = None, say: Say = lambda _: None) -> Found:
    """Read every list there; a broken file is refused whole and named with its line."""
    found = Found()
    for files, read in _readable(place, found):
        say(f"reading {files[0].relative_to(place) if place.is_dir() else files[0].name}")
        try:
            deliveries = read()
        except BrokenList as broken:
            broken.file = ", ".join(filter(None, (files[0].name, broken.file)))
            found.broken.append(broken)
            continue
        for delivery in deliveries:
            delivery.files = tuple(file.name for file in files)
            delivery.sha256 = _sha256(files)
            _give_date(delivery, files[0], date)
            found.deliveries.append(delivery)
    return found


def newest(deliveries: list[Delivery]) -> tuple[list[Delivery], list[Delivery]]:
    """The newest copy of each list, and the rest; undated is oldest, of two equally old the fuller counts."""
    best: dict[str, Delivery] = {}
    for delivery in deliveries:
        if delivery.key not in best or _rank(delivery) > _rank(best[delivery.key]):
            best[delivery.key] = delivery
    kept = list(best.values())
    return kept, [delivery for delivery in deliveries if all(delivery is not one for one in kept)]


def _rank(delivery: Delivery) -> tuple[datetime.date, int, int]:
    linked = sum(len(record.relations) + len(record.names) for record in delivery.records)
    return delivery.date or datetime.date.min, len(delivery.records), linked


def _readable(place: Path, found: Found) -> Iterator[tuple[list[Path], Callable[[], list[Delivery]]]]:
    sets: dict[tuple[Path, str], dict[str, Path]] = {}
    for file in _files(place):
        head = _head(file)
        read = importers.reader_of(head)
        if read:
            yield [file], partial(_read_one, file, read)
        elif role := importers.ofac_role(head):
            beside = sets.setdefault((file.parent, _family(file)), {})
            beside[role] = file
        else:
            found.skipped.append((_name(file, place), "not a list"))
    if place.is_file():
        _add_siblings(place, sets)
    for files in sets.values():
        if "primary" not in files:
            found.skipped += [
                (_name(file, place), "belongs to an OFAC list whose main file is missing")
                for file in files.values()
            ]
            continue
        ordered = [files["primary"], *(file for role, file in files.items() if role != "primary")]
        yield ordered, partial(_read_set, files)


def _read_one(file: Path, read: importers.Read) -> list[Delivery]:
    found = read(importers.unpacked(file.read_bytes()))
    return found if isinstance(found, list) else [found]


def _read_set(files: dict[str, Path]) -> list[Delivery]:
    return [ofac.read_set({role: file.read_bytes() for role, file in files.items()})]


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for file in sorted(place.rglob("*")):
        folders = [part.lower() for part in file.relative_to(place).parts[:-1]]
        if any(word in folder for folder in folders for word in NEVER_LISTS):
            continue
        hidden = any(part.startswith(".") for part in file.relative_to(place).parts)
        if file.is_file() and not hidden and file.name.upper() not in _ABOUT:
            yield file


def skipped_folders(place: Path) -> list[str]:
    """The sub-folders that are never lists."""
    if not place.is_dir():
        return []
    return [
        folder.name
        for folder in sorted(place.iterdir())
        if folder.is_dir() and any(word in folder.name.lower() for word in NEVER_LISTS)
    ]


def _name(file: Path, place: Path) -> str:
    return str(file.relative_to(place)) if place.is_dir() else file.name


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return importers.head_of(opened.read(100_000))


def _family(file: Path) -> str:
    """OFAC's two sets may lie in one folder: `cons_prim.csv` and `sdn.csv` with what belongs to each."""
    return "cons" if file.name.lower().startswith("cons") else ""


def _add_siblings(place: Path, sets: dict[tuple[Path, str], dict[str, Path]]) -> None:
    """Given the main file alone, the files beside it belong to it."""
    for (folder, family), files in sets.items():
        if "primary" not in files:
            continue
        for file in sorted(folder.glob("*.csv")):
            role = importers.ofac_role(_head(file)) if file.is_file() and file != place else ""
            if role and role != "primary" and _family(file) == family:
                files.setdefault(role, file)


def _sha256(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


# --- How old it is -------------------------------------------------------------------------------------


def _give_date(delivery: Delivery, file: Path, option: datetime.date | None) -> None:
    """Inside the file, else beside it, else as told, else unknown; never the file's own time."""
    if delivery.date:
        return
    if beside := date_beside(file):
        delivery.date, delivery.date_from = beside, "source_md"
    elif option:
        delivery.date, delivery.date_from = option, "option"
    else:
        delivery.date_from = "unknown"


def date_beside(file: Path) -> datetime.date | None:
    """The line *Date of the data* of the SOURCE.md beside the file.

    Where it gives several dates, the one in the file's name counts, else the one in no other file's name,
    else the oldest. A month or year alone counts from its first day: rather too old than too new.
    """
    about = file.parent / "SOURCE.md"
    line = _DATE_LINE.search(about.read_text(encoding="utf-8", errors="replace")) if about.is_file() else None
    if not line:
        return None
    dates = _dates(line.group(1))
    if len(dates) > 1:
        own = [date for date in dates if date.isoformat() in file.name]
        others = "".join(other.name for other in file.parent.iterdir() if other != file)
        dates = own or [date for date in dates if date.isoformat() not in others] or dates
    return min(dates, default=None)


def _dates(text: str) -> list[datetime.date]:
    found = _FULL.findall(text) or [(year, month or "1", "1") for year, month in _PART.findall(text)]
    dates = []
    for year, month, day in found:
        try:
            dates.append(datetime.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return dates
