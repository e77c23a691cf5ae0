"""`radrum load-content`: the register of organisations and the guidelines, as they ship with the program."""

from typing import Any

from django.core.management.base import BaseCommand

from radrum.accounts import load as organisations
from radrum.core.actor import SYSTEM
from radrum.guidance import load as guidelines


class Command(BaseCommand):
    help = "Load the register of organisations and the edition of the guidelines. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = organisations.load_organisations(SYSTEM, organisations.facts())
        edition = guidelines.put_in_force(SYSTEM, guidelines.content())
        if options["verbosity"]:
            self.stdout.write(f"{count} organisations; edition {edition.key} is in force.")
