"""`radrum screen`: compare a name, or a table of names, with the lists."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from radrum.screening import index
from radrum.screening.countries import code
from radrum.screening.management.given import table, what_to_compare_with
from radrum.screening.record import KINDS
from radrum.screening.screen import Answer, Gap, NoList, NoName, screen, title_of

EPILOG = """Exit codes: 0 answered, whether or not anything was found; 1 refused (no list, or the table cannot
be read); 2 wrong use. With --lists nothing but that folder is read. No database is needed."""


class Command(BaseCommand):
    help = f"Compare a name, or a table (columns id,name,kind,country), with the lists. {EPILOG}"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("name", nargs="?", help="the name to look for")
        parser.add_argument("--kind", choices=KINDS, default="", help="absent means all")
        parser.add_argument("--country", default="", help="where the party is: a code or a name")
        parser.add_argument(
            "--input", type=Path, metavar="CSV", help="many names: columns id,name,kind,country"
        )
        parser.add_argument(
            "--lists", type=Path, metavar="DIR", help="compare with the lists in this folder only"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
        parser.add_argument("--json-lines", action="store_true", help="one JSON object a row, `id` first")

    @override("en")  # operators read English; answers carry both languages
    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["name"]) == bool(options["input"]):
            raise CommandError("Give one name, or --input with a table of names.", returncode=2)
        book = what_to_compare_with(options["lists"], self.stderr)
        try:
            if options["input"]:
                for number, row in _answers(options["input"], book, options):
                    self.stdout.write(json.dumps({"id": number, **row.as_dict()}, ensure_ascii=False))
                return
            answer = screen(
                options["name"], kind=options["kind"], country=code(options["country"]), book=book
            )
        except NoName as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except NoList as refused:
            raise CommandError(f"{refused} Load lists first: radrum lists load FOLDER.") from refused
        if options["json"] or options["json_lines"]:
            indent = None if options["json_lines"] else 2
            self.stdout.write(json.dumps(answer.as_dict(), ensure_ascii=False, indent=indent))
        else:
            self.stdout.write(_sentences(answer))


def _answers(place: Path, book: index.Book, options: dict[str, Any]) -> Iterator[tuple[str, Answer]]:
    rows = table(place, column="name")
    for number, row in enumerate(rows, start=1):
        kind = (row.get("kind") or options["kind"]).strip().lower()
        if kind not in (*KINDS, ""):
            raise CommandError(f"{place.name}, row {number}: no kind is called {kind}.", returncode=2)
        country = code(row.get("country") or options["country"])
        try:
            answer = screen(row["name"] or "", kind=kind, country=country, book=book)
        except NoName as refused:  # the other rows are answered all the same
            gap = Gap("the name", str(refused))
            answer = Answer(row["name"] or "", [], [], [gap], timezone.localdate())
        yield row.get("id") or str(number), answer
        if number % 500 == 0:
            print(f"{number} of {len(rows)}", file=sys.stderr)  # noqa: T201  (progress)


def _sentences(answer: Answer) -> str:
    lines = []
    if answer.resolution and answer.resolution.record:
        record = answer.resolution.record
        lines.append(f"{answer.query} is {record.name} (https://ror.org/{record.ror}).")
    lines.append(answer.words())
    for hit in answer.hits:
        date = hit.listed.date.isoformat() if hit.listed.date else "unknown date"
        lines.append(
            f"\n{hit.name}  [{title_of(hit.listed)}, {hit.entry_id}, copy of {date}; "
            f"{hit.legal_effect}; {hit.score:.2f}]"
        )
        lines += [f"  {'+' if reason.speaks_for else '-'} {reason.en}" for reason in hit.reasons]
    lines += ["", *(f"Not searched, or not to be relied on: {gap.what}: {gap.why}." for gap in answer.gaps)]
    return "\n".join(lines).rstrip()
