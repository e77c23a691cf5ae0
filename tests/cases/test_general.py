"""General questions, open to all; and suspected interference, which begins with the fewest readers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from radrum.accounts.jobs import send_mail_to
from radrum.cases import policy, show
from radrum.cases.answer import return_statement
from radrum.cases.draft import write_draft
from radrum.cases.general import find, token_of
from radrum.cases.models import Attachment, Case, Enquirer
from radrum.cases.triage import triage
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Refused
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
FIELDS = {"email": "Fragar@Utanfor.example", "subject": "Mallar", "question": "Finns det en mall för avtal?"}
AT_HOME = ("owner", "adviser", "steering", "contact", "decider", "colleague", "admin", "their contact")
OTHERS = ("editor", "evaluator", "expert", "funder")


def _ask(client: Client, **more: Any) -> Any:
    return client.post(reverse("general"), {**FIELDS, **more})


def _link() -> str:
    return str(reverse("question", args=[token_of(Enquirer.unguarded.latest("pk"))]))


def test_anyone_asks_and_follows_it_by_the_link(client: Client, act: Act) -> None:
    assert client.get(reverse("general")).status_code == 200
    response = _ask(client, files=[factories.file("utkast.txt")])
    case = Case.unguarded.get()
    assert (response.status_code, response["Location"]) == (302, _link())
    assert (case.kind, case.status, case.asker_id, case.asked_by_id) == ("general", "received", None, None)
    assert Enquirer.unguarded.get().email == "fragar@utanfor.example"
    assert Attachment.unguarded.get().case_id == case.pk
    last = Entry.unguarded.filter(verb="question.received").get()
    assert (last.outcome, last.person_id, last.subject_id) == ("done", None, str(case.pk))

    officer = act("Nationella funktionen", "national", "desk_officer")
    promised = str(case.promised_on.day)
    texts = [_text(client)]
    factories.triaged(case, officer)
    texts.append(_text(client))
    write_draft(officer, case, text="Ja, hos UHR.", not_examined="Lokala mallar.")
    texts.append(_text(client))
    return_statement(officer, case)  # nobody else is needed for a general question from outside
    assert [promised in text for text in texts] == [True] * 3
    assert len(set(texts)) == 3  # each step in plain words
    answer = _text(client)
    assert ("Ja, hos UHR." in answer, "Lokala mallar." in answer, "varken" in answer) == (True, True, True)
    assert ("Ja, hos UHR." in texts[-1], "fragar@" in answer) == (False, False)


def _text(client: Client) -> str:
    response = client.get(_link())
    assert (response.status_code, response["Referrer-Policy"], response["X-Robots-Tag"]) == (
        200,
        "no-referrer",
        "noindex",
    )
    assert "no-store" in response["Cache-Control"]
    return re.sub(r'value="[^"]{20,}"', "", response.content.decode())


def test_the_link_works_only_with_its_secret(client: Client) -> None:
    case = factories.asked_openly()
    enquirer = Enquirer.unguarded.get(case=case)
    token = token_of(enquirer)
    stored = " ".join(str(value) for value in vars(enquirer).values())
    assert (len(token), token in stored) == (64, False)
    found = find(token)
    assert found is not None
    assert found[0] == case
    for wrong in (token[:-1], "0" * 64, enquirer.token_hash, enquirer.nonce):
        assert client.get(reverse("question", args=[wrong])).status_code == 404


def test_the_mail_holds_the_reference_and_the_link_and_nothing_else(act: Act) -> None:
    officer = act("Nationella funktionen", "national", "desk_officer")
    case = factories.triaged(factories.asked_openly(), officer)
    write_draft(officer, case, text="Svaret är gurka.")
    return_statement(officer, case)
    for job in waiting("send_mail_to"):
        send_mail_to(**job)
    assert [message.to for message in mail.outbox] == [["nagon@utanfor.example"]] * 2
    for message in mail.outbox:
        text = f"{message.subject}\n{message.body}"
        assert (case.reference in message.subject, _link() in message.body) == (True, True)
        assert [word for word in ("Mallar", "mall?", "gurka") if word in text] == []


@pytest.mark.parametrize(
    "bad",
    [
        {"question": "Uppgiften är HEMLIG."},
        {"question": "Hon har 811218-9876."},
        {"email": "inte en adress"},
        {"question": ""},
        {"files": [factories.file("sida.txt", b"<html>")]},
    ],
)
def test_what_is_refused_keeps_the_text_and_registers_nothing(client: Client, bad: dict[str, Any]) -> None:
    before = everything()
    response = _ask(client, **bad)
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
    assert response.context["form"]["subject"].value() == "Mallar"
    assert (everything(), len(waiting())) == (before, 0)


def test_tries_are_limited(client: Client, settings: Any) -> None:
    statuses = [_ask(client).status_code for _n in range(4)]
    assert statuses == [302, 302, 302, 200]  # three from one address in a day
    Case.unguarded.update(received_at=timezone.now() - timedelta(days=2))
    assert _ask(client).status_code == 302
    settings.GENERAL_A_DAY = 1
    assert _ask(client, email="annan@utanfor.example").status_code == 200
    settings.GENERAL_A_DAY = 100
    after = [_ask(client, email=f"nr{n}@utanfor.example").status_code for n in range(8)]
    assert (after[0], after[-1]) == (302, 200)  # ten tries in an hour from one place
    assert Case.unguarded.count() == 4 + after.count(302)


def test_a_general_question_is_the_desks_alone(act: Act) -> None:
    case = factories.asked_openly()
    who = cast(act)
    seen = {}
    for name, actor in who.items():
        with reading(actor):
            rule = (policy.visible_cases(actor).count(), policy.visible_enquirers(actor).count())
            bare = (Case.unguarded.count(), Enquirer.unguarded.count())
            assert (name, rule) == (name, bare)
            seen[name] = rule == (1, 1)
    assert {name for name, sees in seen.items() if sees} == {"officer", "other officer", "lead"}
    page = signed_in(who["officer"]).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert ("nagon@utanfor.example" in page, "Finns det en mall?" in page) == (False, True)


def test_a_question_of_an_organisation_needs_two_whatever_its_kind(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "officer")
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    factories.triaged(case, who["officer"], kind="general")
    write_draft(who["officer"], case, text="Svar.")
    with pytest.raises(Refused):
        return_statement(who["officer"], case)
    outside = factories.triaged(factories.asked_openly(), who["officer"], kind="security")
    write_draft(who["officer"], outside, text="Svar.")
    with pytest.raises(Refused):
        return_statement(who["officer"], outside)


def test_an_answer_that_agencies_took_part_in_needs_two_and_its_asker_cannot_tell(act: Act) -> None:
    who = cast(act, "officer", "expert")
    told = set()
    for asked in (False, True):
        case = factories.triaged(factories.asked_openly(), who["officer"])
        if asked:
            factories.consulted(case, who["officer"], who["expert"], chosen=[])
        write_draft(who["officer"], case, text="Svar.", without="Bråttom.")
        case.refresh_from_db()
        told.add(show.plain_status(case))
    assert len(told) == 1
    with pytest.raises(Refused):
        return_statement(who["officer"], case)


# --- Suspected interference ---------------------------------------------------------------------------


def _who_sees(who: dict[str, Actor], case: Case) -> set[str]:
    seen = set()
    for name, actor in who.items():
        with reading(actor):
            rule = policy.visible_cases(actor).filter(pk=case.pk).exists()
            assert (name, rule) == (name, Case.unguarded.filter(pk=case.pk).exists())
        status = signed_in(actor).get(reverse("cases:case", args=[case.pk])).status_code
        assert (name, status) == (name, 200 if rule else 404)
        seen |= {name} if rule else set()
    return seen


def test_interference_is_restricted_from_the_start(act: Act) -> None:
    who = cast(act)
    case = factories.reported(who["contact"], files=[factories.file()])
    assert (case.kind, case.discreet, case.status) == ("interference", True, "received")
    assert _who_sees(who, case) == {"contact", "lead"}
    told = [job for job in waiting("send_notice_to_roles") if job["reference"] == case.reference]
    assert [job["roles"] for job in told] == [["desk_lead"]]
    form = signed_in(who["lead"]).get(reverse("cases:triage", args=[case.pk])).context["form"]
    assert form.initial["access"] == "restricted"
    triage(who["lead"], case, officer=who["officer"].user, access="restricted")
    assert _who_sees(who, case) == {"contact", "lead", "officer"}
    factories.drafted(case, who["officer"])
    return_statement(who["lead"], case)
    assert _who_sees(who, case) == {"contact", "lead", "officer"}
    assert waiting("send_notice_to_roles")[-1]["roles"] == ["contact_point"]


def test_only_a_contact_point_reports(act: Act) -> None:
    who = cast(act)
    fields = {"subject": "Påverkan", "question": "Någon frågar efter lösenord."}
    sent = {name: signed_in(a).post(reverse("interference"), fields).status_code for name, a in who.items()}
    assert {name for name, status in sent.items() if status == 302} == {"contact", "their contact"}
    assert {status for name, status in sent.items() if "contact" not in name} == {403}
    assert Case.unguarded.filter(kind="interference").count() == 2


def test_what_is_late_is_said_to_be_late(client: Client) -> None:
    case = factories.asked_openly()
    assert "försenat" not in _text(client)
    Case.unguarded.filter(pk=case.pk).update(promised_on=timezone.localdate() - timedelta(days=1))
    assert "försenat" in _text(client)
