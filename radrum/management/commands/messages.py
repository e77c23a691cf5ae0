"""`radrum messages update | check | compile`: the Swedish catalogue, without GNU gettext."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum import messages


class Command(BaseCommand):
    help = "Update the Swedish catalogue from the code, check that it is complete, or compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["update", "check", "compile"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "update":
            messages.update()
        elif what == "compile":
            messages.compile_catalogue()
        elif problems := messages.problems():
            raise CommandError("\n".join(problems))
        self.stdout.write(f"Swedish catalogue: {what} done.")
