"""`radrum resolve`: which organisation of the register a name, domain or affiliation means."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from radrum.screening import index
from radrum.screening.countries import code
from radrum.screening.management.given import table, what_to_compare_with
from radrum.screening.resolve import ASK, CERTAIN, Resolution, resolve

EPILOG = """Exit codes: 0 answered, also when nothing fits; 1 refused (no register is loaded, or the file
cannot be read); 2 wrong use."""


class Command(BaseCommand):
    help = f"Find who is meant in ROR, or in a table (columns id,text[,country]). {EPILOG}"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "text", nargs="?", metavar="NAME", help="a name in any language, acronym, domain or ROR id"
        )
        parser.add_argument("--country", default="", help="where the organisation is: a code or a name")
        parser.add_argument("--input", type=Path, metavar="CSV", help="many: columns id,text[,country]")
        parser.add_argument(
            "--lists", type=Path, metavar="DIR", help="use the register in this folder, no database"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
        parser.add_argument("--json-lines", action="store_true", help="one JSON object a row, `id` first")

    @override("en")  # operators read English; answers carry both languages
    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["text"]) == bool(options["input"]):
            raise CommandError("Give one name, or --input with a table.", returncode=2)
        book = what_to_compare_with(options["lists"], self.stderr)
        if book.register is None:
            raise CommandError("No register is loaded. Load one first: radrum lists load FOLDER.")
        if options["input"]:
            self._table(options["input"], book)
            return
        found = resolve(book.register, options["text"], country=code(options["country"]))
        if options["json"] or options["json_lines"]:
            indent = None if options["json_lines"] else 2
            self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=indent))
        else:
            self.stdout.write(_sentence(found))

    def _table(self, place: Path, book: index.Book) -> None:
        rows = table(place, column="text")
        for number, row in enumerate(rows, start=1):
            found = resolve(book.register, row["text"] or "", country=code(row.get("country") or ""))
            answer = {"id": row.get("id") or str(number), **found.as_dict()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _sentence(found: Resolution) -> str:
    if found.certainty == CERTAIN and found.record:
        where = ", ".join(filter(None, (found.record.city, *found.record.countries)))
        return f"{found.record.name}, {where}: https://ror.org/{found.record.ror}"
    if found.certainty == ASK:
        rows = [
            f"  {one.name}, {', '.join(one.countries)}: https://ror.org/{one.ror}" for one in found.candidates
        ]
        return "\n".join(["Several may be meant:", *rows])
    return "No organisation in the register is called that."
