"""Every page of the chain, as everyone: found (200), forbidden (403), not found (404), or sent to sign-in (302)."""

import re
from typing import Any

import pytest
from django.test import Client

from radrum.core.actor import Actor
from radrum.core.models import Entry
from tests import factories
from tests.cast import CAST, cast
from tests.conftest import Act

# What each sees. `draft` is described but not handed in; `plan` is prepared and asked about, its case triaged and open;
# `secret` is another such plan whose case is restricted to the officer.
# fmt: off
PAGES = {
    "draft":            {"owner": 200},
    "draft describe":   {"owner": 200},
    "draft assess":     {"owner": 200},
    "draft hand-in":    {"owner": 403},
    "plan":             {"owner": 200, "adviser": 200, "steering": 200, "contact": 200, "decider": 200},
    "plan describe":    {"owner": 200, "adviser": 200, "steering": 403, "contact": 403, "decider": 403},
    "plan assess":      {"owner": 200, "adviser": 200, "steering": 403, "contact": 403, "decider": 403},
    "plan prepare":     {"owner": 403, "adviser": 200, "steering": 403, "contact": 403, "decider": 403},
    "plan lift":        {"owner": 403, "adviser": 200, "steering": 403, "contact": 403, "decider": 403},
    "plan steer":       {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403},
    "plan ask":         {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403},
    "plan decide":      {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 200},
    "plan review":      {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403},
    "plan follow-ups":  {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403},
    "plan share":       {"owner": 200, "adviser": 403, "steering": 403, "contact": 200, "decider": 403},
    "plan partner":     {"owner": 200, "adviser": 200, "steering": 200, "contact": 200, "decider": 200},
    "plan partner who": {"owner": 200, "adviser": 200, "steering": 200, "contact": 200, "decider": 200},
    "plan partner hit": {"owner": 200, "adviser": 200, "steering": 200, "contact": 200, "decider": 200},
    "plan pass-on":     {"owner": 200, "adviser": 200, "steering": 403, "contact": 403, "decider": 403},
    "case":             {"owner": 200, "adviser": 200, "steering": 200, "contact": 200, "decider": 200,
                         "officer": 200, "other officer": 200, "lead": 200},
    "case triage":      {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403,
                         "officer": 200, "other officer": 200, "lead": 200},
    "case attach":      {"owner": 403, "adviser": 403, "steering": 403, "contact": 200, "decider": 403,
                         "officer": 200, "other officer": 200, "lead": 200},
    "case consult":     {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403,
                         "officer": 200, "other officer": 200, "lead": 200},
    "case draft":       {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403,
                         "officer": 200, "other officer": 200, "lead": 200},
    "case answer":      {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403,
                         "officer": 200, "other officer": 200, "lead": 200},
    "secret":           {"owner": 200, "adviser": 200, "steering": 200, "contact": 200, "decider": 200,
                         "officer": 200, "lead": 200},
    "secret answer":    {"owner": 403, "adviser": 403, "steering": 403, "contact": 403, "decider": 403,
                         "officer": 200, "lead": 200},
}
LISTS = {
    "/room/":           dict.fromkeys(CAST, 200),
    "/collaborations/": dict.fromkeys(CAST, 200),
    "/collaborations/agreements/": dict.fromkeys(CAST, 200),
    "/collaborations/agreements/export/": dict.fromkeys(CAST, 200),
    "/collaborations/agreements/template/": dict.fromkeys(CAST, 200),
    "/collaborations/agreements/import/": dict.fromkeys(["adviser", "contact", "their adviser", "their contact"], 200),
    "/collaborations/shared/": dict.fromkeys(CAST, 200),
    "/collaborations/new/": dict.fromkeys(
        ["owner", "colleague", "adviser", "steering", "contact", "decider",
         "their contact", "their adviser", "their decider", "their researcher", "their steering"], 200),
    "/desk/":           dict.fromkeys(["officer", "other officer", "lead"], 200),
    "/consultations/":  {"expert": 200},
    "/ask/general/":   dict.fromkeys(CAST, 200),
    "/ask/interference/": {"contact": 200, "their contact": 200},
    "/desk/closed/":    dict.fromkeys(["officer", "other officer", "lead"], 200),
    "/look-up/person/": dict.fromkeys(
        ["adviser", "steering", "contact", "decider", "their adviser", "their steering", "their contact",
         "their decider", "officer", "other officer", "lead", "funder"], 200),
    "/people/":         {"admin": 200, "their admin": 200},
    "/people/invite/":  {"admin": 200, "their admin": 200},
}
# fmt: on


@pytest.fixture
def people(act: Act) -> dict[str, Actor]:
    return cast(act)


@pytest.fixture
def addresses(people: dict[str, Actor]) -> dict[str, str]:
    """The address of each page of the table."""
    who = people
    draft = factories.plan(who["owner"], title="Utkast")
    case = factories.asked(who["owner"], who["adviser"], who["contact"], title="Öppen")
    secret = factories.asked(who["owner"], who["adviser"], who["contact"], title="Hemlig")
    factories.triaged(case, who["officer"])
    factories.triaged(secret, who["officer"], access="restricted")
    plan = factories.plan_of(case)
    start = {"draft": f"/collaborations/{draft.pk}/", "plan": f"/collaborations/{plan.pk}/"}
    hit = factories.looked_up(who["owner"], plan).hits.get()
    parts = {"partner": f"partners/{plan.partners.get().pk}", "hit": f"hits/{hit.pk}"}
    start |= {"case": f"/desk/{case.pk}/", "secret": f"/desk/{secret.pk}/"}
    words = {page: page.split() for page in PAGES}
    return {
        page: start[first] + "".join(f"{parts.get(step, step)}/" for step in rest)
        for page, (first, *rest) in words.items()
    }


def _visit(client: Client, actor: Actor, address: str) -> int:
    client.force_login(actor.user)
    return client.get(address).status_code


def _same(response: Any, address: str) -> str:
    """The page without its own address and without the masked token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode()).replace(
        address, ""
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_each_page_of_the_chain_as_everyone(
    client: Client, people: dict[str, Actor], addresses: dict[str, str]
) -> None:
    seen = {
        page: {name: _visit(client, actor, address) for name, actor in people.items()}
        for page, address in addresses.items()
    }
    expected = {page: {name: PAGES[page].get(name, 404) for name in CAST} for page in PAGES}
    assert seen == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_each_list_as_everyone(client: Client, people: dict[str, Actor]) -> None:
    seen = {page: {name: _visit(client, actor, page) for name, actor in people.items()} for page in LISTS}
    assert seen == {page: {name: LISTS[page].get(name, 403) for name in CAST} for page in LISTS}


@pytest.mark.django_db
def test_nobody_is_sent_to_sign_in_and_learns_nothing(client: Client, addresses: dict[str, str]) -> None:
    there = [*addresses.values(), *(page for page in LISTS if page != "/ask/general/")]
    absent = ["/collaborations/999999/", "/desk/999999/", "/desk/999999/answer/"]
    for address in [*there, *absent]:
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"/account/login/?next={address}",
        )


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_a_foreign_row_and_an_absent_row_answer_alike(
    client: Client, people: dict[str, Actor], addresses: dict[str, str]
) -> None:
    client.force_login(people["their contact"].user)
    foreign, absent = client.get(addresses["plan"]), client.get("/collaborations/999999/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert _same(foreign, addresses["plan"]) == _same(absent, "/collaborations/999999/")


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_what_may_not_be_read_may_not_be_sent_to(
    client: Client, people: dict[str, Actor], addresses: dict[str, str]
) -> None:
    before = Entry.unguarded.filter(outcome="done").count()
    fields = {
        "text": "x",
        "reasons": "x",
        "outcome": "go_ahead",
        "question": "x",
        "subject": "x",
        "step": "send",
    }
    for page, expected in PAGES.items():
        if page in {"draft", "plan", "case", "secret"}:
            continue
        for name, actor in people.items():
            if expected.get(name) == 200:
                continue
            client.force_login(actor.user)
            assert client.post(addresses[page], fields).status_code == expected.get(name, 404)
    read_restricted = Entry.unguarded.filter(verb="case.read").count()
    assert Entry.unguarded.filter(outcome="done").count() - read_restricted == before
