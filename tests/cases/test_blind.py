"""Two worlds, with and without another agency asked: whoever must not know compares them byte by byte.

Each world is told inside a transaction that is rolled back, so even numbers of rows would differ if one showed.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from radrum.accounts.jobs import send_notice, send_notice_to_roles
from radrum.cases.attach import attach_to_opinion
from radrum.cases.consult import withdraw_consultation
from radrum.cases.models import Case, Consultation
from radrum.cases.opine import give_opinion
from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
NAMES = ("owner", "adviser", "steering", "contact", "decider", "officer", "lead", "expert")
DUE = timezone.localdate() + timedelta(days=14)
Seen = list[tuple[str, int, str, str]]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    others = {
        name: act(name, kind, "agency_expert", name=f"expert {name}")
        for name, kind in (("Utbytesstyrelsen", "agency"), ("Tredje verket", "security_agency"))
    }
    return {**cast(act, *NAMES), **others}


@contextmanager
def world() -> Iterator[None]:
    mail.outbox.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def others_asked(who: dict[str, Actor], case: Case) -> None:
    """One agency has answered, with a file; another was asked and the question withdrawn."""
    first = factories.consulted(case, who["officer"], who["Utbytesstyrelsen"], question="Den andras fråga.")
    attach_to_opinion(who["Utbytesstyrelsen"], first, files=[factories.file("andras.txt")])
    give_opinion(who["Utbytesstyrelsen"], first, text="Den andras yttrande.", naming="named")
    second = factories.consulted(case, who["officer"], who["Tredje verket"], question="Den tredjes fråga.")
    withdraw_consultation(who["officer"], second)


def plain(text: str, secrets: list[str]) -> str:
    """Without what differs each time by chance: tokens, and the addresses that were drawn."""
    text = re.sub(r'value="[^"]{20,}"', "", text)
    text = re.sub(r"/partners/\d+/", "/partners/0/", text)
    for number, secret in enumerate(secrets):
        text = text.replace(secret, f"<{number}>")
    return text


def look(browser: Client, pages: list[str], secrets: list[str]) -> Seen:
    """What each page answers, with its headers."""
    found = []
    for page in pages:
        response = browser.get(page)
        chance = {
            "Set-Cookie",
            "Content-Length",
            "Content-Security-Policy",
        }  # length: of numbers in addresses
        headers = {name: value for name, value in response.items() if name not in chance}
        found.append(
            (plain(page, secrets), response.status_code, plain(str(headers), secrets),
             plain(response.content.decode(), secrets))
        )  # fmt: skip
    return found


def mails_to(actor: Actor, secrets: list[str]) -> list[str]:
    """All the mail this person has got in this world."""
    for job in waiting("send_notice_to_roles"):
        send_notice_to_roles(**job)
    for job in waiting("send_notice"):
        send_notice(**job)
    mine = [message for message in mail.outbox if message.to == [actor.user.email]]
    return [plain(f"{one.subject}\n{one.body}\n{one.extra_headers}", secrets) for one in mine]


def flat(told: Any) -> Iterator[Any]:
    """The pieces of what was told, so that a difference can be read."""
    if isinstance(told, list | tuple):
        for piece in told:
            yield from flat(piece)
    else:
        yield told


def as_expert(who: dict[str, Actor], *, others: bool) -> Any:
    """Everything an expert can see, try and get, before and after their own opinion."""
    case = factories.triaged(factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"])
    if others:
        others_asked(who, case)
    mine = factories.consulted(case, who["officer"], who["expert"], due_on=DUE)
    theirs = Consultation.unguarded.exclude(pk=mine.pk).values_list("address", flat=True).first()
    secrets = [mine.address, theirs or "0" * 16, f"/desk/{case.pk}/"]
    browser, own = signed_in(who["expert"]), f"/consultations/{mine.address}/"
    pages = ["/room/", "/consultations/", "/consultations/?page=2", own, f"{own}attach/", "/act/"]
    pages += [f"/consultations/{secrets[1]}/", f"/consultations/{secrets[1]}/attach/", "/desk/", secrets[2]]
    pages += [f"/desk/consultation/{mine.address}/", f"/desk/consultation/{secrets[1]}/"]
    before = look(browser, pages, secrets)
    wrong = [
        browser.post(own, {"text": "Uppgiften är HEMLIG.", "naming": "named"}),
        browser.post(own, {"text": "", "naming": "silent"}),
        browser.post(f"{own}attach/", {"files": [factories.file("sida.txt", b"<html>")]}),
        browser.post(f"/consultations/{secrets[1]}/", {"text": "x", "naming": "named"}),
    ]
    tried = [(one.status_code, plain(one.content.decode(), secrets)) for one in wrong]
    sent = browser.post(own, {"text": "Vi känner till det.", "naming": "unnamed"})
    after = look(browser, pages, secrets)
    factories.drafted(case, who["officer"])
    factories.return_statement(who["lead"], case)
    late = look(browser, pages, secrets)
    return before, tried, sent.status_code, after, late, mails_to(who["expert"], secrets)


def as_asker(name: str) -> Callable[..., Any]:
    """Everything somebody at the asking organisation sees, step by step, until the statement."""

    def seen(who: dict[str, Actor], *, others: bool) -> Any:
        case = factories.asked(who["owner"], who["adviser"], who["contact"])
        plan = factories.plan_of(case)
        secrets = [f"/desk/{case.pk}/", f"/collaborations/{plan.pk}/"]
        digest = case.dossier.digest  # of passages that carry the number of the advice
        browser, addresses = signed_in(who[name]), list(secrets)
        secrets.append(f"{digest[:4]}…{digest[-4:]}")
        pages = [
            "/room/",
            "/collaborations/",
            *addresses,
            f"{secrets[0]}consult/",
            "/consultations/",
            "/ask/",
        ]
        steps = [look(browser, pages, secrets)]
        factories.triaged(case, who["officer"])
        steps.append(look(browser, pages, secrets))
        if others:
            others_asked(who, Case.unguarded.get(pk=case.pk))
        steps.append(look(browser, pages, secrets))
        factories.drafted(case, who["officer"])
        steps.append(look(browser, pages, secrets))
        if others:  # asked once more, after the draft
            factories.consulted(Case.unguarded.get(pk=case.pk), who["officer"], who["Tredje verket"])
        steps.append(look(browser, pages, secrets))
        return steps, mails_to(who[name], secrets)

    return seen


@pytest.mark.parametrize(
    ("name", "tell"),
    [("expert", as_expert), *((name, as_asker(name)) for name in ("owner", "adviser", "contact", "decider"))],
)
def test_nobody_else_learns_that_an_agency_was_asked(
    who: dict[str, Actor], name: str, tell: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)  # otherwise a minute may pass between the worlds
    with world():
        alone = tell(who, others=False)
    with world():
        together = tell(who, others=True)
    for one, other in zip(flat(alone), flat(together), strict=True):
        assert one == other
    text = str(together)
    words = ("Den andras", "Den tredjes", "andras.txt", "Utbytesstyrelsen", "Tredje verket")
    assert [word for word in words if word in text] == []


def test_the_worlds_do_differ_for_the_desk(who: dict[str, Actor]) -> None:
    """Otherwise the test above would say nothing."""
    seen = []
    for others in (False, True):
        with world():
            case = factories.triaged(
                factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"]
            )
            if others:
                others_asked(who, case)
            text = str(look(signed_in(who["officer"]), [f"/desk/{case.pk}/"], []))
            seen.append("Utbytesstyrelsen" in text)
    assert seen == [False, True]


def test_the_plain_words_name_the_promised_day_and_no_agency(who: dict[str, Actor]) -> None:
    case = factories.triaged(factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"])
    others_asked(who, case)
    plan = factories.plan_of(case)
    for page in (reverse("cases:case", args=[case.pk]), f"/collaborations/{plan.pk}/"):
        text = signed_in(who["owner"]).get(page).content.decode()
        assert ("handläggare vid desken" in text, str(case.promised_on.year) in text) == (True, True)
        assert [word for word in ("remiss", "Remiss", "utdrag", "sakkunnig") if word in text] == []


def test_the_desk_cannot_read_a_plan_it_was_not_sent(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"], title="Bara hemma hos oss")
    case = factories.asked(who["owner"], who["adviser"], who["contact"], title="En som frågas om")
    asked = factories.plan_of(case)
    for name in ("officer", "lead"):
        browser = signed_in(who[name])
        for one in (plan, asked):
            steps = ("", "describe/", "assess/", "prepare/", "ask/", "decide/", "review/", "pass-on/")
            pages = [f"/collaborations/{one.pk}/{step}" for step in steps]
            assert [browser.get(page).status_code for page in pages] == [404] * len(pages)
        for page in ("/room/", "/desk/", "/desk/closed/", "/collaborations/", f"/desk/{case.pk}/"):
            assert "Bara hemma hos oss" not in browser.get(page).content.decode()
        with reading(who[name]):
            assert Collaboration.unguarded.count() == 0
