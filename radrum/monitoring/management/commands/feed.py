"""`radrum feed parse FILE | load FILE --source KEY | ask`: read a feed, keep its items, ask the sources."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.monitoring import gather
from radrum.monitoring.parse import NotAFeed, parse


class Command(BaseCommand):
    help = (
        "Read a feed from a file and print it as JSON; keep a file's items; or ask all followed sources now."
    )

    def add_arguments(self, parser: Any) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        read = steps.add_parser("parse", help="print what a feed file holds, as JSON; touches no database")
        read.add_argument("file", type=Path)
        load = steps.add_parser("load", help="keep what is new in a feed file, for the editor to judge")
        load.add_argument("file", type=Path)
        load.add_argument("--source", required=True, help="the source's key; made if it is not there")
        steps.add_parser("ask", help="ask every followed source now")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        if step == "ask":
            counts = {key: gather.ask_one(key) for key in gather.to_ask()}
            self.stdout.write(f"{len(counts)} sources asked, {sum(counts.values())} new items.")
            return
        try:
            self._read(step, **options)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.", returncode=2) from None
        except NotAFeed as error:
            raise CommandError(f"{options['file']} is no feed we read. {error}") from None

    def _read(self, step: str, *, file: Path, source: str = "", **options: Any) -> None:
        if step == "load":
            self.stdout.write(f"{gather.read_file(file, key=source)} new items wait for the editor.")
            return
        feed = parse(file.read_bytes())
        answer = {
            "title": feed.title,
            "items": [one.as_dict() for one in feed.entries],
            "left_out": feed.left_out,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
