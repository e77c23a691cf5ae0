"""The gate: who publishes, what is frozen, and that no subtraction on the page gives a hidden count back."""

import itertools
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import ProgrammingError
from django.db.transaction import atomic
from django.test import Client
from django.utils import timezone

from radrum.cases.count import counted, first_day
from radrum.cases.models import Case
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused
from radrum.core.scope import reading, writing
from radrum.programme import show
from radrum.programme.figures import Quarter, quarter_of
from radrum.programme.models import Figure, Publication
from radrum.programme.publish import publish, publish_settled, to_publish
from tests import factories
from tests.cast import CAST, cast, signed_in
from tests.conftest import Act
from tests.programme.questions import ask, last_quarter

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LAST = last_quarter(TODAY)
RUNNING = quarter_of(TODAY)


@pytest.fixture
def asker(act: Act) -> Actor:
    return cast(act, "contact")["contact"]


@pytest.fixture
def evaluator(act: Act) -> Actor:
    return cast(act, "evaluator")["evaluator"]


def _value(published: Publication, measure: str, key: str = "") -> float | None:
    return published.figures.get(measure=measure, key=key).value


# --- Who -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAST)
def test_the_evaluator_and_the_lead_publish_and_nobody_else(act: Act, asker: Actor, name: str) -> None:
    ask(asker, LAST, {"export_licence": 6})
    actor, may = cast(act, name)[name], name in {"evaluator", "lead"}
    if may:
        publish(actor, period=LAST.key)
    else:
        with pytest.raises(Forbidden):
            publish(actor, period=LAST.key)
    entry = Entry.unguarded.filter(verb="figures.published").get()
    assert (Publication.objects.count(), entry.outcome) == (int(may), "done" if may else "refused")


@pytest.mark.usefixtures("_relaxed")
@pytest.mark.parametrize("name", CAST)
def test_the_page_where_they_are_published(act: Act, name: str) -> None:
    status = 200 if name in {"evaluator", "lead"} else 403
    assert signed_in(cast(act, name)[name]).get("/figures/publish/").status_code == status


def test_nobody_but_the_system_counts_cases(act: Act) -> None:
    for name in ("evaluator", "lead", "owner"):
        actor = cast(act, name)[name]
        with pytest.raises(Forbidden):
            counted(actor, first=LAST.first, last=LAST.last)
        with pytest.raises(Forbidden):
            first_day(actor)


def test_what_is_counted_has_neither_text_nor_name(asker: Actor) -> None:
    ask(asker, LAST, {"ip": 1})
    [one] = counted(SYSTEM, first=LAST.first, last=LAST.last)
    assert one._asdict() == {
        "received": LAST.first,
        "answered": LAST.first + timedelta(days=3),
        "kind": "security",
        "topics": ("ip",),
    }


# --- What ------------------------------------------------------------------------------------------


def test_a_quarter_that_has_ended(asker: Actor, evaluator: Actor) -> None:
    ask(asker, LAST, {"export_licence": 8, "country": 6, "ip": 2, "permits": 2})
    published = publish(evaluator, period=LAST.key)
    assert (published.closed, _value(published, "received"), _value(published, "answered")) == (True, 18, 18)
    assert [_value(published, "topic", key) for key in ("export_licence", "country", "ip", "none")] == [
        8,
        6,
        None,
        None,
    ]
    assert _value(published, "median") is not None
    assert _value(published, "nine_of_ten") is not None


def test_few_answers_have_no_times(asker: Actor, evaluator: Actor) -> None:
    ask(asker, LAST, {"ip": 4})
    published = publish(evaluator, period=LAST.key)
    assert set(published.figures.values_list("value", "suppressed")) == {(None, True)}
    ask(asker, last_quarter(TODAY, 2), {"ip": 6})
    published = publish(evaluator, period=last_quarter(TODAY, 2).key)
    assert (_value(published, "median") is None, _value(published, "nine_of_ten")) == (False, None)


def test_times_are_working_days(asker: Actor, evaluator: Actor) -> None:
    quarter = Quarter(2025, 1)
    ask(asker, quarter, {"ip": 5}, days=7)  # a week has five, from any day; 1 and 6 January are free
    assert _value(publish(evaluator, period="2025Q1"), "median") in {3, 4, 5}
    with reading(SYSTEM):
        days = sorted(one.working_days for one in counted(SYSTEM, first=quarter.first, last=quarter.last))
    assert _value(Publication.objects.get(), "median") == days[2]


def test_the_running_quarter_is_told_in_steps_and_without_parts(asker: Actor, evaluator: Actor) -> None:
    for count, expected in ((4, None), (9, 5), (10, 10)):
        ask(asker, RUNNING, {"ip": count - Case.unguarded.count()}, days=0)
        published = publish(evaluator, period=RUNNING.key)
        rows = {row.measure: row.value for row in published.figures.all()}
        assert (published.closed, rows) == (False, {"received": expected, "answered": expected})


# --- When ------------------------------------------------------------------------------------------


def test_a_quarter_that_has_ended_is_published_once(asker: Actor, evaluator: Actor) -> None:
    ask(asker, LAST, {"ip": 6})
    publish(evaluator, period=LAST.key)
    ask(asker, LAST, {"ip": 1})  # somebody adds a question to the past
    with pytest.raises(Refused, match=r"not changed|ändras inte"):
        publish(evaluator, period=LAST.key)
    assert _value(Publication.objects.get(), "received") == 6


@pytest.mark.parametrize("table", ["publication", "figure"])
@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_what_is_published_cannot_be_changed_in_the_database(
    asker: Actor, evaluator: Actor, table: str, change: str
) -> None:
    ask(asker, LAST, {"ip": 6})
    publish(evaluator, period=LAST.key)
    rows: Any = Figure.objects.all() if table == "figure" else Publication.objects.all()
    with pytest.raises(ProgrammingError, match="permission denied"), atomic(), writing(SYSTEM):
        rows.update(id=1) if change == "UPDATE" else rows._raw_delete("default")


@pytest.mark.parametrize("period", ["", "2026", "2026Q5", "1999Q1", "2026Q1; DROP", "2099Q1"])
def test_what_is_no_quarter_is_refused(evaluator: Actor, period: str) -> None:
    with pytest.raises(Refused):
        publish(evaluator, period=period)


def test_the_night_publishes_what_has_settled_once(asker: Actor) -> None:
    two, one = last_quarter(TODAY, 2), LAST
    ask(asker, two, {"ip": 6})
    ask(asker, one, {"ip": 6})
    assert publish_settled(one.last + timedelta(days=10)) == 1  # the last quarter has not settled yet
    assert publish_settled(one.last + timedelta(days=11)) == 1
    assert publish_settled(one.last + timedelta(days=11)) == 0
    assert list(Publication.objects.order_by("period").values_list("period", "closed")) == [
        (two.key, True),
        (one.key, True),
    ]
    assert to_publish(TODAY) == []


# --- No way back -----------------------------------------------------------------------------------


def _is_given_away(equations: list[dict[str, int]], cell: str) -> bool:
    """Whether sums and differences of the equations leave this unknown alone: exact elimination."""
    names = sorted({name for equation in equations for name in equation} | {cell})
    rows = [[Fraction(equation.get(name, 0)) for name in names] for equation in equations]
    wanted = [Fraction(int(name == cell)) for name in names]
    for column in range(len(names)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        rows = [
            row
            if row is pivot or not row[column]
            else [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in rows
        ]
        if wanted[column]:
            wanted = [a - b * wanted[column] / pivot[column] for a, b in zip(wanted, pivot, strict=True)]
    return not any(wanted)


def test_the_elimination_finds_what_can_be_subtracted() -> None:
    assert _is_given_away([{"x": 1}], "x") is True
    assert _is_given_away([{"x": 1, "y": 1}], "x") is False
    assert _is_given_away([{"x": 1, "y": 1}, {"y": 1}], "x") is True
    assert _is_given_away([{"x": 1, "y": 1}, {"y": 1, "z": 1}, {"x": 1, "z": 1}], "x") is True


def _equations(rows: list[dict[str, Any]]) -> tuple[list[dict[str, int]], list[str]]:
    """What a reader of one download can set up: the hidden parts of each shown total are what is left."""
    equations, hidden = [], []
    for total in [row for row in rows if row["measure"] == "received" and row["ended"]]:
        for measure in ("kind", "topic"):
            parts = [row for row in rows if row["measure"] == measure and row["period"] == total["period"]]
            unknown = [f"{row['period']} {measure} {row['key']}" for row in parts if not row["shown"]]
            hidden += unknown
            if total["shown"]:
                equations.append(dict.fromkeys(unknown, 1))
            else:
                hidden.append(f"{total['period']} total")
                equations.append({**dict.fromkeys(unknown, 1), f"{total['period']} total": -1})
    return equations, hidden


def test_no_subtraction_on_the_page_or_between_two_days_gives_a_hidden_count(
    client: Client, asker: Actor, evaluator: Actor
) -> None:
    """Quarters one after another, the running one again and again; each day's download is kept."""
    downloads: list[list[dict[str, Any]]] = []

    def look() -> None:
        downloads.append(client.get("/figures/figures.json").json()["rows"])

    tables = [
        {"export_licence": 9, "country": 6, "ip": 1},
        {"export_licence": 5, "country": 4, "ip": 4},
        {"export_licence": 7, "none": 1},
        {"permits": 2},
    ]
    for back, table in zip(range(4, 0, -1), tables, strict=True):
        ask(asker, last_quarter(TODAY, back), table)
        publish(evaluator, period=last_quarter(TODAY, back).key)
        look()
    for more in (4, 1, 1, 4):
        ask(asker, RUNNING, {"fdi": more}, days=0)
        publish(evaluator, period=RUNNING.key)
        look()
    equations, hidden = [], []
    for rows in downloads:
        found, unknown = _equations(rows)
        equations += found
        hidden += unknown
    assert len(set(hidden)) > 80
    assert [cell for cell in sorted(set(hidden)) if _is_given_away(equations, cell)] == []
    frozen = [{str(row) for row in rows if row["ended"]} for rows in downloads]
    assert all(earlier <= later for earlier, later in itertools.pairwise(frozen))
    running = [[row["value"] for row in rows if not row["ended"]] for rows in downloads[4:]]
    assert running == [[None, None], [5, 5], [5, 5], [10, 10]]
    texts = {path: client.get(path).content.decode() for path in ("/figures/", "/figures/figures.csv", "/")}
    assert [path for path, text in texts.items() if "companion" in text] == []
    assert {key for rows in downloads for row in rows for key in row} & {"why", "hidden"} == set()


def test_the_preview_tells_no_hidden_number(asker: Actor, evaluator: Actor) -> None:
    ask(asker, LAST, {"export_licence": 9, "country": 6, "ip": 3})
    with reading(evaluator):
        seen = show.preview(evaluator, TODAY)
    by_name = {row["name"]: (row["value"], bool(row["why"])) for row in seen["rows"]}
    hidden = show.number(None)
    assert (by_name["Immaterialrätt"], by_name["Exportkontroll"]) == ((hidden, True), ("9", False))
    assert {value for value, why in by_name.values() if why} == {hidden}


# --- The pages -------------------------------------------------------------------------------------


def test_the_pages_read_what_is_published_and_nothing_else(
    client: Client, asker: Actor, evaluator: Actor
) -> None:
    ask(asker, LAST, {"export_licence": 8, "country": 6, "ip": 2, "permits": 2})
    empty = client.get("/figures/").content.decode().partition("<main")[2]  # above it stands a random token
    assert ("Inga siffror är publicerade än" in empty, "18" in empty) == (True, False)
    publish(evaluator, period=LAST.key)
    page, start = client.get("/figures/").content.decode(), client.get("/").content.decode()
    assert ("Läget i landet och resor" in page, "Immaterialrätt" in page) == (True, False)
    assert ("frågor besvarade" in start, "/figures/" in start) == (True, True)
    csv = client.get("/figures/figures.csv").content.decode()
    assert (f"{LAST.key}," in csv, csv.count("\n") > 30) == (True, True)


def test_the_changed_figure(act: Act, client: Client, asker: Actor, evaluator: Actor) -> None:
    ask(asker, RUNNING, {"fdi": 9}, days=0)
    publish(evaluator, period=RUNNING.key)
    before = client.get("/figures/").context["says"]
    who = cast(act, "owner", "adviser", "officer")
    case = factories.asked(who["owner"], who["adviser"], asker)
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    assert client.get("/figures/").context["says"] == before  # nothing changes until it is published
    publish(evaluator, period=RUNNING.key)
    after = client.get("/figures/").context["says"]
    assert ([one["big"] for one in before], [one["big"] for one in after]) == (["minst 5"], ["minst 10"])


def test_charts_are_pictures_with_words_and_headers_of_their_own(
    client: Client, asker: Actor, evaluator: Actor
) -> None:
    ask(asker, LAST, {"export_licence": 8, "country": 6, "ip": 2, "permits": 2})
    publish(evaluator, period=LAST.key)
    for name, language, word in (
        ("questions", "sv", "besvarade"),
        ("times", "en", "Working days"),
        ("topics", "sv", "Läget i landet"),
    ):
        for scheme in ("light", "dark"):
            response = client.get(f"/figures/chart/{name}/{language}/{scheme}.svg")
            text = response.content.decode()
            assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
            assert response["Content-Security-Policy"].startswith("default-src 'none'")
            assert ('role="img"' in text, "<title" in text, "<desc" in text, word in text) == (True,) * 4
            assert ("<script" in text, " style=" in text, "Immaterial" in text) == (False, False, False)
    for wrong in ("questions/fi/light", "questions/sv/pink", "cases/sv/light"):
        assert client.get(f"/figures/chart/{wrong}.svg").status_code == 404
    page = client.get("/figures/").content.decode()
    assert (page.count("<picture>"), page.count("<img src=") >= 3, 'alt=""' in page) == (3, True, False)


@pytest.mark.usefixtures("_relaxed")
def test_publishing_on_the_page(evaluator: Actor, asker: Actor) -> None:
    ask(asker, LAST, {"ip": 6})
    browser = signed_in(evaluator)
    assert browser.get("/figures/publish/").context["period"] == LAST.key
    assert browser.post("/figures/publish/", {"period": LAST.key}).status_code == 302
    again = browser.post("/figures/publish/", {"period": LAST.key})
    assert (again.status_code, "ändras inte" in again.content.decode()) == (200, True)
    assert browser.get("/figures/publish/?period=nonsense").status_code == 403
    waiting = browser.get("/room/").context["waiting"]
    assert [row for row in waiting if "figures" in row["url"]] == []


@pytest.mark.usefixtures("_relaxed")
def test_what_is_to_be_published_waits_in_the_room(act: Act, asker: Actor) -> None:
    ask(asker, LAST, {"ip": 6})
    rooms = {
        name: [
            row["url"] for row in signed_in(actor).get("/room/").context["waiting"] if "figures" in row["url"]
        ]
        for name, actor in cast(act, "evaluator", "lead", "officer", "contact").items()
    }
    wanted = [f"/figures/publish/?period={LAST.key}"]
    assert rooms == {"evaluator": wanted, "lead": wanted, "officer": [], "contact": []}


@pytest.mark.parametrize(
    ("day", "key", "first", "last"),
    [
        (date(2026, 1, 1), "2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 12, 31), "2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters(day: date, key: str, first: date, last: date) -> None:
    found = quarter_of(day)
    assert (found.key, found.first, found.last) == (key, first, last)
