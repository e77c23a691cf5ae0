"""Everyone a page can meet, by what they are to a plan at Fjällby; and what the database holds, to compare."""

from django.db import connection
from django.test import Client

from radrum.accounts.appoint import give_role
from radrum.accounts.models import User
from radrum.core.actor import Actor
from tests.conftest import Act

FJALLBY, SJOBY = ("Fjällby universitet", "institution"), ("Sjöby högskola", "institution")
DESK = ("Nationella funktionen", "national")
AGENCY, FUNDER = ("Övningsmyndigheten", "security_agency"), ("Vetenskapsfonden Nord", "funder")

CAST = {
    "owner": (*FJALLBY, "researcher"),
    "colleague": (*FJALLBY, "researcher"),
    "adviser": (*FJALLBY, "adviser"),
    "steering": (*FJALLBY, "steering"),
    "contact": (*FJALLBY, "contact_point"),
    "decider": (*FJALLBY, "decision_maker"),
    "admin": (*FJALLBY, "organisation_admin"),
    "their researcher": (*SJOBY, "researcher"),
    "their adviser": (*SJOBY, "adviser"),
    "their steering": (*SJOBY, "steering"),
    "their contact": (*SJOBY, "contact_point"),
    "their decider": (*SJOBY, "decision_maker"),
    "their admin": (*SJOBY, "organisation_admin"),
    "officer": (*DESK, "desk_officer"),
    "other officer": (*DESK, "desk_officer"),
    "lead": (*DESK, "desk_lead"),
    "editor": (*DESK, "editor"),
    "evaluator": (*DESK, "evaluator"),
    "expert": (*AGENCY, "agency_expert"),
    "funder": (*FUNDER, "funder_officer"),
}


def cast(act: Act, *names: str) -> dict[str, Actor]:
    """Those named, or everyone."""
    return {name: act(*CAST[name], name=name) for name in names or CAST}


def join(person: User, there: Actor) -> None:
    """Give a person the roles somebody else has in another organisation."""
    for role in there.roles:
        give_role(person, there.organisation, role)


def signed_in(actor: Actor) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def everything() -> dict[str, str]:
    """A fingerprint of each protected table, but for the trail itself: equal when nothing has changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relname !~ '^core_'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{table}\" t"
                for table in tables
            )
        )
        return {table: digest or "" for table, digest in cursor.fetchall()}
