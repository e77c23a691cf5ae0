"""`radrum docs update | check`: the parts of docs/ that are made from the code, and .env.example."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.documents import pages


class Command(BaseCommand):
    help = "Make the generated parts of docs/ anew, or check that they are as the code is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["update", "check"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "update":
            changed = pages.update()
            self.stdout.write("\n".join([*changed, f"Made anew: {len(changed)}."]))
            return
        if problems := pages.problems():
            raise CommandError("\n".join([*problems, "Run: radrum docs update"]))
        self.stdout.write("The generated parts of docs/ are as the code is.")
