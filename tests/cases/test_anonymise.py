"""The gate to the public: written anew passes, what points to the case does not; nothing links back."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override

from radrum.accounts.models import Draft
from radrum.cases.anonymise import StillIdentifies, Unfinished, anonymise
from radrum.cases.models import Case, Lesson
from radrum.cases.opine import give_opinion
from radrum.collaborations.ask import ask
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused
from radrum.core.scope import reading
from radrum.guidance.models import ChangeProposal
from radrum.knowledge.models import CaseStudy, FaqEntry, KnowledgePage
from tests import factories
from tests.cast import CAST, cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]

STUDY = {
    "study_title_sv": "Vem fick se mätvärdena?",
    "study_body_sv": "En grupp ville mäta snö.\n\nDe delade bara det som redan var öppet.",
}
FAQ = {"faq_title_sv": "Får vi dela mätvärden?", "faq_body_sv": "Ja, om de redan är öppna."}
PROPOSAL = {
    "proposal_aspect": "2.1",
    "proposal_what": "Fråga också efter rådata.",
    "proposal_why": "Rådata säger mer än resultat.",
}


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act)


@pytest.fixture
def case(who: dict[str, Actor]) -> Case:
    """Answered, with a partner, a consulted agency and its opinion."""
    plan = factories.prepared(who["owner"], who["adviser"])
    question = "Känner ni till institutet Nordhav? Akt FU 2026/9."
    chosen = ["plan.summary", "plan.partners", "plan.title"]
    asked = ask(who["contact"], plan, subject="Sensordata", question=question, chosen=chosen)
    case = factories.triaged(Case.unguarded.get(pk=asked.case_id), who["officer"], note="Ring Kvist.")
    consultation = factories.consulted(case, who["officer"], who["expert"])
    give_opinion(who["expert"], consultation, text="Vi har sett Bergaholm där.", naming="named")
    return factories.answered(case, who["officer"])


def test_three_texts_become_two_drafts_and_a_proposal(who: dict[str, Actor], case: Case) -> None:
    made = anonymise(who["officer"], case, texts={**STUDY, **FAQ, **PROPOSAL, "aspects": "2.1, 4.2"})
    study, faq = CaseStudy.objects.get(live=False), FaqEntry.objects.get(title=FAQ["faq_title_sv"])
    proposal = ChangeProposal.unguarded.get()
    assert [(one.kind, one.number) for one in made] == [
        ("study", study.pk),
        ("faq", faq.pk),
        ("proposal", proposal.pk),
    ]
    assert (study.live, study.aspects, study.body_sv) == (
        False,
        "2.1, 4.2",
        "<p>En grupp ville mäta snö.</p><p>De delade bara det som redan var öppet.</p>",
    )
    assert (faq.live, proposal.state, proposal.aspect) == (False, "proposed", "2.1")
    assert waiting("send_notice_to_roles")[-1]["notice"] == "draft_waits"
    verbs = Entry.unguarded.order_by("-pk").values_list("verb", "outcome")[:4]
    assert list(verbs) == [
        ("case.anonymised", "done"),
        ("change.proposed", "done"),
        ("page.drafted", "done"),
        ("page.drafted", "done"),
    ]


NAMING = {
    "the asker": "Fjällby",
    "a partner": "Velgrads",
    "a partner's country": "Serraniens",
    "who asked": f"{CAST['contact'][0]} contact",
    "the reference": "RR",
    "a file reference": "FU 2026/9",
    "a name in the question": "Nordhavs",
    "a name in a note": "Kvists",
    "a name in an opinion": "Bergaholms",
    "the agency that was asked": "Övningsmyndighetens",
    "the officer": "officer",
}


@pytest.mark.parametrize("naming", NAMING)
def test_a_text_that_names_what_the_case_names_is_refused_and_nothing_is_stored(
    who: dict[str, Actor], case: Case, naming: str
) -> None:
    word = case.reference if naming == "the reference" else NAMING[naming]
    word = who["officer"].user.email if naming == "the officer" else word
    word = who["contact"].user.email if naming == "who asked" else word
    before, pages = everything(), KnowledgePage.objects.count()
    with pytest.raises(StillIdentifies) as refused:
        anonymise(who["officer"], case, texts={**STUDY, **FAQ, **PROPOSAL, "faq_body_sv": f"Så sade {word}."})
    assert {found.where for found in refused.value.found} == {"faq_body_sv"}
    assert (everything(), KnowledgePage.objects.count()) == (before, pages)
    entry = Entry.unguarded.order_by("-pk").first()
    assert entry
    assert (entry.verb, entry.outcome, entry.reason) == (
        "case.anonymised",
        "refused",
        "StillIdentifies",
    )


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [
        ({}, "one is enough"),
        ({"study_title_sv": "Bara en rubrik"}, "Something is missing"),
        ({**STUDY, "aspects": "9.9"}, "no aspect 9.9"),
        ({**PROPOSAL, "proposal_aspect": "9.9"}, "no aspect 9.9"),
        ({**STUDY, "study_body_sv": "Det var KVALIFICERAT HEMLIG."}, "Security-classified"),
        ({**STUDY, "study_lead_sv": "Person 19811218-9876."}, "personal identity number"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(
    who: dict[str, Actor], case: Case, texts: dict[str, str], refusal: str
) -> None:
    with override("en"), pytest.raises(Refused, match=refusal):
        anonymise(who["officer"], case, texts=texts)


def test_what_is_missing_is_named(who: dict[str, Actor], case: Case) -> None:
    with pytest.raises(Unfinished) as refused:
        anonymise(who["officer"], case, texts={"faq_title_sv": "Får vi?"})
    assert refused.value.field == "faq_body_sv"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [(name, name in {"officer", "other officer", "lead"}) for name in CAST],
)
def test_only_the_desk_anonymises(who: dict[str, Actor], case: Case, name: str, allowed: bool) -> None:
    if allowed:
        assert len(anonymise(who[name], case, texts=STUDY)) == 1
        return
    with pytest.raises(Refused):
        anonymise(who[name], case, texts=STUDY)


def test_a_case_that_is_not_answered_is_not_anonymised(who: dict[str, Actor]) -> None:
    asked = factories.asked(who["owner"], who["adviser"], who["contact"])
    with pytest.raises(Forbidden):
        anonymise(who["officer"], factories.triaged(asked, who["officer"]), texts=STUDY)


def test_the_desk_alone_knows_that_a_case_led_to_something(who: dict[str, Actor], case: Case) -> None:
    anonymise(who["officer"], case, texts=STUDY)
    seen = {}
    for name, actor in who.items():
        with reading(actor):
            seen[name] = Lesson.unguarded.count()
    assert {name for name, number in seen.items() if number} == {"officer", "other officer", "lead"}
    page = signed_in(who["officer"]).get(f"/desk/{case.pk}/").content.decode()
    assert "väntar på en redaktör" in page
    assert "väntar på en redaktör" not in signed_in(who["contact"]).get(f"/desk/{case.pk}/").content.decode()


def test_nothing_that_was_made_has_a_way_back_to_a_case() -> None:
    made = [m for m in apps.get_models() if m._meta.app_label in {"knowledge", "wagtailcore", "guidance"}]
    links = [
        (model.__name__, field.name)
        for model in made
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label == "cases"
    ]
    assert (len(made) > 10, links) == (True, [])


def _post(actor: Actor, case: Case, texts: dict[str, str]) -> Any:
    browser = signed_in(actor)
    author = browser.get(f"/desk/{case.pk}/anonymise/").context["form"].initial["author"]
    return browser.post(f"/desk/{case.pk}/anonymise/", {**texts, "author": author})


def test_the_page_says_which_words_where_and_keeps_what_was_typed(who: dict[str, Actor], case: Case) -> None:
    texts = {**STUDY, "study_body_sv": "Nordhavs mätningar delades."}
    response = _post(who["officer"], case, texts)
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, ["study_body_sv", "__all__"])
    assert form.errors["study_body_sv"] == ["”Nordhavs”: ett namn som står i ärendet."]
    assert "Nordhavs mätningar delades." in response.content.decode()
    assert _post(who["officer"], case, STUDY).status_code == 302
    assert Draft.unguarded.filter(form=f"anonymise:{case.pk}").count() == 0


def test_the_form_begins_empty(who: dict[str, Actor], case: Case) -> None:
    form = signed_in(who["officer"]).get(f"/desk/{case.pk}/anonymise/").context["form"]
    assert {
        name: form[name].value() for name in form.fields if name not in {"author"} and form[name].value()
    } == {}
