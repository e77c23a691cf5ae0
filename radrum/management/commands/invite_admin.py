"""`radrum invite-admin EMAIL NAME`: the first person of a new installation, or of an organisation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from radrum.accounts.invite import invite
from radrum.accounts.models import Organisation
from radrum.accounts.roles import Kind, Role
from radrum.core.actor import SYSTEM
from radrum.core.operation import Refused


class Command(BaseCommand):
    help = "Invite an administrator of an organisation (the national function if none is named) by mail."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--organisation", default="national", help="the organisation's key, e.g. uu")
        parser.add_argument("--language", choices=["sv", "en"], default="sv")

    def handle(
        self, *args: Any, email: str, name: str, organisation: str, language: str, **options: Any
    ) -> None:
        where = Organisation.objects.filter(key=organisation).first()
        if where is None:
            raise CommandError(
                f"No organisation has the key “{organisation}”. Run radrum load-content first."
            )
        roles: list[str] = [Role.ORGANISATION_ADMIN]
        if where.kind == Kind.NATIONAL:
            roles.append(Role.SYSTEM_ADMIN)
        try:
            invite(SYSTEM, email=email, name=name, roles=roles, language=language, organisation=where)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{email} is invited to {where}; the worker sends the mail.")
