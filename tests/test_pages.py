"""Each step of the chain, sent by everyone at the moment it can be taken; and forms with somebody else's ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from radrum.cases.models import Case
from radrum.collaborations import ask as gate
from radrum.collaborations import share
from radrum.collaborations.models import Collaboration, Enquiry, GoalConflict
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.guidance.policy import instruments_on_offer
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]

AT_HOME = "owner adviser steering contact decider"
OPEN = (
    "start",
    "ask",
    "about",
    "accessibility",
    "privacy",
    "guidance:edition",
    "programme:figures",
    "programme:csv",
    "programme:json",
    "community:calendar",
    "community:feed",
    "monitoring:news",
    "monitoring:feed",
)

# The page, when it is tried, who may send it (302), and who sees the matter but may not (403). All others: not found.
# fmt: off
STEPS = [
    ("collaborations:describe", "assessed",   "owner",              ""),
    ("collaborations:describe", "handed_in",  "owner adviser",      "steering contact decider"),
    ("collaborations:describe", "decided",    "",                   AT_HOME),
    ("collaborations:assess",   "assessed",   "owner",              ""),
    ("collaborations:assess",   "handed_in",  "owner adviser",      "steering contact decider"),
    ("collaborations:assess",   "decided",    "",                   AT_HOME),
    ("collaborations:hand_in",  "described",  "",                   "owner"),
    ("collaborations:hand_in",  "assessed",   "owner",              ""),
    ("collaborations:hand_in",  "handed_in",  "",                   AT_HOME),
    ("collaborations:prepare",  "assessed",   "",                   "owner"),
    ("collaborations:prepare",  "handed_in",  "adviser",            "owner steering contact decider"),
    ("collaborations:ask",      "handed_in",  "",                   AT_HOME),
    ("collaborations:ask",      "prepared",   "contact",            "owner adviser steering decider"),
    ("collaborations:ask",      "received",   "",                   AT_HOME),
    ("collaborations:decide",   "handed_in",  "decider",            "owner adviser steering contact"),
    ("collaborations:decide",   "decided",    "",                   AT_HOME),
    ("collaborations:review",   "handed_in",  "",                   AT_HOME),
    ("collaborations:review",   "decided",    "owner adviser",      "steering contact decider"),
    ("collaborations:lift",     "handed_in",  "adviser",            "owner steering contact decider"),
    ("collaborations:lift",     "lifted",     "",                   AT_HOME),
    ("collaborations:steer",    "prepared",   "",                   AT_HOME),
    ("collaborations:steer",    "lifted",     "steering",           "owner adviser contact decider"),
    ("collaborations:move",     "handed_in",  "",                   AT_HOME),
    ("collaborations:move",     "decided",    "owner adviser",      "steering contact decider"),
    ("collaborations:share",    "assessed",   "owner",              ""),
    ("collaborations:share",    "decided",    "owner contact",      "adviser steering decider"),
    ("collaborations:pass_on",  "assessed",   "owner",              ""),
    ("collaborations:pass_on",  "handed_in",  "owner adviser",      "steering contact decider"),
    ("cases:triage",            "received",   "officer lead other officer", AT_HOME),
    ("cases:triage",            "restricted", "officer lead",       AT_HOME),
    ("cases:consult",           "received",   "",                   AT_HOME + " officer lead other officer"),
    ("cases:consult",           "triaged",    "officer lead other officer", AT_HOME),
    ("cases:consult",           "restricted", "officer lead",       AT_HOME),
    ("cases:draft",             "triaged",    "officer lead other officer", AT_HOME),
    ("cases:draft",             "restricted", "officer lead",       AT_HOME),
    ("cases:answer",            "drafted",    "officer lead other officer", AT_HOME),
]
# fmt: on


def _names(text: str) -> set[str]:
    """`officer lead other officer` names three people, `other officer` one."""
    found = {"other officer"} if "other officer" in text else set()
    return found | set(text.replace("other officer", "").split())


class Keys(dict[str, int]):
    """The key in a page's address: the plan's, or the case's."""

    def __missing__(self, page: str) -> int:
        return self[page.partition(":")[0]]


def carried(who: dict[str, Actor], stage: str) -> Keys:
    """Carry a plan so far; the case is there from `received` on."""
    owner, adviser, contact = who["owner"], who["adviser"], who["contact"]
    if stage in {"received", "triaged", "restricted", "drafted"}:
        case = factories.asked(owner, adviser, contact)
        if stage != "received":
            factories.triaged(case, who["officer"], access="restricted" if stage == "restricted" else "open")
        if stage == "drafted":
            factories.drafted(case, factories.second_reader())
        return Keys(cases=case.pk, collaborations=factories.plan_of(case).pk)
    if stage in {"described", "assessed"}:
        return Keys(collaborations=(factories.plan(owner) if stage == "described" else _assessed(owner)).pk)
    plan = factories.handed_in(owner) if stage == "handed_in" else factories.prepared(owner, adviser)
    if stage == "lifted":
        factories.lift(adviser, plan, question="?", conflicts=[("openness", "security", "Rådata.")])
    return Keys(collaborations=(factories.decided(plan, who["decider"]) if stage == "decided" else plan).pk)


def _assessed(owner: Actor) -> Collaboration:
    from radrum.collaborations.assess import assess

    plan = factories.plan(owner)
    assess(owner, plan, answers=factories.answers(plan), finished=True, version=0)
    return plan


def fields_of(page: str, key: int, who: dict[str, Actor]) -> dict[str, Any]:
    """What somebody who may take the step would send."""
    plan = Collaboration.unguarded.filter(pk=key).first()
    begun = getattr(plan, "assessment", None)
    answers: dict[str, Any] = {"version": begun.version if begun else 0}
    if page == "collaborations:assess" and plan and not begun:
        answers |= {"instrument": instruments_on_offer()[0].pk}
    return {
        "collaborations:describe": {
            "title": "Ny",
            "kind": "visit",
            "phase": "planned",
            "summary": "Nytt.",
            "worth_doing": "Nytta.",
            "partner_1": "Velgrad",
            "country_1": "Serranien",
            "version": plan.version if plan else 1,
        },
        "collaborations:assess": answers,
        "collaborations:hand_in": {},
        "collaborations:prepare": {"text": "Råd."},
        "collaborations:ask": {"subject": "Ämne", "question": "Fråga?", "step": "send", "seen": _seen(plan)},
        "collaborations:decide": {"outcome": "go_ahead", "reasons": "Skäl."},
        "collaborations:review": {"note": "Det går.", "measures": "yes", "onward": "continue"},
        "collaborations:lift": {
            "question": "Får vi?",
            "one_1": "openness",
            "other_1": "security",
            "at_stake_1": "Rådata.",
        },
        "collaborations:steer": {
            "text": "Ja.",
            "returns": "on",
            **{f"position_{key}": "both" for key in GoalConflict.unguarded.values_list("pk", flat=True)},
        },
        "collaborations:share": _shared(plan, who),
        "collaborations:move": {"more": "2099-01-01"},
        "collaborations:pass_on": {"to": who["colleague"].user_id},
        "cases:triage": {
            "officer": who["officer"].user_id,
            "kind": "security",
            "access": "open",
            "urgent": "on",
            "version": 1 if Case.unguarded.filter(pk=key, status="triaged") else 0,
        },
        "cases:consult": {
            "agency": who["expert"].organisation_id,
            "question": "Vad vet ni?",
            "due_on": timezone.localdate().isoformat(),
        },
        "cases:draft": {"text": "Svar.", "version": 0},
        "cases:answer": {},
    }[page]


def _seen(plan: Collaboration | None) -> str:
    """The mark of what the preview shows when nothing more than the advice is chosen."""
    return gate.mark("Ämne", "Fråga?", gate.chosen_passages(plan, [])) if plan else ""


def _shared(plan: Collaboration | None, who: dict[str, Actor]) -> dict[str, Any]:
    """The title alone, as it was looked at."""
    there = who["their adviser"].organisation
    fields = {"recipient": there.pk, "audience": "advisers", "subject": "Ämne", "chosen": ["plan.title"]}
    if plan is None:
        return fields
    passages = share.chosen_passages(plan, ["plan.title"])
    return {**fields, "step": "send", "seen": share.mark(there, "advisers", "Ämne", "", passages)}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("stage", sorted({row[1] for row in STEPS}))
def test_each_step_as_everyone(act: Act, stage: str) -> None:
    """Whoever may send it is shown the form; the others change nothing by sending it all the same.

    What the others are shown is the table in `test_access.py`.
    """
    who = cast(act)
    keys = carried(who, stage)
    browsers, before = {name: signed_in(actor) for name, actor in who.items()}, everything()
    expected, found, possible = {}, {}, []
    for page, _stage, may, sees in [row for row in STEPS if row[1] == stage]:
        address, fields = reverse(page, args=[keys[page]]), fields_of(page, keys[page], who)
        allowed, seeing = _names(may), _names(sees)
        expected[page] = {name: 403 if name in seeing else 404 for name in who if name not in allowed}
        found[page] = {name: browsers[name].post(address, fields).status_code for name in expected[page]}
        assert Client().post(address, fields).status_code == 302  # to sign-in
        possible += [(name, address, fields) for name in allowed]
    assert (found, everything()) == (expected, before)
    for name, address, fields in possible:
        with undone():
            shown, sent = browsers[name].get(address), browsers[name].post(address, fields)
            done = (shown.status_code, sent.status_code, everything() != before)
        assert (name, address, *done) == (name, address, 200, 302, True)


@pytest.mark.parametrize("name", OPEN)
def test_a_stranger_reads_what_is_open(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_what_an_operation_refuses_leaves_its_trace_and_the_text(act: Act) -> None:
    """The form was right, the moment was not: said on the page, kept in the form, written in the trail."""
    who = cast(act, "owner", "adviser", "contact", "officer")
    case = factories.answered(
        factories.triaged(factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"]),
        who["officer"],
    )
    before = everything()
    response = signed_in(who["officer"]).post(
        reverse("cases:draft", args=[case.pk]), {"text": "En text till.", "version": 1}
    )
    assert (response.status_code, everything()) == (200, before)
    assert "En text till." in response.content.decode()
    last = Entry.unguarded.last()
    assert (last.verb, last.outcome, last.subject_id, last.person_id) == (
        "statement.drafted",
        "refused",
        str(case.pk),
        who["officer"].user_id,
    )


# --- Somebody else's ids ----------------------------------------------------------------------------


def test_a_case_is_not_handed_to_someone_outside_the_desk(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "officer", "editor", "expert")
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    officer, before = signed_in(who["officer"]), everything()
    for outsider in ("expert", "editor", "owner"):
        fields = {"officer": who[outsider].user_id, "access": "open", "kind": "security", "version": 0}
        response = officer.post(reverse("cases:triage", args=[case.pk]), fields)
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["officer"])
    assert everything() == before


def test_a_passage_of_another_plan_cannot_be_chosen(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact")
    plan, other = (
        factories.prepared(who["owner"], who["adviser"], summary=text) for text in ("Den ena.", "Den andra.")
    )
    foreign = other.advice.get().pk
    browser, before = signed_in(who["contact"]), everything()
    for key in (f"advice.{foreign}", "plan.owner", "answer.nothing"):
        fields = {"subject": "Ämne", "question": "Fråga?", "chosen": [key], "step": "send"}
        response = browser.post(reverse("collaborations:ask", args=[plan.pk]), fields)
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["chosen"])
    assert (everything(), Enquiry.unguarded.count()) == (before, 0)


def test_a_plan_is_not_passed_on_to_another_organisation(act: Act) -> None:
    who = cast(act, "owner", "their researcher", "officer", "admin")
    plan = factories.plan(who["owner"])
    browser, before = signed_in(who["owner"]), everything()
    for outsider in ("their researcher", "officer", "admin"):
        response = browser.post(
            reverse("collaborations:pass_on", args=[plan.pk]), {"to": who[outsider].user_id}
        )
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["to"])
    assert everything() == before


@pytest.mark.parametrize(("language", "word"), [("sv", "Samarbeten"), ("en", "Collaborations")])
def test_the_same_page_in_both_languages(act: Act, language: str, word: str) -> None:
    browser = signed_in(cast(act, "owner")["owner"])
    browser.post(reverse("set_language"), {"language": language, "next": "/collaborations/"})
    page = browser.get("/collaborations/").content.decode()
    assert (f'lang="{language}"' in page, word in page) == (True, True)
