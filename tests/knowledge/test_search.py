"""Published answers that resemble a text: in both languages, with endings; nothing that is not public."""

import pytest
from django.test import Client
from django.utils.translation import override

from radrum.core.actor import Actor
from radrum.core.scope import reading
from radrum.knowledge import drafts
from radrum.knowledge.search import similar
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db

# fmt: off
FOUND = {
    "avtal om utbyte av studenter": "student-exchange",
    "studentutbyten": "student-exchange",
    "träff i en sanktionslista": "screening-hit",
    "en donator vill ha villkor": "funding-strings",
    "a hit on a list": "screening-hit",
    "a memorandum of understanding": "mou",
}
NOTHING = ["", "   ", "bilar och båtar", "' OR 1=1; --", "&|!():*", "a b c", "\u0000".strip("\u0000")]
# fmt: on


@pytest.mark.parametrize("text", FOUND)
def test_the_nearest_comes_first(text: str) -> None:
    assert similar(text)[0]["url"] == f"/knowledge/{FOUND[text]}/"


@pytest.mark.parametrize("text", NOTHING)
def test_what_resembles_nothing_finds_nothing(text: str) -> None:
    assert similar(text) == []


def test_a_draft_is_never_found(act: Act) -> None:
    officer = cast(act, "officer")["officer"]
    drafts.take_draft(officer, kind="faq", title_sv="Bilar och båtar", body_sv="Om båtar.")
    assert similar("bilar och båtar") == []


def test_there_are_at_most_so_many() -> None:
    assert len(similar("partner samarbete fråga avtal lista risk", most=2)) == 2


def test_a_row_says_in_which_language_it_is() -> None:
    with override("en"):
        assert similar("studentutbyten")[0]["title"]["lang"] == ""
    with override("sv"):
        assert similar("a hit on a list")[0]["title"]["text"].startswith("Vi fick en träff")


def test_the_page_ask_shows_what_is_found_and_says_when_nothing_is(client: Client) -> None:
    found = client.get("/ask/", {"q": "studentutbyten"}).content.decode()
    nothing = client.get("/ask/", {"q": "<script>bilar"}).content.decode()
    assert ("/knowledge/student-exchange/" in found, "Inget publicerat liknar frågan." in nothing) == (
        True,
        True,
    )
    assert "<script>bilar" not in nothing


@pytest.mark.usefixtures("_relaxed")
def test_the_desk_sees_them_beside_an_open_case_and_the_asker_does_not(act: Act) -> None:
    who: dict[str, Actor] = cast(act, "owner", "adviser", "contact", "officer")
    case = factories.asked(who["owner"], who["adviser"], who["contact"], title="Avtal om studentutbyte")
    type(case).unguarded.filter(pk=case.pk).update(question="Vad ska stå i ett avtal om studentutbyte?")
    case = factories.triaged(type(case).unguarded.get(pk=case.pk), who["officer"])
    pages = {n: signed_in(who[n]).get(f"/desk/{case.pk}/").content.decode() for n in ("officer", "contact")}
    shown = {name: "/knowledge/student-exchange/" in page for name, page in pages.items()}
    assert shown == {"officer": True, "contact": False}
    with reading(who["officer"]):
        assert similar(case.question)[0]["url"] == "/knowledge/student-exchange/"
