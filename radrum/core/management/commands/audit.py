"""`radrum audit verify | seal`: look after the sealed trail. Exit code 1 when it was rewritten or cut."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.core import audit
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing


class Command(BaseCommand):
    help = "Verify the sealed audit trail, or seal what has been written since the last seal."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *args: Any, what: str, json: bool, **options: Any) -> None:
        if what == "seal":
            with writing(SYSTEM):
                count = audit.seal()
            with writing(SYSTEM):
                audit.export_head()
            self._say(json, {"sealed": count}, f"{count} entries sealed.")
            return
        with writing(SYSTEM):
            verdict = audit.verify()
        found = verdict._asdict()
        sentence = f"{verdict.sealed} sealed entries verified, {verdict.unsealed} not sealed yet."
        self._say(json, found, "\n".join([*verdict.problems, sentence]))
        if verdict.problems:
            raise CommandError("The audit trail has been changed or cut after it was sealed.")

    def _say(self, as_json: bool, values: dict[str, Any], sentence: str) -> None:  # noqa: FBT001
        self.stdout.write(json.dumps(values) if as_json else sentence)
