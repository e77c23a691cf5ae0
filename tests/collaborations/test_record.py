"""The record holds what the actor sees of the plan, kept apart by whose it is, and nothing else."""

import io
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from radrum.collaborations.models import Collaboration
from radrum.collaborations.prepare import prepare
from radrum.core.actor import Actor
from radrum.paper.compose import file_name
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(
        act, "owner", "colleague", "adviser", "steering", "contact", "decider", "admin", "officer", "other officer",
        "lead", "expert", "their contact", "funder",
    )  # fmt: skip


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    case = factories.asked(who["owner"], who["adviser"], who["contact"], title="Snö #panic()")
    factories.triaged(case, who["officer"], note="ord-inne", secrecy_ground="ord-grund")
    plan = factories.plan_of(case)
    factories.steered(plan, who["adviser"], who["steering"])
    prepare(who["adviser"], plan, text="Ord om råd.", file_reference="FU 2026/1187")
    factories.answered(case, who["officer"])
    return factories.decided(plan, who["decider"])


def _text(response: Any) -> str:
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_holds_the_whole_record_in_its_order(who: dict[str, Actor], plan: Collaboration) -> None:
    response = signed_in(who["owner"]).get(reverse("collaborations:record", args=[plan.pk]))
    assert (response["Content-Type"], response["Content-Disposition"], response["Cache-Control"]) == (
        "application/pdf",
        'inline; filename="FU-2026-1187.pdf"',
        "no-store",
    )
    text = _text(response)
    order = [
        "Snö #panic()",
        "Det här är en rekonstruktion",
        "Lärosätets bedömning",
        "Gå vidare i två steg.",
        "Ord om råd.",
        "Öppenhet mot säkerhet",
        "Känner ni till något?",
        "Funktionens utlåtande",
        "Detta är varken ett beslut eller en rekommendation.",
        "Vi känner till detta.",
        "Ägarna.",
        "Lärosätets beslut",
        "Nyttan väger tyngst.",
        "12 månader efter start.",
        "Så har det handlagts",
    ]
    places = [text.find(words) for words in order]
    assert (-1 in places, places) == (False, sorted(places))
    assert [word in text for word in ("ord-inne", "ord-grund")] == [False, False]


def test_in_english_too(who: dict[str, Actor], plan: Collaboration) -> None:
    browser = signed_in(who["decider"])
    address = reverse("collaborations:record", args=[plan.pk])
    browser.post(reverse("set_language"), {"language": "en", "next": "/"})
    response = browser.get(address)
    text = _text(response)
    assert [words in text for words in ("neither a decision nor a recommendation", "How it was handled")] == [
        True,
        True,
    ]
    assert pypdf.PdfReader(io.BytesIO(response.content)).trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]


def test_who_gets_it(who: dict[str, Actor], plan: Collaboration) -> None:
    address = reverse("collaborations:record", args=[plan.pk])
    found = {name: signed_in(actor).get(address).status_code for name, actor in who.items()}
    seeing = {"owner", "adviser", "steering", "contact", "decider"}
    assert found == {name: 200 if name in seeing else 404 for name in who}


def test_one_that_is_only_begun_is_a_document_too(who: dict[str, Actor]) -> None:
    plan = factories.plan(who["owner"], partners=[])
    response = signed_in(who["owner"]).get(reverse("collaborations:record", args=[plan.pk]))
    assert (
        f'filename="plan-{plan.pk}.pdf"' in response["Content-Disposition"],
        "Ingen partner" in _text(response),
    ) == (
        True,
        True,
    )


def test_the_statement_for_whoever_asked_and_for_the_desk(who: dict[str, Actor], plan: Collaboration) -> None:
    case = plan.enquiries.get().case
    address = reverse("cases:statement", args=[case.pk])
    found = {name: signed_in(actor).get(address).status_code for name, actor in who.items()}
    seeing = {"owner", "adviser", "steering", "contact", "decider", "officer", "other officer", "lead"}
    assert found == {name: 200 if name in seeing else 404 for name in who}
    response = signed_in(who["contact"]).get(address)
    text = _text(response)
    assert (
        response["Content-Disposition"]
        == f'inline; filename="{case.reference.replace(" ", "-").replace("/", "-")}.pdf"'
    )
    assert [
        words in text for words in ("Vi känner till detta.", "Ägarna.", "varken ett beslut", case.reference)
    ] == [True] * 4
    assert [word in text for word in ("ord-inne", "ord-grund", "Mäta snö från luften.", "Nyttan väger")] == [
        False
    ] * 4


def test_there_is_no_statement_before_it_is_sent_and_a_restricted_one_is_its_officers(
    who: dict[str, Actor],
) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    address = reverse("cases:statement", args=[case.pk])
    assert [signed_in(who[name]).get(address).status_code for name in ("contact", "officer")] == [404, 404]
    factories.answered(factories.triaged(case, who["officer"], access="restricted"), who["officer"])
    names = ("contact", "officer", "lead", "other officer")
    assert [signed_in(who[name]).get(address).status_code for name in names] == [200, 200, 200, 404]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("FU 2026/1187", "FU-2026-1187.pdf"),
        ('"; rm -rf\r\nX: y', "rm-rf-X-y.pdf"),
        ("../../etc", "etc.pdf"),
        ("åäö", "plan.pdf"),
    ],
)
def test_a_file_name_holds_no_tricks(said: str, name: str) -> None:
    assert file_name(said, otherwise="plan") == name
