"""One factory for each thing a test needs, made by the real operations; no surprises."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from radrum.accounts.acting import choices
from radrum.accounts.appoint import give_role
from radrum.accounts.models import Organisation, User
from radrum.cases.answer import return_statement
from radrum.cases.consult import consult
from radrum.cases.draft import write_draft
from radrum.cases.general import receive_general, report_interference
from radrum.cases.models import Case, Consultation
from radrum.cases.triage import triage
from radrum.collaborations.ask import ask
from radrum.collaborations.assess import assess, sheet_of
from radrum.collaborations.decide import decide
from radrum.collaborations.describe import begin
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.models import Collaboration, PartnerVerdict, Screening
from radrum.collaborations.prepare import prepare
from radrum.collaborations.screen import judge_hit, screen_partner
from radrum.collaborations.sheet import Given, Place
from radrum.collaborations.steer import lift, steer
from radrum.core.actor import STRANGER, SYSTEM, Actor
from radrum.core.scope import reading, writing
from radrum.guidance.instruments import allowed_values
from radrum.screening.provide import exercise

PARTNERS = [("Velgrads tekniska universitet", "Serranien")]


def plan(owner: Actor, **fields: Any) -> Collaboration:
    """A described collaboration."""
    given = {
        "title": "Snö som vattenresurs",
        "kind": "research",
        "phase": "planned",
        "summary": "Mäta snö från luften.",
        "worth_doing": "Vattenverken får veta mer.",
        "partners": PARTNERS,
        **fields,
    }
    return begin(owner, **given)


def answers(made: Collaboration, value: str = "unsure", text: str = "Vi vet inte än.") -> dict[Place, Given]:
    """The same answer to every prompt that has one to choose, and the same words to every other."""
    sheet = sheet_of(Collaboration.unguarded.get(pk=made.pk))
    return {
        sheet.place(asked): _answer(sheet.attributes[asked.prompt.attribute], value, text)
        for group in sheet.groups
        for asked in group.asked
    }


def _answer(attribute: dict[str, Any], value: str, text: str) -> Given:
    may = allowed_values(attribute)
    if not may:
        return Given((), text)
    return Given((value if value in may else "not_done" if "not_done" in may else sorted(may)[0],), text)


def handed_in(owner: Actor, **fields: Any) -> Collaboration:
    """A plan that has been assessed and handed in."""
    made = plan(owner, **fields)
    assess(owner, made, answers=answers(made), finished=True, version=0)
    hand_in(owner, made)
    return Collaboration.unguarded.get(pk=made.pk)


def prepared(owner: Actor, adviser: Actor, **fields: Any) -> Collaboration:
    """A plan with the advisory group's advice."""
    made = handed_in(owner, **fields)
    prepare(adviser, made, text="Gå vidare i två steg.")
    return made


def asked(owner: Actor, adviser: Actor, contact_point: Actor, **fields: Any) -> Case:
    """The case of a question that has reached the desk."""
    made = prepared(owner, adviser, **fields)
    enquiry = ask(
        contact_point, made, subject="Sensordata", question="Känner ni till något?", chosen=["plan.summary"]
    )
    return Case.unguarded.get(pk=enquiry.case_id)


def plan_of(case: Case) -> Collaboration:
    """The plan a question was asked about."""
    return Collaboration.unguarded.get(enquiries__case=case)


def triaged(case: Case, officer: Actor, **more: Any) -> Case:
    """A case with an officer."""
    triage(officer, case, **{"officer": officer.user, **more})
    return Case.unguarded.get(pk=case.pk)


def drafted(case: Case, officer: Actor, **more: Any) -> Case:
    """A case whose statement waits for a second reader."""
    write_draft(officer, case, **{"text": "Vi känner till detta.", "not_examined": "Ägarna.", **more})
    return Case.unguarded.get(pk=case.pk)


def answered(case: Case, officer: Actor) -> Case:
    """A case whose statement a second person at the desk has read and returned."""
    drafted(case, officer)
    return_statement(second_reader(), case)
    return Case.unguarded.get(pk=case.pk)


def second_reader() -> Actor:
    """The desk's lead, who reads what others have written."""
    desk = Organisation.objects.get(kind="national")
    agency = Organisation.objects.filter(kind="agency").first()
    email = "second.reader@funktionen.example"
    reader = User.objects.filter(email=email).first() or User.objects.create_user(email, name="Andra läsaren")
    with writing(SYSTEM):
        give_role(reader, desk, "desk_lead", employer=agency)
    return choices(reader)[0]


def consulted(case: Case, officer: Actor, expert: Actor, **more: Any) -> Consultation:
    """An extract at the expert's agency."""
    given = {
        "question": "Känner ni till institutet?",
        "chosen": ["plan.summary"],
        "due_on": timezone.localdate(),
    }
    consultation = consult(officer, case, agency=expert.organisation, **{**given, **more})
    return Consultation.unguarded.get(pk=consultation.pk)


def steered(made: Collaboration, adviser: Actor, steering: Actor) -> Collaboration:
    """A plan that the steering group has given its view on."""
    conflicts = [("openness", "security", "Rådata kan visa mer än snö.")]
    referral = lift(adviser, made, question="Väger nyttan tyngst?", conflicts=conflicts)
    [conflict] = referral.conflicts.all()
    steer(steering, made, text="Ja, med ett annat upplägg.", positions={conflict.pk: "both"})
    return made


def file(name: str = "underlag.txt", data: bytes = b"Ett underlag.") -> SimpleUploadedFile:
    """A file as a form gives it."""
    return SimpleUploadedFile(name, data)


def asked_openly(**more: Any) -> Case:
    """A general question from somebody without an account."""
    given = {"email": "nagon@utanfor.example", "subject": "Mallar", "question": "Finns det en mall?"}
    return receive_general(STRANGER, **{**given, "language": "sv", **more})


def reported(contact_point: Actor, **more: Any) -> Case:
    """Suspected interference, from a contact point."""
    given = {"subject": "Påverkan", "question": "Någon har frågat efter våra lösenord."}
    return report_interference(contact_point, contact_point.organisation, **{**given, **more})


def decided(made: Collaboration, decision_maker: Actor) -> Collaboration:
    """A plan with the institution's decision."""
    decide(decision_maker, made, outcome="go_ahead", reasons="Nyttan väger tyngst.")
    return Collaboration.unguarded.get(pk=made.pk)


def looked_up(actor: Actor, made: Collaboration) -> Screening:
    """The plan's first partner compared with the exercise list, which has something like it."""
    exercise()
    with reading(actor):
        partner = made.partners.first()
    return screen_partner(actor, partner)


def judged(actor: Actor, made: Collaboration) -> PartnerVerdict:
    """A verdict on that partner's hit."""
    screening = looked_up(actor, made)
    with reading(actor):
        partner, hit = made.partners.first(), screening.hits.get()
    return judge_hit(actor, partner, hit=hit, conclusion="unsure", reason="En annan adress.")
