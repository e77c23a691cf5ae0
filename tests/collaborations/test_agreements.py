"""Agreements are read from whatever a spreadsheet made, looked at, and imported whole or not at all."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from radrum.collaborations.agreements.columns import COLUMNS, day_in
from radrum.collaborations.agreements.load import import_agreements, mark
from radrum.collaborations.agreements.read import LARGEST, MOST_ROWS, Unreadable, decode, read
from radrum.collaborations.agreements.write import template, write
from radrum.collaborations.models import Agreement, Collaboration
from radrum.collaborations.remind import remind
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading, writing
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

TODAY = date(2026, 11, 24)
HEAD = "Partner;Land;Rubrik;Slag av avtal;Tecknat;Upphör;Uppföljningsdag;Ansvarigs e-post;Enhet;Diarienummer"
LINE = "Velgrads universitet;Serranien;Ramavtal;ramavtal;2024-05-02;2029-05-01;2027-05-01;owner@x.example;Geo;FU 1"
TEXT = f"{HEAD}\r\n{LINE}\r\n"


def _faults(text: str) -> list[tuple[int, str]]:
    with override("sv"):
        return [(fault.line, fault.column) for fault in read(text).faults]


# --- Reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str, ends: str) -> None:
    text = TEXT.replace(";", delimiter).replace("\r\n", ends)
    table = read(decode(text.encode(encoding)))
    assert (table.faults, [(row.partner, row.title, row.expires_on) for row in table.rows]) == (
        [],
        [("Velgrads universitet", "Ramavtal", date(2029, 5, 1))],
    )
    assert (table.rows[0].kind, table.rows[0].owner_email, table.rows[0].line) == (
        "framework",
        "owner@x.example",
        2,
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_headings_in_both_languages_in_any_order_and_dress(language: str) -> None:
    with override(language):
        headings = [str(column.heading) for column in COLUMNS]
    cells = dict(zip(headings, LINE.replace("ramavtal", "framework agreement").split(";"), strict=True))
    turned = list(reversed(headings))
    text = ";".join(f" {name.upper()} " for name in turned) + "\n" + ";".join(cells[name] for name in turned)
    table = read(text)
    assert (table.faults, table.rows[0].file_reference, table.not_read) == ([], "FU 1", [])


def test_a_column_nobody_knows_is_named_and_not_read() -> None:
    table = read("Titel;Partner;Land;Lön\nAvtal;Velgrad;Serranien;3\n")
    assert (table.faults, table.not_read, table.rows[0].title) == ([], ["Lön"], "Avtal")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", TODAY),
        ("20261124", TODAY),
        ("2026/11/24", TODAY),
        ("2026-11-24 00:00:00", TODAY),
        ("24/11/2026", TODAY),
        ("24.11.2026", TODAY),
        ("24-11-2026", TODAY),
        ("24 november 2026", TODAY),
        ("den 24 nov. 2026", TODAY),
        ("24  November 2026", TODAY),
        ("5 maj 2026", date(2026, 5, 5)),
        ("5 May 2026", date(2026, 5, 5)),
        ("5 okt 2026", date(2026, 10, 5)),
        ("11/24/2026", None),  # the day comes first
        ("31 februari 2026", None),
        ("46350", None),
        ("24/11/26", None),
        ("snart", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("", [(1, "")]),
        (HEAD, [(1, "")]),
        ("Rubrik;Land\nA;B", [(1, "Partner")]),
        ("Partner;Partner;Land;Rubrik\nA;B;C;D", [(1, "Partner")]),
        (f"{HEAD}\n;Serranien;Avtal", [(2, "Partner")]),
        (f"{HEAD}\n\n\nA;;", [(4, "Land"), (4, "Rubrik")]),
        (f"{HEAD}\nA;B;C;annat slag", [(2, "Slag av avtal")]),
        (f"{HEAD}\nA;B;C;;snart;också", [(2, "Tecknat"), (2, "Upphör")]),
        (f"{HEAD}\nA;B;C;;2026-01-02;2026-01-01", [(2, "Upphör")]),
        (f"{HEAD}\nA;B;C;;;;;inte en adress", [(2, "Ansvarigs e-post")]),
        (f"{HEAD}\n{'x' * 201};B;C", [(2, "Partner")]),
        (f"{HEAD}\nA;B;Avtal med 811218-9876", [(2, "Rubrik")]),
        (f"{HEAD}\nA;B;HEMLIG bilaga", [(2, "Rubrik")]),
        (f"{HEAD}\nA;B;C\nA;B;D\na; b ;c", [(4, "Rubrik")]),
        (f"{HEAD}\nA;B;C;;;;;;;;för mycket", [(2, "")]),
        (f'{HEAD}\nA;B;"C', [(1, "")]),
        (HEAD + "\nA;B;C" * (MOST_ROWS + 1), [(1, "")]),
    ],
)
def test_each_fault_has_its_line_and_column(rows: str, faults: list[tuple[int, str]]) -> None:
    assert _faults(rows) == faults


def test_a_text_of_several_lines_does_not_move_the_numbers() -> None:
    assert _faults(f'{HEAD}\n"A\nB";C;D\nE;;F') == [(4, "Land")]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0rest",
        b"abc\x00def",
        b"x" * (LARGEST + 1),
        b"\xff\xfe\x00\xd8\x00",
    ],
)
def test_what_is_no_text_is_refused_with_the_way_on(data: bytes) -> None:
    with pytest.raises(Unreadable) as why:
        decode(data)
    assert len(str(why.value)) > 40


# --- Importing --------------------------------------------------------------------------------------


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(
        act, "owner", "adviser", "steering", "contact", "decider", "admin", "their adviser", "officer"
    )


def _import(actor: Actor, text: str) -> Any:
    return import_agreements(actor, actor.organisation, rows=text, seen=mark(text))


def _line(**more: str) -> str:
    cells = dict(zip([column.field for column in COLUMNS], LINE.split(";"), strict=True)) | more
    return f"{HEAD}\n" + ";".join(cells.values())


@pytest.mark.django_db
def test_it_adds_changes_and_leaves(who: dict[str, Actor]) -> None:
    text = _line(owner_email=who["owner"].user.email)
    [line] = _import(who["adviser"], text)
    made = Agreement.unguarded.get()
    assert (line.there, made.owner_id, made.organisation_id) == (
        None,
        who["owner"].user_id,
        who["adviser"].organisation_id,
    )
    before = everything()
    assert [line.changes for line in _import(who["contact"], text)] == [[]]
    assert everything() == before
    Agreement.unguarded.update(expiry_told_on=TODAY, review_told_on=TODAY)
    [line] = _import(
        who["contact"], _line(expires_on="2030-05-01", title="RAMAVTAL", owner_email="x@y.example")
    )
    changed = Agreement.unguarded.get()
    assert set(line.changes) == {"title", "expires_on", "owner_email"}
    assert (changed.pk, changed.expires_on, changed.owner_id) == (made.pk, date(2030, 5, 1), None)
    assert (changed.expiry_told_on, changed.review_told_on, changed.changed_by_id) == (
        None,
        TODAY,
        who["contact"].user_id,
    )
    _import(who["contact"], _line(signed_on=""))
    _import(who["contact"], _line(signed_on=""))
    assert Agreement.unguarded.count() == 2  # not in the file: they stay


@pytest.mark.django_db
def test_all_or_nothing(who: dict[str, Actor]) -> None:
    before = everything()
    with pytest.raises(Refused):
        _import(who["adviser"], f"{TEXT}A;B;C;;snart")
    with pytest.raises(Refused):
        import_agreements(who["adviser"], who["adviser"].organisation, rows=TEXT, seen=mark(TEXT + "x"))
    assert everything() == before


@pytest.mark.django_db
def test_who_may_import_and_who_sees(who: dict[str, Actor], act: Act) -> None:
    for name in ("owner", "steering", "decider", "admin", "officer"):
        with pytest.raises(Forbidden):
            _import(who[name], TEXT)
    with pytest.raises((Forbidden, Unseen)):
        import_agreements(who["their adviser"], who["adviser"].organisation, rows=TEXT, seen=mark(TEXT))
    _import(who["adviser"], f"{TEXT}A;B;Mitt;;;;;{who['owner'].user.email}")
    seen = {}
    for name, actor in who.items():
        with reading(actor):
            seen[name] = Agreement.unguarded.count()
    assert seen == {
        **dict.fromkeys(who, 0),
        **dict.fromkeys(("adviser", "steering", "contact", "decider"), 2),
        "owner": 1,
    }
    theirs = signed_in(who["their adviser"])
    for page in ("agreements", "export"):
        response = theirs.get(reverse(f"collaborations:{page}"))
        assert (response.status_code, "Velgrads universitet" in response.content.decode()) == (200, False)


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_the_page_shows_first_and_saves_what_was_shown(who: dict[str, Actor]) -> None:
    browser, address = signed_in(who["adviser"]), reverse("collaborations:import")
    assert browser.get(address).status_code == 200
    assert list(browser.post(address, {"step": "show"}).context["form"].errors) == ["file"]
    book = SimpleUploadedFile("bok.xlsx", b"PK\x03\x04")
    stopped = browser.post(address, {"file": book, "rows": "kvar", "step": "show"})
    assert (list(stopped.context["form"].errors), stopped.context["form"]["rows"].value()) == (
        ["file"],
        "kvar",
    )
    wrong = browser.post(address, {"rows": f"{HEAD}\nA;;C", "step": "show"})
    assert [(f["line"], f["column"]) for f in wrong.context["faults"]] == [(2, "Land")]
    file = SimpleUploadedFile("avtal.csv", TEXT.encode("cp1252"))
    shown = browser.post(address, {"file": file, "rows": "", "step": "show"})
    preview = shown.context["preview"]
    assert ([line["does"] for line in preview["lines"]], Agreement.unguarded.count()) == (["Nytt"], 0)
    text = shown.context["form"]["rows"].value()
    other = browser.post(address, {"rows": text + "A;B;C", "seen": preview["seen"], "step": "save"})
    assert (other.status_code, Agreement.unguarded.count()) == (200, 0)
    assert browser.post(address, {"rows": text, "seen": preview["seen"], "step": "save"}).status_code == 302
    listed = browser.get(reverse("collaborations:agreements"))
    assert [row["title"] for row in listed.context["rows"]] == ["Ramavtal"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_the_nearest_day_comes_first(who: dict[str, Actor]) -> None:
    today = timezone.localdate()
    days = {
        "C": ("", ""),
        "B": (str(today + timedelta(days=400)), str(today + timedelta(days=9))),
        "A": (str(today), ""),
    }
    lines = [f"P;L;{title};;;{expires};{review}" for title, (expires, review) in days.items()]
    _import(who["adviser"], "\n".join([HEAD, *lines]))
    browser, address = signed_in(who["decider"]), reverse("collaborations:agreements")
    assert [row["title"] for row in browser.get(address).context["rows"]] == ["A", "B", "C"]
    assert [row["title"] for row in browser.get(f"{address}?show=soon").context["rows"]] == ["A", "B"]


@pytest.mark.django_db
def test_owners_are_reminded_once_and_advisers_when_there_is_none(who: dict[str, Actor]) -> None:
    today = timezone.localdate()
    soon, later, email = (
        str(today + timedelta(days=90)),
        str(today + timedelta(days=91)),
        who["owner"].user.email,
    )
    lines = [f"P;L;A;;;{soon};;{email}", f"P;L;B;;;{later};;{email}", f"P;L;C;;;;{today};nobody@else.example"]
    _import(who["adviser"], "\n".join([HEAD, *lines]))
    sent = len(waiting())
    with writing(SYSTEM):
        assert (remind(today), remind(today), remind(today + timedelta(days=1))) == (2, 0, 1)
    told = [(job["notice"], job.get("person_id"), job.get("roles")) for job in waiting()[sent:]]
    assert told == [
        ("agreement_expires", who["owner"].user_id, None),
        ("agreement_review", None, ["adviser"]),
        ("agreement_expires", who["owner"].user_id, None),
    ]
    assert "nobody@else.example" not in str(waiting())


# --- Exporting --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_exported_is_read_again_and_no_cell_is_a_formula(
    who: dict[str, Actor], language: str
) -> None:
    evil = ["=1+1", "+46", "-2", "@SUM(A1)", "'=x", '=HYPERLINK("http://x";"y")']
    quoted = ['"' + text.replace('"', '""') + '"' for text in evil]
    _import(who["adviser"], "\n".join([HEAD, *(f"P;L;{text};;;;;;{text}" for text in quoted)]))
    with override(language):
        text = write(Agreement.unguarded.all())
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
        before = everything()
        assert [line.changes for line in _import(who["adviser"], text)] == [[]] * len(evil)
        assert everything() == before
        assert (read(template()).faults, len(read(template()).rows)) == ([], 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_the_files_are_for_those_who_see_the_list(who: dict[str, Actor]) -> None:
    _import(who["adviser"], TEXT)
    for name, held in (("decider", True), ("owner", False), ("their adviser", False), ("officer", False)):
        response = signed_in(who[name]).get(reverse("collaborations:export"))
        assert ("Velgrads universitet" in response.content.decode(), response["Content-Type"]) == (
            held,
            "text/csv; charset=utf-8",
        )
    assert signed_in(who["decider"]).get(reverse("collaborations:template")).status_code == 200


# --- A plan of it -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_an_agreement_becomes_a_plan_once(who: dict[str, Actor]) -> None:
    _import(who["adviser"], _line(owner_email=who["owner"].user.email))
    key = Agreement.unguarded.get().pk
    browser, address = signed_in(who["owner"]), reverse("collaborations:plan_agreement", args=[key])
    form = browser.get(address).context["form"]
    values = {name: form[name].value() for name in ("title", "kind", "phase", "partner_1", "country_1")}
    assert values == {
        "title": "Ramavtal",
        "kind": "agreement",
        "phase": "ongoing",
        "partner_1": "Velgrads universitet",
        "country_1": "Serranien",
    }
    fields = {**values, "summary": "Snö.", "worth_doing": "Vatten.", "review_on": "2099-01-01"}
    assert browser.post(address, fields).status_code == 302
    plan = Collaboration.unguarded.get()
    assert (plan.owner_id, Agreement.unguarded.get().plan_id) == (who["owner"].user_id, plan.pk)
    assert browser.get(address).status_code == 403
    for name in ("their adviser", "officer"):
        assert signed_in(who[name]).get(address).status_code == 404
    shown = signed_in(who["adviser"]).get(reverse("collaborations:agreements")).context["rows"]
    assert shown[0]["plan"] is None  # not handed in: the adviser does not see it
