"""`radrum lists load | fetch | status`: load official lists, and see how old each is.

It stands in the composition root because loading goes on upwards: plans whose partners a change concerns.
"""

import datetime
import json
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from radrum.collaborations.look_again import look_again
from radrum.collaborations.models import ListAlert
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing
from radrum.screening import lists
from radrum.screening.fetch import TOTAL, fetch
from radrum.screening.models import ListVersion

EPILOG = """Exit codes: 0 done (files that are no list are skipped by name); 1 at least one list was broken
and refused, the others were loaded and its old version stays in use; 2 wrong use."""
FETCHED = """Exit codes: 0 at least one list was fetched and none was broken; 1 none could be reached, or one
was broken; what was in use before stays in use."""


class Command(BaseCommand):
    help = f"Load lists from a file or folder, or show how they stand. {EPILOG}"

    def add_arguments(self, parser: Any) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        load = steps.add_parser("load", help="load every list in a file or folder", epilog=EPILOG)
        load.add_argument("place", type=Path, metavar="DIR|FILE")
        load.add_argument(
            "--date", type=datetime.date.fromisoformat, help="how old the data are, where nothing says it"
        )
        load.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
        get = steps.add_parser("fetch", help="fetch the official lists from their keepers", epilog=FETCHED)
        get.add_argument("--seconds", type=float, default=TOTAL, help=f"how long in all ({TOTAL:.0f})")
        get.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
        status = steps.add_parser("status", help="which lists are in use, and how old", epilog=EPILOG)
        status.add_argument("--json", action="store_true", help="a JSON array instead of sentences")

    @override("en")  # operators read English; answers carry both languages
    def handle(self, *args: Any, step: str, **options: Any) -> None:
        if step == "load":
            self._load(**options)
        elif step == "fetch":
            self._fetch(**options)
        else:
            self._status(**options)

    def _load(self, place: Path, date: datetime.date | None, **options: Any) -> None:
        if not place.exists():
            raise CommandError(f"There is no {place}.", returncode=2)
        began = time.monotonic()

        def say(text: str) -> None:
            print(f"{time.monotonic() - began:5.1f} s  {text}", file=sys.stderr)  # noqa: T201  (progress)

        report = lists.load_place(SYSTEM, place, date=date, say=say)
        with writing(SYSTEM):
            rows = [_row(version) for version in report.loaded]
            same = [_row(version) for version in report.unchanged]
        told = look_again()
        seconds = round(time.monotonic() - began, 1)
        if options["json"]:
            answer = {**_as_json(report, rows, same, seconds), **_told(told)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._say(report, rows, same, seconds)
            if told:
                self.stdout.write(
                    "partners concerned: {partners}; owners told: {owners}".format(**_told(told))
                )
        if report.broken:
            raise CommandError(
                f"{len(report.broken)} broken, refused whole; what was in use before stays in use."
            )

    def _fetch(self, seconds: float, **options: Any) -> None:
        place = Path(settings.DATA) / "lists" / "fetched"
        got = fetch(place, today=timezone.localdate(), total=seconds)
        for title in got.came:
            self.stderr.write(f"fetched {title}")
        for title, why in got.missed.items():
            self.stderr.write(f"not fetched: {title}: {why}")
        if not got.came:
            raise CommandError("No keeper could be reached. What was in use before stays in use.")
        self._load(place, None, **options)

    def _say(
        self, report: lists.Report, rows: list[dict[str, Any]], same: list[dict[str, Any]], seconds: float
    ) -> None:
        for row in rows:
            self.stdout.write(f"loaded {row['list']}: {row['entries']} entries, {_dated(row)}{_changed(row)}")
        for row in same:
            self.stdout.write(f"unchanged {row['list']}: {row['entries']} entries, {_dated(row)}")
        for text in report.older:
            self.stdout.write(f"not used: {text}")
        for name in report.folders:
            self.stdout.write(f"skipped {name}/: holds no lists")
        for name, why in report.skipped:
            self.stdout.write(f"skipped {name}: {why}")
        for broken in report.broken:
            self.stdout.write(f"refused {broken}")
        count = len(
            [version for version in [*report.loaded, *report.unchanged] if version.source.kind != "register"]
        )
        many = "1 list" if count == 1 else f"{count} lists"
        self.stdout.write(f"{many} with {report.entries} entries, the register apart, in {seconds} s.")

    def _status(self, **options: Any) -> None:
        rows = lists.status()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            old = "too old to rely on" if row["stale"] else "fresh"
            law = row["legal_effect"] + ("" if row["confirmed"] else " (not confirmed by a lawyer)")
            self.stdout.write(f"{row['list']}: {row['entries']} entries, {_dated(row)}, {old}, {law}")
            for part in row["superseded"]:
                self.stdout.write(f"  {part}: a newer copy came with another list")
        if not rows:
            self.stdout.write("No list is loaded.")


def _told(alerts: list[ListAlert]) -> dict[str, int]:
    return {
        "partners": sum(len(one.partners) for one in alerts),
        "owners": len({a.person_id for a in alerts}),
    }


def _row(version: ListVersion) -> dict[str, Any]:
    changes = lists.changes_of(version) if version.in_use and version.follows_id else {}
    return {
        "list": version.source.title_en,
        "key": version.source.key,
        "date": version.date.isoformat() if version.date else None,
        "date_from": version.date_from,
        "entries": version.total,
        "in_use": version.in_use,
        "changes": changes,
    }


def _dated(row: dict[str, Any]) -> str:
    return f"of {row['date']}" if row["date"] else "of unknown date"


def _changed(row: dict[str, Any]) -> str:
    if not row["in_use"]:
        return "; older than the copy in use, kept but not used"
    if not row["changes"]:
        return ""
    said = [f"{len(ids)} {what}" for what, ids in row["changes"].items()]
    named = "".join(
        f"\n  {what}: {', '.join(sorted(ids))}"
        for what, ids in row["changes"].items()
        if ids and what != "changed"
    )
    return f"; {', '.join(said)}{named}"


def _as_json(
    report: lists.Report, rows: list[dict[str, Any]], same: list[dict[str, Any]], seconds: float
) -> dict[str, Any]:
    return {
        "loaded": rows,
        "unchanged": same,
        "older": report.older,
        "skipped": [{"file": name, "why": why} for name, why in report.skipped],
        "folders_skipped": report.folders,
        "broken": [str(broken) for broken in report.broken],
        "entries": report.entries,
        "seconds": seconds,
    }
