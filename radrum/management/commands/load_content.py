"""`radrum load-content`: organisations, guidelines and first pages, as they ship with the program."""

from typing import Any

from django.core.management.base import BaseCommand

from radrum.accounts import load as organisations
from radrum.core.actor import SYSTEM
from radrum.guidance import load as guidelines
from radrum.knowledge import load as pages


class Command(BaseCommand):
    help = "Load organisations, the edition of the guidelines and first pages. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = organisations.load_organisations(SYSTEM, organisations.facts())
        edition = guidelines.put_in_force(SYSTEM, guidelines.content())
        added = pages.load_pages(SYSTEM, pages.content())
        if options["verbosity"]:
            self.stdout.write(f"{count} organisations; edition {edition.key} is in force; {added} new pages.")
