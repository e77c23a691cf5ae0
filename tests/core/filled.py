"""Something to see in every protected table: a test for "sees nothing" first needs it."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from radrum.accounts.invite import invite
from radrum.accounts.keep import keep
from radrum.accounts.models import Membership
from radrum.accounts.substitute import name_substitute
from radrum.cases.anonymise import anonymise
from radrum.cases.attach import attach
from radrum.cases.models import Case
from radrum.cases.opine import give_opinion
from radrum.cases.sort import sort
from radrum.collaborations.agreements.load import import_agreements, mark
from radrum.collaborations.models import Collaboration, Enquiry, ListAlert
from radrum.collaborations.review import review
from radrum.collaborations.share import share
from radrum.community.arrange import arrange
from radrum.community.attend import register
from radrum.core import audit
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import writing
from radrum.monitoring.gather import follow, keep_new
from radrum.monitoring.parse import Entry, Feed
from radrum.screening.models import ListVersion, PersonCheck, Verdict
from tests import factories
from tests.conftest import Act

FJALLBY = ("Fjällby universitet", "institution")
ENTRY = Entry("1", "https://prov.example/1", "Prov", "", None)
DESK = ("Nationella funktionen", "national")
AGENCY = ("Utbytesstyrelsen", "agency")


def fill(act: Act) -> dict[str, Actor]:
    """The whole chain, and what stands beside it; returns who did it."""
    roles = ("researcher", "adviser", "steering", "contact_point", "decision_maker", "organisation_admin")
    people = {role: act(*FJALLBY, role) for role in roles}
    officer = people["officer"] = act(*DESK, "desk_officer")
    asked = factories.asked(people["researcher"], people["adviser"], people["contact_point"])
    expert = people["expert"] = act(*AGENCY, "agency_expert")
    consultation = factories.consulted(factories.triaged(asked, officer), officer, expert)
    give_opinion(expert, consultation, text="Öppna källor räcker.", naming="named")
    sort(officer, asked, topics=["ip"])
    attach(officer, asked, files=[factories.file()])
    factories.answered(asked, officer)
    learned(officer, asked)
    factories.asked_openly()
    with writing(SYSTEM):
        plan = Collaboration.unguarded.get(pk=Enquiry.unguarded.get(case=asked).collaboration_id)
        membership = Membership.unguarded.get(person_id=people["contact_point"].user_id)
    factories.steered(plan, people["adviser"], people["steering"])
    plan = factories.decided(plan, people["decision_maker"])
    review(people["researcher"], plan, note="Det går bra.")
    there = act("Norrby högskola", "institution", "adviser").organisation
    share(
        people["researcher"],
        plan,
        recipient=there,
        audience="advisers",
        subject="Snö",
        chosen=["plan.summary"],
    )
    rows = "Partner;Land;Rubrik\nVelgrads universitet;Serranien;Ramavtal"
    import_agreements(people["adviser"], people["adviser"].organisation, rows=rows, seen=mark(rows))
    keep(people["researcher"], "describe:1", "title=Halva")
    factories.judged(people["researcher"], plan)
    looked_up(people["adviser"])
    people["editor"] = watched_and_arranged(act)
    told_of_a_change(people["researcher"])
    invite(people["organisation_admin"], email="ny@fjallby.example", name="Ny", roles=["adviser"])
    today = timezone.localdate()
    name_substitute(
        people["contact_point"],
        membership,
        substitute=people["adviser"].user,
        starts_on=today,
        ends_on=today + timedelta(days=7),
    )
    with writing(SYSTEM):
        audit.seal()
        assert Case.unguarded.count() == 2
    return people


def watched_and_arranged(act: Act) -> Actor:
    """A meeting for companies with somebody who comes, and an item from a source; returns the editor."""
    editor, guest = act(*DESK, "editor"), act("Övningsbolaget", "company", "researcher")
    begins = timezone.now() + timedelta(days=7)
    fields = {"title_sv": "Prov", "title_en": "Trial", "audience": "kind", "kind": "company"}
    event = arrange(
        editor, starts_at=begins, ends_at=begins + timedelta(hours=1), link="https://mote.example/", **fields
    )
    register(guest, event=event)
    keep_new(SYSTEM, follow(editor, name="Prov"), feed=Feed("Prov", [ENTRY], 0))
    return editor


def learned(officer: Actor, case: Case) -> None:
    """A change proposal that a case has led to."""
    proposal = {"proposal_aspect": "2.1", "proposal_what": "Fråga mer.", "proposal_why": "Det saknas."}
    anonymise(officer, Case.unguarded.get(pk=case.pk), texts=proposal)


def looked_up(adviser: Actor) -> None:
    """A verdict on a hit, and a check of a person."""
    where = {"organisation_id": adviser.organisation_id}
    hit = {"subject": "prov", "list_key": "un-sc", "entry_id": "XXe.1", "entry_digest": "0"}
    with writing(adviser):
        Verdict.unguarded.create(
            **where, **hit, conclusion="unsure", reason="Prov", judged_by_id=adviser.user_id
        )
        PersonCheck.unguarded.create(**where, ground="Prov", checked_by_id=adviser.user_id)


def told_of_a_change(owner: Actor) -> None:
    """An alert about a list."""
    with writing(SYSTEM):
        version = ListVersion.objects.first()
        ListAlert.unguarded.create(
            organisation_id=owner.organisation_id, person_id=owner.user_id, version=version
        )


def protected_tables() -> list[str]:
    """The tables the database itself protects by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity ORDER BY relname")
        return [row[0] for row in cursor.fetchall()]


def rows_in(table: str) -> int:
    """How many rows of the table show."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])
