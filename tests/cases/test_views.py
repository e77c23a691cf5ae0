"""The desk's lists: by promised day, without what is restricted to others, at the same cost for one row as for three."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from radrum.cases.models import Case
from radrum.core.actor import Actor
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
Counts = Callable[[Actor, str], int]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "adviser", "contact", "officer", "other officer", "lead", "editor")


def _case(who: dict[str, Actor], step: str = "", **more: Any) -> Case:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    if step:
        factories.triaged(case, who["officer"], **more)
    return factories.answered(case, who["officer"]) if step == "answered" else case


def _rows(actor: Actor, page: str) -> list[str]:
    return [row["reference"] for row in signed_in(actor).get(reverse(page)).context["rows"]]


def test_each_sees_the_open_cases_they_may_read_and_the_counts_agree(who: dict[str, Actor]) -> None:
    late, mine, secret, _done = (
        _case(who),
        _case(who, "triaged"),
        _case(who, "triaged", access="restricted"),
        _case(who, "answered"),
    )
    Case.unguarded.filter(pk=mine.pk).update(promised_on="2026-01-01")
    first = [mine.reference, late.reference, secret.reference]
    assert (_rows(who["officer"], "cases:queue"), _rows(who["lead"], "cases:queue")) == (first, first)
    assert _rows(who["other officer"], "cases:queue") == first[:2]
    counted = {
        name: signed_in(who[name]).get(reverse("cases:queue")).context["counts"]
        for name in ("lead", "other officer")
    }
    assert {
        name: (counts["open"], counts["nobody"], counts["overdue"]) for name, counts in counted.items()
    } == {
        "lead": (3, 1, 1),
        "other officer": (2, 1, 1),
    }


def test_answered_cases_are_listed_apart_the_latest_first(who: dict[str, Actor]) -> None:
    first, second = _case(who, "answered"), _case(who, "answered", access="restricted")
    _case(who)
    assert _rows(who["lead"], "cases:closed") == [second.reference, first.reference]
    assert _rows(who["other officer"], "cases:closed") == [first.reference]


def test_the_next_case_to_take_is_the_first_without_an_officer(who: dict[str, Actor]) -> None:
    browser, address = signed_in(who["officer"]), reverse("cases:queue")
    assert browser.get(address).context["action"] is None
    first, _second = _case(who), _case(who)
    assert browser.get(address).context["action"]["url"] == reverse("cases:triage", args=[first.pk])


@pytest.mark.parametrize("page", ["cases:queue", "cases:closed"])
def test_one_row_and_three_rows_cost_the_same(who: dict[str, Actor], page: str) -> None:
    step, browser, costs = ("answered" if page == "cases:closed" else "triaged"), signed_in(who["lead"]), []
    for more in (1, 2):
        for _number in range(more):
            _case(who, step)
        browser.get(reverse(page))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(browser.get(reverse(page)).context["rows"]) in (1, 3)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_what_is_typed_stays_when_it_is_refused(who: dict[str, Actor]) -> None:
    case = _case(who)
    response = signed_in(who["officer"]).post(reverse("cases:draft", args=[case.pk]), {"text": "Mitt svar."})
    form = response.context["form"]
    assert (response.status_code, form["text"].value(), len(form.non_field_errors())) == (
        200,
        "Mitt svar.",
        1,
    )
    assert response.context["warning"] != ""
