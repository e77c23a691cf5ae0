"""`radrum instrument check | draft | enact | withdraw`: what an editor wrote, on its way into force."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.core.actor import SYSTEM
from radrum.core.operation import Refused
from radrum.guidance import enact
from radrum.guidance.models import Instrument
from radrum.guidance.texts import read


class Command(BaseCommand):
    help = "Check an instrument's file, keep it as a draft, put it in force, or withdraw it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["check", "draft", "enact", "withdraw"])
        parser.add_argument(
            "name", help="the file; for enact and withdraw the key, e.g. 03-before-application"
        )
        parser.add_argument("version", nargs="?", default="", help="for enact: which draft")

    def handle(self, *args: Any, what: str, name: str, version: str, **options: Any) -> None:
        try:
            self.stdout.write(self._do(what, name, version))
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _do(self, what: str, name: str, version: str) -> str:
        if what in {"check", "draft"}:
            if not Path(name).is_file():
                raise CommandError(f"There is no file {name}.")
            document = read(Path(name))
            if what == "check":
                enact.check(document)
                return f"{name}: nothing to mend."
            return f"{enact.draft_instrument(SYSTEM, document)} is kept as a draft. Nobody is asked it yet."
        status = Instrument.Status.DRAFT if what == "enact" else Instrument.Status.IN_FORCE
        found = Instrument.objects.filter(key=name, status=status)
        row = found.filter(version=version).first() if version else found.first()
        if row is None:
            kind = "draft" if what == "enact" else "instrument in force"
            raise CommandError(f"There is no {kind} called “{' '.join(filter(None, [name, version]))}”.")
        if what == "enact":
            return f"{enact.put_in_force(SYSTEM, row)} is in force from today."
        return f"{enact.withdraw(SYSTEM, row)} is withdrawn; what was answered to it stays."
