"""`radrum load-content`: organisations, the guidelines and their instruments, as they ship."""

from typing import Any

from django.core.management.base import BaseCommand

from radrum.accounts import load as organisations
from radrum.core.actor import SYSTEM
from radrum.guidance import enact
from radrum.guidance import load as guidelines


class Command(BaseCommand):
    help = "Load the register of organisations and the guidelines with their instruments. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = organisations.load_organisations(SYSTEM, organisations.facts())
        edition = guidelines.put_in_force(SYSTEM, guidelines.content())
        instruments = enact.enact_what_ships(SYSTEM)
        if options["verbosity"]:
            named = ", ".join(str(one) for one in instruments)
            self.stdout.write(f"{count} organisations; edition {edition.key} is in force, with {named}.")
