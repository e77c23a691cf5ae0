"""`radrum reset-second-factor EMAIL`: for someone who has lost the telephone and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.accounts.models import User
from radrum.accounts.reset import reset_second_factor
from radrum.core.actor import SYSTEM


class Command(BaseCommand):
    help = "Remove a person's second factor and end their sessions. Make sure who is asking before you do it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"No account has the address {email}. Nothing was changed.")
        reset_second_factor(SYSTEM, person)
        self.stdout.write(f"{person.email} sets up a new second factor at the next sign-in.")
