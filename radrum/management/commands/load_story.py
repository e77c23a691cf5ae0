"""`radrum load-story`: fictional people and collaborations, for the demo only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from radrum import story


class Command(BaseCommand):
    help = "Load the demo's fictional organisations, people and collaborations. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The story is for the demo: set RADRUM_DEMO=1. Nothing was loaded.")
        told = story.tell()
        if options["verbosity"]:
            self.stdout.write("The story is loaded." if told else "The story was already there.")
