"""`radrum load-content`: organisations, guidelines, instruments and first pages, as they ship."""

from typing import Any

from django.core.management.base import BaseCommand

from radrum.accounts import load as organisations
from radrum.core.actor import SYSTEM
from radrum.guidance import enact
from radrum.guidance import load as guidelines
from radrum.knowledge import load as pages


class Command(BaseCommand):
    help = "Load organisations, the guidelines with their instruments, and first pages. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = organisations.load_organisations(SYSTEM, organisations.facts())
        edition = guidelines.put_in_force(SYSTEM, guidelines.content())
        instruments = enact.enact_what_ships(SYSTEM)
        added = pages.load_pages(SYSTEM, pages.content())
        if options["verbosity"]:
            named = ", ".join(str(one) for one in instruments)
            self.stdout.write(
                f"{count} organisations; {edition.key} is in force with {named}; {added} new pages."
            )
