"""`radrum pass-on FROM TO`: collaborations of someone who has left, to a colleague there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.accounts.models import User
from radrum.collaborations.models import Collaboration
from radrum.collaborations.pass_on import pass_on
from radrum.core.actor import SYSTEM
from radrum.core.operation import Refused
from radrum.core.scope import reading


class Command(BaseCommand):
    help = "Pass every collaboration of one person on to a colleague; for someone who has already left."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("leaver", help="e-mail of the one who has left")
        parser.add_argument("colleague", help="e-mail of the one who takes over")
        parser.add_argument("--organisation", required=True, help="the organisation's key, e.g. uu")

    def handle(self, *args: Any, leaver: str, colleague: str, organisation: str, **options: Any) -> None:
        people = {
            user.email: user for user in User.objects.filter(email__in=[leaver.lower(), colleague.lower()])
        }
        if missing := {leaver.lower(), colleague.lower()} - set(people):
            raise CommandError(f"No account has the address {missing.pop()}. Nothing was changed.")
        with reading(SYSTEM):
            theirs = Collaboration.unguarded.filter(
                owner=people[leaver.lower()], organisation__key=organisation
            )
            plans = list(theirs)
        try:
            for plan in plans:
                pass_on(SYSTEM, plan, to=people[colleague.lower()])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{len(plans)} collaborations passed on to {people[colleague.lower()].email}.")
