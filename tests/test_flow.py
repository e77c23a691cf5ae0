"""The story, as the table of `docs/flow.md`: who takes which step, in which module, and what it leaves behind.

Each row is taken for real, by its own person; the audit trail at the end tells exactly that.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.utils import timezone

from radrum.accounts.models import Organisation, User
from radrum.cases.anonymise import anonymise
from radrum.cases.answer import return_statement
from radrum.cases.consult import consult
from radrum.cases.draft import write_draft
from radrum.cases.models import Case, Consultation
from radrum.cases.opine import give_opinion
from radrum.cases.triage import triage
from radrum.collaborations.ask import ask
from radrum.collaborations.assess import assess
from radrum.collaborations.decide import decide
from radrum.collaborations.describe import begin
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.look_again import look_again
from radrum.collaborations.models import ListAlert
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.prepare import prepare
from radrum.collaborations.screen import judge_hit, screen_partner
from radrum.collaborations.show import page
from radrum.core.actor import STRANGER, SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.scope import reading, writing
from radrum.documents.parts import everything_done
from radrum.guidance.models import ChangeProposal
from radrum.guidance.policy import visible_proposals
from radrum.guidance.revise import decide as accept
from radrum.knowledge.edit import publish_page
from radrum.knowledge.models import CaseStudy
from radrum.knowledge.policy import visible_pages
from radrum.programme.figures import quarter_of
from radrum.programme.publish import publish
from tests import factories
from tests.collaborations.lists import ACADEMY, NEWER, OLDER, load
from tests.conftest import Act

FJALLBY = ("Fjällby universitet", "institution")
DESK = ("Nationella funktionen", "national")
PEOPLE = {
    "researcher": (*FJALLBY, "researcher"),
    "adviser": (*FJALLBY, "adviser"),
    "contact point": (*FJALLBY, "contact_point"),
    "decision maker": (*FJALLBY, "decision_maker"),
    "officer": (*DESK, "desk_officer"),
    "second signer": (*DESK, "desk_lead"),
    "editor": (*DESK, "editor"),
    "evaluator": (*DESK, "evaluator"),
    "one agency": ("Övningsmyndigheten", "security_agency", "agency_expert"),
    "another agency": ("Utbytesstyrelsen", "security_agency", "agency_expert"),
}


class Story:
    """One collaboration on its way; a method a step."""

    def __init__(self, act: Act, folder: Path) -> None:
        self.who = {name: act(*place) for name, place in PEOPLE.items()}
        self.folder = folder
        load(folder, OLDER, "older")

    def described(self, actor: Actor) -> None:
        texts = {"title": "Snö", "summary": "Mäta snö.", "worth_doing": "Vattnet räcker längre."}
        partners = [(ACADEMY, "Serranien")]
        self.plan = begin(actor, kind="research", phase="planned", partners=partners, **texts)

    def screened(self, actor: Actor) -> None:
        self.partner = self.plan.partners.get()
        self.screening = screen_partner(actor, self.partner)

    def assessed(self, actor: Actor) -> None:
        assess(actor, self.plan, answers=factories.answers(self.plan), finished=True, version=0)

    def handed_in(self, actor: Actor) -> None:
        hand_in(actor, self.plan)

    def judged(self, actor: Actor) -> None:
        with reading(actor):
            hit = self.screening.hits.get()
        judge_hit(actor, self.partner, hit=hit, conclusion="different", reason="En annan adress.")

    def prepared(self, actor: Actor) -> None:
        prepare(actor, self.plan, text="Gå vidare i två steg.")

    def asked(self, actor: Actor) -> None:
        question = {"subject": "Snö", "question": "Känner ni till något?", "chosen": ["plan.summary"]}
        self.case = ask(actor, self.plan, **question).case

    def triaged(self, actor: Actor) -> None:
        triage(actor, self.case, officer=User.objects.get(pk=actor.user_id))

    def consulted(self, actor: Actor) -> None:
        for name in ("one agency", "another agency"):
            agency = Organisation.objects.get(pk=self.who[name].organisation_id)
            extract = {"question": "Vad vet ni?", "chosen": ["plan.summary"], "due_on": timezone.localdate()}
            consult(actor, Case.unguarded.get(pk=self.case.pk), agency=agency, **extract)

    def given(self, actor: Actor) -> None:
        with writing(SYSTEM):
            mine = Consultation.unguarded.get(agency_id=actor.organisation_id)
        give_opinion(actor, mine, text="Öppna källor räcker.", naming="named")

    def drafted(self, actor: Actor) -> None:
        write_draft(actor, Case.unguarded.get(pk=self.case.pk), text="Detta känner vi till.")

    def returned(self, actor: Actor) -> None:
        return_statement(actor, Case.unguarded.get(pk=self.case.pk))

    def decided(self, actor: Actor) -> None:
        decide(actor, self.plan, outcome="go_ahead", reasons="Nyttan väger tyngst.")

    def anonymised(self, actor: Actor) -> None:
        texts = {"study_title_sv": "Vad andra lärde", "study_body_sv": "De delade det som var öppet."}
        texts |= {"proposal_aspect": "2.1", "proposal_what": "Fråga mer.", "proposal_why": "Det saknades."}
        anonymise(actor, Case.unguarded.get(pk=self.case.pk), texts=texts)

    def published(self, actor: Actor) -> None:
        study = CaseStudy.objects.get(title="Vad andra lärde")
        publish_page(actor, study)
        with writing(actor):
            study.get_latest_revision().publish()

    def accepted(self, actor: Actor) -> None:
        accept(actor, ChangeProposal.unguarded.get(), state="accepted")

    def counted(self, actor: Actor) -> None:
        publish(actor, period=quarter_of(timezone.localdate()).key)

    def changed(self, actor: Actor) -> None:
        load(self.folder, NEWER, "newer")
        look_again()


class Row(NamedTuple):
    """A step of the table."""

    step: Callable[[Story, Actor], None]
    who: str
    module: str
    leaves: dict[str, int]
    trail: list[str]


FLOW = [
    Row(
        Story.described,
        "researcher",
        "collaborations/describe.py",
        {"Collaboration": 1, "Partner": 1},
        ["collaboration.begun"],
    ),
    Row(
        Story.screened,
        "researcher",
        "collaborations/screen.py",
        {"Screening": 1, "Hit": 1},
        ["partner.screened"],
    ),
    Row(
        Story.assessed,
        "researcher",
        "collaborations/assess.py",
        {"Assessment": 1},
        ["collaboration.assessed"],
    ),
    Row(Story.handed_in, "researcher", "collaborations/hand_in.py", {}, ["collaboration.handed_in"]),
    Row(
        Story.judged,
        "adviser",
        "collaborations/screen.py",
        {"PartnerVerdict": 1, "Verdict": 1},
        ["hit.judged", "partner.judged"],
    ),
    Row(Story.prepared, "adviser", "collaborations/prepare.py", {"Advice": 1}, ["collaboration.prepared"]),
    Row(
        Story.asked,
        "contact point",
        "collaborations/ask.py",
        {"Enquiry": 1, "Case": 1, "Dossier": 1},
        ["case.received", "collaboration.asked"],
    ),
    Row(Story.triaged, "officer", "cases/triage.py", {"Handling": 1}, ["case.triaged"]),
    Row(Story.consulted, "officer", "cases/consult.py", {"Consultation": 2}, ["case.consulted"] * 2),
    Row(Story.given, "one agency", "cases/opine.py", {"Opinion": 1}, ["consultation.answered"]),
    Row(Story.given, "another agency", "cases/opine.py", {"Opinion": 1}, ["consultation.answered"]),
    Row(Story.drafted, "officer", "cases/draft.py", {"StatementDraft": 1}, ["statement.drafted"]),
    Row(Story.returned, "second signer", "cases/answer.py", {"Statement": 1}, ["case.answered"]),
    Row(
        Story.decided,
        "decision maker",
        "collaborations/decide.py",
        {"Decision": 1, "FollowUp": 3},
        ["collaboration.decided"],
    ),
    Row(
        Story.anonymised,
        "officer",
        "cases/anonymise.py",
        {"CaseStudy": 1, "ChangeProposal": 1, "Lesson": 2},
        ["page.drafted", "change.proposed", "case.anonymised"],
    ),
    Row(Story.published, "editor", "knowledge/edit.py", {}, ["page.published"]),
    Row(Story.accepted, "editor", "guidance/revise.py", {}, ["change.decided"]),
    Row(
        Story.counted,
        "evaluator",
        "programme/publish.py",
        {"Publication": 1, "Figure": 2},
        ["figures.published"],
    ),
    Row(
        Story.changed,
        "nobody",
        "collaborations/look_again.py",
        {"Screening": 1, "ListAlert": 1},
        ["list.loaded", "list.followed"],
    ),
]
OTHERS = {
    "list.loaded",
    "hit.judged",
    "case.received",
    "page.drafted",
    "change.proposed",
}  # called by the step


def _counts() -> dict[str, int]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("radrum.")]
    kept = [model for model in ours if not model.__name__.endswith("Event") or model.__name__ == "Event"]
    names = {name for row in FLOW for name in row.leaves}
    with writing(SYSTEM):
        return {m.__name__: m._base_manager.count() for m in kept if m.__name__ in names}


@pytest.mark.django_db
def test_the_table_of_the_flow(act: Act, tmp_path: Path) -> None:
    story = Story(act, tmp_path)
    first = Entry.unguarded.count()
    for row in FLOW:
        before, actor = _counts(), story.who.get(row.who, SYSTEM)
        row.step(story, actor)
        now = _counts()
        left = {name: now[name] - before[name] for name in now if now[name] != before[name]}
        assert (row.step.__name__, left) == (row.step.__name__, row.leaves)

    trail = [(entry.verb, entry.person_id) for entry in Entry.unguarded.order_by("pk")[first:]]
    assert trail == [
        (verb, story.who[row.who].user_id if row.who in story.who else None)
        for row in FLOW
        for verb in row.trail
    ]
    _what_its_readers_see(story)


def _what_its_readers_see(story: Story) -> None:
    researcher = story.who["researcher"]
    with reading(researcher):
        shown: dict[str, Any] = page(researcher, visible_collaborations(researcher).get(pk=story.plan.pk))
    assert [step["state"] for step in shown["steps"]] == [*["done"] * 7, "now"]  # the first follow-up
    assert shown["statement"]["text"] == "Detta känner vi till."
    with writing(SYSTEM):
        assert [alert.person_id for alert in ListAlert.unguarded.all()] == [researcher.user_id]
    with reading(STRANGER):
        assert [one.title for one in visible_pages() if one.title == "Vad andra lärde"] == ["Vad andra lärde"]
        assert [one.what for one in visible_proposals(STRANGER)] == ["Fråga mer."]


def test_each_step_is_in_the_module_that_the_table_names() -> None:
    places = {one.verb: one.step.__module__ for one in everything_done()}
    said = {verb: row.module for row in FLOW for verb in row.trail if verb not in OTHERS}
    assert said == {verb: places[verb].removeprefix("radrum.").replace(".", "/") + ".py" for verb in said}
