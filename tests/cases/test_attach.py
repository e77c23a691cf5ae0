"""Attachments: who may add and read which, where the bytes lie, how they are handed out, and what is refused."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from radrum.cases import policy, store
from radrum.cases.attach import attach, attach_to_opinion
from radrum.cases.models import Attachment, Case, Consultation
from radrum.cases.opine import give_opinion
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading
from tests import factories
from tests.cases.test_engine_attachments import docx, pdf
from tests.cast import cast, everything, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
NAMES = ("owner", "adviser", "contact", "officer", "other officer", "lead", "expert", "their contact")


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return {**cast(act, *NAMES), "other expert": act("Utbytesstyrelsen", "agency", "agency_expert")}


@pytest.fixture
def case(who: dict[str, Actor]) -> Case:
    return factories.triaged(factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"])


@pytest.fixture
def asked(who: dict[str, Actor], case: Case) -> Consultation:
    return factories.consulted(case, who["officer"], who["expert"])


def _status(actor: Actor, one: Attachment, view: str = "cases:attachment") -> int:
    return signed_in(actor).get(reverse(view, args=[one.address])).status_code


def test_who_reads_which_file(who: dict[str, Actor], case: Case, asked: Consultation) -> None:
    files = {
        "asker": attach(who["contact"], case, files=[factories.file()])[0],
        "desk": attach(who["officer"], case, files=[factories.file()])[0],
        "agency": attach_to_opinion(who["expert"], asked, files=[factories.file()])[0],
    }
    seen = {}
    for name, actor in who.items():
        with reading(actor):
            seen[name] = [kind for kind, one in files.items() if one in policy.visible_attachments(actor)]
            bare = [kind for kind, one in files.items() if Attachment.unguarded.filter(pk=one.pk).exists()]
            assert (name, bare) == (name, seen[name])  # the database says the same, with no filter
        page = "consultations:attachment" if actor.kind.endswith("agency") else "cases:attachment"
        opened = [kind for kind, one in files.items() if _status(actor, one, page) == 200]
        assert (name, opened) == (name, seen[name])
    at_desk, at_home = ["asker", "desk", "agency"], ["asker"]
    assert seen == {
        **dict.fromkeys(("officer", "other officer", "lead"), at_desk),
        **dict.fromkeys(("owner", "adviser", "contact"), at_home),
        "expert": ["agency"],
        "other expert": [],
        "their contact": [],
    }
    assert Attachment.unguarded.get(pk=files["agency"].pk).case_id is None  # nothing in it leads to the case


def test_who_may_add(who: dict[str, Actor], case: Case, asked: Consultation) -> None:
    errors = {"owner": Forbidden, "adviser": Forbidden, "expert": Unseen, "their contact": Unseen}
    for name, error in errors.items():
        with pytest.raises(error):
            attach(who[name], case, files=[factories.file()])
    for name, error in {"officer": Forbidden, "other expert": Unseen, "contact": Unseen}.items():
        with pytest.raises(error):
            attach_to_opinion(who[name], asked, files=[factories.file()])
    assert Attachment.unguarded.count() == 0
    give_opinion(who["expert"], asked, text="Öppna källor räcker.", naming="named")
    with pytest.raises(Refused):
        attach_to_opinion(who["expert"], asked, files=[factories.file()])
    factories.drafted(case, who["officer"])
    factories.return_statement(who["lead"], case)
    with pytest.raises(Refused):
        attach(who["contact"], case, files=[factories.file()])


def test_where_the_bytes_lie(who: dict[str, Actor], case: Case) -> None:
    one = attach(who["officer"], case, files=[factories.file("../../x.txt", b"Hemlig gurka.")])[0]
    folder = Path(settings.DATA) / "files"
    place = folder / one.address[:2] / one.address
    assert [file for file in folder.rglob("*") if file.is_file()] == [place]
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(place.parent.stat().st_mode)) == (0o600, 0o700)
    assert (one.name, one.kind, one.size, store.fetch(one)) == ("x.txt", "text", 13, b"Hemlig gurka.")
    public = (str(settings.STATIC_ROOT), str(getattr(settings, "MEDIA_ROOT", "") or "/never"))
    assert not str(place).startswith(public)


def test_how_it_is_handed_out(who: dict[str, Actor], case: Case) -> None:
    one = attach(who["contact"], case, files=[factories.file("Å & <b>.pdf.exe", pdf())])[0]
    response = signed_in(who["officer"]).get(reverse("cases:attachment", args=[one.address]))
    assert response.content == pdf()
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%85%20%26%20_b_.pdf"
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    page = signed_in(who["officer"]).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert ("Å &amp; _b_.pdf" in page, one.address in page) == (True, True)


def test_a_file_that_is_not_as_it_came_is_not_handed_out(who: dict[str, Actor], case: Case) -> None:
    one = attach(who["officer"], case, files=[factories.file()])[0]
    place = Path(settings.DATA) / "files" / one.address[:2] / one.address
    place.write_bytes(b"Utbytt.")
    assert _status(who["officer"], one) == 403
    place.unlink()
    assert _status(who["officer"], one) == 403


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("makro.docx", docx(**{"word/vbaProject.bin": b"x"}))], "makro"),
        ([("bra.txt", b"Bra."), ("sida.txt", b"<html>")], "sida"),  # all of them or none
        ([("tom.txt", b"")], ""),
        ([("stor.txt", b"x" * (1024 * 1024 + 1))], "1 MB"),
        ([(f"{n}.txt", b"Text.") for n in range(11)], "10"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(
    who: dict[str, Actor], case: Case, settings: Any, files: list[tuple[str, bytes]], said: str
) -> None:
    settings.ATTACHMENT_MB = 1
    before = everything()
    fields = {"files": [factories.file(*one) for one in files]}
    response = signed_in(who["contact"]).post(reverse("cases:attach", args=[case.pk]), fields)
    errors = str(response.context["form"].errors)
    assert (response.status_code, bool(errors), said in errors) == (200, True, True)
    assert (everything(), list((Path(settings.DATA) / "files").rglob("*.*"))) == (before, [])


def test_a_file_is_added_on_the_page(who: dict[str, Actor], case: Case, asked: Consultation) -> None:
    sent = signed_in(who["contact"]).post(
        reverse("cases:attach", args=[case.pk]), {"files": [factories.file("a.txt"), factories.file("b.txt")]}
    )
    given = signed_in(who["expert"]).post(
        reverse("consultations:attach", args=[asked.address]), {"files": [factories.file("c.txt")]}
    )
    assert (sent.status_code, given.status_code) == (302, 302)
    assert list(Attachment.unguarded.values_list("name", "inside")) == [(f"{n}.txt", False) for n in "abc"]
    assert [
        (entry.verb, entry.person_id) for entry in Entry.unguarded.filter(verb__endswith="supplemented")
    ] == [
        ("case.supplemented", who["contact"].user_id),
        ("consultation.supplemented", who["expert"].user_id),
    ]


def test_reading_a_file_of_a_restricted_case_leaves_a_trace(who: dict[str, Actor], case: Case) -> None:
    one = attach(who["contact"], case, files=[factories.file()])[0]
    factories.triaged(case, who["officer"], access="restricted")
    assert (_status(who["other officer"], one), _status(who["officer"], one)) == (404, 200)
    assert Entry.unguarded.last().verb == "case.read"  # type: ignore[union-attr]


def test_files_without_a_row_go(who: dict[str, Actor], case: Case) -> None:
    one = attach(who["officer"], case, files=[factories.file()])[0]
    folder = Path(settings.DATA) / "files" / "ab"
    folder.mkdir(exist_ok=True)
    for name in ("ab" + "0" * 30, "ab" + "1" * 30):
        (folder / name).write_bytes(b"x")
    os.utime(folder / ("ab" + "0" * 30), (0, 0))
    assert store.forget_orphans() == 1
    assert [file.name for file in folder.iterdir() if file.name != one.address] == ["ab" + "1" * 30]
    assert store.fetch(one) is not None
