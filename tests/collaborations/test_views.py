"""The institution's list, and one plan as one page, at the same cost however long the list is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
LIST = "/collaborations/"


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "adviser", "contact", "decider", "officer", "their researcher")


def _decided(who: dict[str, Actor], title: str) -> Collaboration:
    return factories.decided(factories.prepared(who["owner"], who["adviser"], title=title), who["decider"])


def test_the_list_says_where_each_plan_stands(who: dict[str, Actor]) -> None:
    factories.plan(who["owner"], title="Ett")
    factories.handed_in(who["owner"], title="Två")
    _decided(who, "Tre")
    factories.handed_in(who["their researcher"], title="Någon annans")
    response = signed_in(who["owner"]).get(LIST)
    assert [(row["title"], row["partners"]) for row in response.context["rows"]] == [
        (title, "Velgrads tekniska universitet") for title in ("Tre", "Två", "Ett")
    ]
    assert len({row["state"] for row in response.context["rows"]}) == 3
    readers = signed_in(who["adviser"]).get(LIST).context["rows"]
    assert [row["title"] for row in readers] == ["Tre", "Två"]


def test_an_empty_list_says_how_to_fill_it(who: dict[str, Actor]) -> None:
    response = signed_in(who["owner"]).get(LIST)
    assert (response.context["rows"], response.context["action"]["url"]) == ([], "new/")
    assert signed_in(who["officer"]).get(LIST).context["action"] is None


def _cost(actor: Actor, address: str) -> int:
    browser = signed_in(actor)
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_one_row_and_three_rows_cost_the_same(who: dict[str, Actor]) -> None:
    """A row of each sort against three of each."""
    costs = []
    for more in (1, 2):
        for _number in range(more):
            factories.plan(who["owner"])
            factories.asked(who["owner"], who["adviser"], who["contact"])
            _decided(who, "Beslutad")
        pages = [(name, address) for name in ("owner", "contact") for address in (LIST, "/ask/")]
        costs.append({(name, address): _cost(who[name], address) for name, address in pages})
    assert costs[0] == costs[1]


def test_the_page_of_a_plan_costs_the_same_with_more_on_it(who: dict[str, Actor]) -> None:
    from radrum.collaborations.prepare import prepare

    few = factories.prepared(who["owner"], who["adviser"])
    many = factories.prepared(
        who["owner"], who["adviser"], partners=[(f"P{n}", "Serranien") for n in range(3)]
    )
    for number in range(2):
        prepare(who["adviser"], many, text=f"Råd {number}.")
    costs = [_cost(who["adviser"], reverse("collaborations:plan", args=[plan.pk])) for plan in (few, many)]
    assert costs[0] == costs[1]


def test_a_new_plan_is_begun_from_the_form_and_the_draft_is_gone(who: dict[str, Actor]) -> None:
    browser = signed_in(who["owner"])
    browser.post("/keep/", {"form": "begin", "data": "title=Utkast"})
    form = browser.get("/collaborations/new/").context["form"]
    assert (form["title"].value(), form.kept_at is not None) == ("Utkast", True)
    fields = {"title": "Nytt", "kind": "research", "phase": "planned", "summary": "s", "worth_doing": "w"}
    refused = browser.post(
        "/collaborations/new/", {**fields, "partner_1": "Velgrad", "country_2": "Serranien"}
    )
    assert (refused.status_code, sorted(refused.context["form"].errors)) == (200, ["country_1", "partner_2"])
    made = browser.post("/collaborations/new/", {**fields, "partner_1": "Velgrad", "country_1": "Serranien"})
    plan = Collaboration.unguarded.get()
    assert (made.status_code, made.headers["Location"]) == (
        302,
        reverse("collaborations:plan", args=[plan.pk]),
    )
    assert browser.get("/collaborations/new/").context["form"].kept_at is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"starts_on": "2027-02-01", "ends_on": "2027-01-01"}, ["__all__"]),
        ({"phase": "ongoing"}, ["__all__"]),
        ({"starts_on": "1/2 2027"}, ["starts_on"]),
        ({"kind": "espionage"}, ["kind"]),
        ({"title": "x" * 201}, ["title"]),
        ({"summary": ""}, ["summary"]),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    who: dict[str, Actor], fields: dict[str, str], wrong: list[str]
) -> None:
    given = {
        "title": "Nytt",
        "kind": "research",
        "phase": "planned",
        "summary": "s",
        "worth_doing": "Min nytta.",
    }
    given |= {"partner_1": "Velgrad", "country_1": "Serranien", **fields}
    response = signed_in(who["owner"]).post("/collaborations/new/", given)
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["worth_doing"].value()) == (
        200,
        wrong,
        "Min nytta.",
    )
    assert Collaboration.unguarded.count() == 0


def test_the_decision_page_shows_advice_and_says_when_the_desk_has_not_answered(
    who: dict[str, Actor],
) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    browser = signed_in(who["decider"])
    address = reverse("collaborations:decide", args=[factories.plan_of(case).pk])
    waiting = browser.get(address).context
    assert ([quote["text"] for quote in waiting["quotes"]][1:], bool(waiting["note"])) == (
        ["Gå vidare i två steg."],
        True,
    )
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    answered = browser.get(address).context
    assert ([quote["text"] for quote in answered["quotes"]][1:], answered["note"]) == (
        ["Gå vidare i två steg.", "Vi känner till detta."],
        "",
    )
