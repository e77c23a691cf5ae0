"""The gate to the desk: a chosen, frozen copy; what was not chosen, and what is written later, stays at home."""

import json
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import override

from radrum.cases.models import Case, Dossier, RegisterNumber
from radrum.cases.receive import digest, receive
from radrum.collaborations.ask import ask, chosen_passages, mark
from radrum.collaborations.assess import assess
from radrum.collaborations.describe import describe
from radrum.collaborations.models import Advice, Answer, Collaboration, Enquiry
from radrum.collaborations.passages import passages
from radrum.collaborations.prepare import prepare
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from radrum.core.scope import reading, writing
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db

FIELDS = ("title", "summary", "worth_doing", "field", "funding")
UNIQUE = {name: f"ord-{name}-slut" for name in FIELDS}
NUMBER = "811218-9876"  # well-formed, and nobody's


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "adviser", "contact", "decider", "officer", "their contact")


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    return factories.prepared(
        who["owner"], who["adviser"], partners=[("ord-partner-slut", "Serranien")], **UNIQUE
    )


def _ask(contact: Actor, plan: Collaboration, *chosen: str, **more: Any) -> Case:
    given = {"subject": "Ämne", "question": "Fråga?", **more}
    return Case.unguarded.get(pk=ask(contact, plan, chosen=list(chosen), **given).case_id)


def _text(case: Case) -> str:
    """Everything the desk holds of the case."""
    rows = [*Case.unguarded.filter(pk=case.pk).values(), *Dossier.unguarded.filter(case=case).values()]
    return json.dumps(rows, default=str, ensure_ascii=False)


# --- What passes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", FIELDS)
def test_the_desk_gets_what_was_chosen_and_the_advice_and_nothing_else(
    who: dict[str, Actor], plan: Collaboration, chosen: str
) -> None:
    case = _ask(who["contact"], plan, f"plan.{chosen}")
    advice = plan.advice.get()
    assert [(p["key"], p["text"]) for p in case.dossier.passages] == [
        (f"plan.{chosen}", UNIQUE[chosen]),
        (f"advice.{advice.pk}", advice.text),
    ]
    held = _text(case)
    assert {name for name, word in UNIQUE.items() if word in held} == {chosen}
    assert ("ord-partner-slut" in held, "Vi vet inte än." in held) == (False, False)
    with reading(who["officer"]):
        assert list(Collaboration.unguarded.all()) == list(Enquiry.unguarded.all()) == []


def test_everything_may_be_chosen_and_what_is_left_out_is_counted(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    possible = passages(plan)
    case = _ask(who["contact"], plan, *[passage.key for passage in possible])
    assert [p["text"] for p in case.dossier.passages] == [passage.text for passage in possible]
    assert (case.dossier.left_out, case.dossier.digest) == (0, digest(case.dossier.passages))
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    again = _ask(who["contact"], plan)
    assert (len(again.dossier.passages), again.dossier.left_out) == (1, len(possible) - 1)


def test_later_edits_stay_at_home(who: dict[str, Actor], plan: Collaboration) -> None:
    answer = next(passage.key for passage in passages(plan) if passage.key.startswith("answer."))
    case = _ask(who["contact"], plan, "plan.summary", answer)
    before, digest_before = _text(case), case.dossier.digest
    changed = {"kind": "visit", "phase": "planned", **dict.fromkeys(FIELDS, "senare")}
    describe(who["owner"], plan, version=1, partners=[], **changed)
    assess(who["owner"], plan, answers=factories.answers(plan, "no", "senare"), finished=True)
    prepare(who["adviser"], plan, text="senare")
    assert (_text(case), digest(Dossier.unguarded.get(case=case).passages)) == (before, digest_before)


def test_all_advice_goes_along_whoever_chooses(who: dict[str, Actor], plan: Collaboration) -> None:
    prepare(who["adviser"], plan, text="Ett råd till.")
    assert [p.text for p in chosen_passages(plan, [])] == ["Gå vidare i två steg.", "Ett råd till."]
    assert [p.required for p in passages(plan) if p.key.startswith("plan.")] == [False] * 7


def test_what_is_empty_is_not_offered(who: dict[str, Actor]) -> None:
    plan = factories.plan(who["owner"], funding=" ", field="")
    keys = [passage.key for passage in passages(plan)]
    assert keys == ["plan.title", "plan.kind", "plan.summary", "plan.worth_doing", "plan.partners"]


def test_it_is_registered_at_once_and_the_trail_says_so(who: dict[str, Actor], plan: Collaboration) -> None:
    before = Entry.unguarded.count()
    case = _ask(who["contact"], plan)
    assert (case.asker, case.asked_by_id, case.on_behalf_of_id, case.status) == (
        plan.organisation,
        who["contact"].user_id,
        who["owner"].user_id,
        "received",
    )
    assert [entry.verb for entry in Entry.unguarded.order_by("pk")[before:]] == [
        "case.received",
        "collaboration.asked",
    ]
    assert waiting("send_notice_to_roles")[-1] == {
        "organisation_id": case.holder_id,
        "roles": ["desk_officer", "desk_lead"],
        "also": [],
        "notice": "case_received",
        "reference": case.reference,
        "path": f"/desk/{case.pk}/",
    }


# --- What does not pass -----------------------------------------------------------------------------


def _refused(contact: Actor, plan: Collaboration, *chosen: str, **more: Any) -> None:
    before, jobs = everything(), len(waiting())
    with pytest.raises(Refused):
        _ask(contact, plan, *chosen, **more)
    assert (everything(), len(waiting())) == (before, jobs)
    last = Entry.unguarded.last()
    assert (last.verb, last.outcome, last.reason) == ("collaboration.asked", "refused", "Refused")


@pytest.mark.parametrize("key", ["plan.owner", "advice.0", "answer.", ""])
def test_nothing_but_a_passage_of_the_plan_can_be_chosen(
    who: dict[str, Actor], plan: Collaboration, key: str
) -> None:
    _refused(who["contact"], plan, "plan.summary", key)


@pytest.mark.parametrize(
    "bad", ["Bilagan är HEMLIG.", "kvalificerat hemlig", f"Hon har {NUMBER}.", "EU SECRET"]
)
@pytest.mark.parametrize("place", ["subject", "question", "plan.summary", "advice", "answer"])
def test_markings_and_identity_numbers_stop_it_wherever_they_stand(
    who: dict[str, Actor], bad: str, place: str
) -> None:
    owner, adviser, contact = who["owner"], who["adviser"], who["contact"]
    plan = factories.handed_in(owner)
    prepare(adviser, plan, text="Råd.")
    with writing(SYSTEM):  # the steps before this one would have stopped it
        Collaboration.unguarded.filter(pk=plan.pk).update(summary=bad if place == "plan.summary" else "Snö.")
        Answer.unguarded.update(text=bad if place == "answer" else "Vi vet inte än.")
        Advice.unguarded.update(text=bad if place == "advice" else "Råd.")
    plan = Collaboration.unguarded.get(pk=plan.pk)
    key = next(passage.key for passage in passages(plan) if passage.key.startswith("answer."))
    _refused(contact, plan, "plan.summary", key, **({place: bad} if place in {"subject", "question"} else {}))


def test_what_stays_at_home_is_not_read_for_markings(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"])
    with writing(SYSTEM):
        Collaboration.unguarded.filter(pk=plan.pk).update(summary=f"HEMLIG, {NUMBER}")
    plan = Collaboration.unguarded.get(pk=plan.pk)
    case = _ask(who["contact"], plan, "plan.title")
    assert (NUMBER in _text(case), "HEMLIG" in _text(case)) == (False, False)


@pytest.mark.usefixtures("_relaxed")
def test_the_page_says_what_stops_it_keeps_the_text_and_shows_what_would_be_sent(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    browser, address = signed_in(who["contact"]), reverse("collaborations:ask", args=[plan.pk])
    form = {"subject": "Ämne", "question": "Är det HEMLIG?", "chosen": ["plan.summary"], "step": "send"}
    stopped = browser.post(address, form)
    assert (stopped.status_code, Enquiry.unguarded.count()) == (200, 0)
    assert stopped.context["form"]["question"].value() == "Är det HEMLIG?"
    assert len(stopped.context["form"].non_field_errors()) == 1
    shown = browser.post(address, {**form, "question": "Fråga?", "step": "show"})
    preview = shown.context["preview"]
    assert (next(passage.key for passage in preview["passages"]), Enquiry.unguarded.count()) == (
        "plan.summary",
        0,
    )
    assert preview["left_out"] == len(passages(plan)) - 2
    for unseen in ({}, {"seen": "0" * 64}):  # what nobody has looked at is shown, not sent
        assert browser.post(address, {**form, "question": "Fråga?", **unseen}).status_code == 200
    assert Enquiry.unguarded.count() == 0
    assert browser.post(address, {**form, "question": "Fråga?", "seen": preview["seen"]}).status_code == 302
    assert Enquiry.unguarded.count() == 1


def test_who_cannot_ask_and_when(who: dict[str, Actor], plan: Collaboration) -> None:
    unprepared = factories.handed_in(who["owner"])
    for name, matter, error in (
        ("owner", plan, Forbidden),
        ("adviser", plan, Forbidden),
        ("decider", plan, Forbidden),
        ("contact", unprepared, Forbidden),
        ("their contact", plan, Unseen),
        ("officer", plan, Unseen),
    ):
        with pytest.raises(error):
            _ask(who[name], matter)
    _ask(who["contact"], plan)
    with pytest.raises(Forbidden):
        _ask(who["contact"], plan)
    factories.decided(plan, who["decider"])
    with pytest.raises(Forbidden):
        _ask(who["contact"], plan)
    assert Enquiry.unguarded.count() == 1


# --- The register -----------------------------------------------------------------------------------


def test_the_register_has_no_gaps_whatever_fails(who: dict[str, Actor]) -> None:
    """Refused before, failed in the same step after the number was taken, and refused by the outer step."""
    owner, adviser, contact = who["owner"], who["adviser"], who["contact"]
    references = [_ask(contact, factories.prepared(owner, adviser)).reference]
    with pytest.raises(Refused):
        _ask(contact, factories.prepared(owner, adviser), question="HEMLIG")
    with pytest.raises(IntegrityError):
        receive(
            contact,
            contact.organisation,
            subject="s",
            question="q",
            passages=[],
            left_out=-1,
            on_behalf_of=owner.user,
        )
    plan = factories.prepared(owner, adviser)
    with pytest.raises(TypeError):  # the case is registered inside, then the step that holds it falls
        ask(contact, plan, subject="s", question="q", chosen=[], unknown=True)  # type: ignore[call-arg]
    references.append(_ask(contact, plan).reference)
    references.append(_ask(contact, factories.prepared(owner, adviser)).reference)
    year = RegisterNumber.unguarded.get()
    assert references == [f"RR {year.year}/{n:04d}" for n in (1, 2, 3)]
    assert year.last == 3


def test_what_was_changed_after_it_was_looked_at_is_not_sent(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    """It could not be taken back (TF 2:9)."""
    looked_at = mark("Ämne", "Fråga?", chosen_passages(plan, ["plan.summary"]))
    given = {**dict.fromkeys(FIELDS, "senare"), "kind": "visit", "phase": "planned"}
    describe(who["owner"], plan, version=1, partners=[], **given)
    before = everything()
    for more in ({}, {"question": "En annan?"}, {"subject": "Annat"}):
        with pytest.raises(Stale):
            _ask(who["contact"], plan, "plan.summary", seen=looked_at, **more)
    assert everything() == before
    plan = Collaboration.unguarded.get(pk=plan.pk)
    now = mark("Ämne", "Fråga?", chosen_passages(plan, ["plan.summary"]))
    assert _ask(who["contact"], plan, "plan.summary", seen=now).dossier.passages[0]["text"] == "senare"


def test_the_desk_reads_swedish_whatever_the_sender_reads(who: dict[str, Actor], plan: Collaboration) -> None:
    with override("en"):
        labels = [passage.label for passage in passages(plan)]
    with override("sv"):
        assert [passage.label for passage in passages(plan)] == labels
