"""The story: a question travels from plan to decision, and the audit trail tells exactly that."""

import pytest

from radrum.accounts.models import User
from radrum.cases.anonymise import anonymise
from radrum.cases.answer import return_statement
from radrum.cases.draft import write_draft
from radrum.cases.models import Case
from radrum.cases.opine import give_opinion
from radrum.cases.triage import triage
from radrum.collaborations.ask import ask
from radrum.collaborations.assess import assess
from radrum.collaborations.decide import decide
from radrum.collaborations.describe import begin
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.prepare import prepare
from radrum.collaborations.show import page
from radrum.core.actor import STRANGER
from radrum.core.models import Entry
from radrum.core.scope import reading, writing
from radrum.guidance.models import ChangeProposal
from radrum.guidance.policy import visible_proposals
from radrum.guidance.revise import decide as accept
from radrum.knowledge.edit import publish_page
from radrum.knowledge.models import CaseStudy
from radrum.knowledge.policy import visible_pages
from tests import factories
from tests.conftest import Act

FJALLBY = ("Fjällby universitet", "institution")
DESK = ("Nationella funktionen", "national")


@pytest.mark.django_db
def test_a_question_travels_from_plan_to_decision(act: Act) -> None:
    researcher, adviser = act(*FJALLBY, "researcher"), act(*FJALLBY, "adviser")
    contact_point, decision_maker = act(*FJALLBY, "contact_point"), act(*FJALLBY, "decision_maker")
    officer, second = act(*DESK, "desk_officer"), act(*DESK, "desk_lead")
    expert = act("Övningsmyndigheten", "security_agency", "agency_expert")
    editor = act(*DESK, "editor")
    before = Entry.unguarded.count()

    plan = begin(
        researcher,
        title="Snö",
        kind="research",
        phase="planned",
        summary="Mäta snö.",
        worth_doing="Vattnet räcker längre.",
        partners=factories.PARTNERS,
    )
    assess(researcher, plan, answers=factories.answers(plan), finished=True, version=0)
    hand_in(researcher, plan)
    prepare(adviser, plan, text="Gå vidare i två steg.")
    case = ask(
        contact_point, plan, subject="Snö", question="Känner ni till något?", chosen=["plan.summary"]
    ).case
    triage(officer, case, officer=User.objects.get(pk=officer.user_id))
    consultation = factories.consulted(case, officer, expert)
    give_opinion(expert, consultation, text="Öppna källor räcker.", naming="named")
    write_draft(officer, case, text="Detta känner vi till.")
    return_statement(second, case)
    decide(decision_maker, plan, outcome="go_ahead", reasons="Nyttan väger tyngst.")
    texts = {"study_title_sv": "Vad andra lärde", "study_body_sv": "De delade det som var öppet."}
    texts |= {"proposal_aspect": "2.1", "proposal_what": "Fråga mer.", "proposal_why": "Det saknades."}
    anonymise(officer, Case.unguarded.get(pk=case.pk), texts=texts)
    study, proposal = CaseStudy.objects.get(title="Vad andra lärde"), ChangeProposal.unguarded.get()
    publish_page(editor, study)
    with writing(editor):
        study.get_latest_revision().publish()
    accept(editor, proposal, state="accepted")

    with reading(researcher):
        shown = page(researcher, visible_collaborations(researcher).get(pk=plan.pk))
    assert [step["state"] for step in shown["steps"]] == [*["done"] * 7, "now"]  # the first follow-up
    assert shown["statement"]["text"] == "Detta känner vi till."
    trail = Entry.unguarded.order_by("pk")[before:]
    assert [(entry.verb, entry.person_id) for entry in trail] == [
        ("collaboration.begun", researcher.user_id),
        ("collaboration.assessed", researcher.user_id),
        ("collaboration.handed_in", researcher.user_id),
        ("collaboration.prepared", adviser.user_id),
        ("case.received", contact_point.user_id),
        ("collaboration.asked", contact_point.user_id),
        ("case.triaged", officer.user_id),
        ("case.consulted", officer.user_id),
        ("consultation.answered", expert.user_id),
        ("statement.drafted", officer.user_id),
        ("case.answered", second.user_id),
        ("collaboration.decided", decision_maker.user_id),
        ("page.drafted", officer.user_id),
        ("change.proposed", officer.user_id),
        ("case.anonymised", officer.user_id),
        ("page.published", editor.user_id),
        ("change.decided", editor.user_id),
    ]
    with reading(STRANGER):
        assert [one.title for one in visible_pages() if one.title == "Vad andra lärde"] == ["Vad andra lärde"]
        assert [one.what for one in visible_proposals(STRANGER)] == ["Fråga mer."]
