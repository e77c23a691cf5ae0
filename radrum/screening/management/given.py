"""What an operator gives a command: a table of names, and the lists to compare with."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from radrum.screening import folder, index


def what_to_compare_with(lists: Path | None, stderr: Any) -> index.Book:
    """The loaded lists; or those of a folder, newest copies alone, saying what in it is no list or broken."""
    if lists is None:
        return index.current()
    if not lists.exists():
        raise CommandError(f"There is no {lists}.", returncode=2)
    found = folder.find(lists, say=lambda text: stderr.write(text))
    for name, why in found.skipped:
        stderr.write(f"skipped {name}: {why}")
    for broken in found.broken:
        stderr.write(f"refused {broken}")
    newest, _older = folder.newest(found.deliveries)
    return index.from_deliveries(newest)


def table(place: Path, *, column: str) -> list[dict[str, str]]:
    """The rows of a CSV file with a heading; `column` must be there. Says what is wrong with it."""
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if column not in (reader.fieldnames or []):
                raise CommandError(f"{place.name} has no column called {column}.", returncode=2)
            return list(reader)
    except FileNotFoundError:
        raise CommandError(f"There is no {place}.", returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(f"{place.name} is not UTF-8 text. Save it as UTF-8.", returncode=2) from None
    except (OSError, csv.Error) as error:
        raise CommandError(f"{place.name} cannot be read: {error}") from error
