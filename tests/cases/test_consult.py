"""Two agencies, blind to each other: each sees its extract and its own opinion, and nothing else anywhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from radrum.accounts.models import Organisation
from radrum.cases import policy
from radrum.cases.answer import return_statement
from radrum.cases.consult import consult, withdraw_consultation
from radrum.cases.draft import write_draft
from radrum.cases.models import Case, Consultation, Opinion, Statement, StatementDraft
from radrum.cases.opine import give_opinion
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading
from tests import factories
from tests.conftest import Act

FJALLBY, DESK = ("Fjällby universitet", "institution"), ("Nationella funktionen", "national")
ONE, TWO = ("Övningsmyndigheten", "security_agency"), ("Utbytesstyrelsen", "agency")
NAMED, UNNAMED, SILENT = "named", "unnamed", "silent"


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    home = {role: act(*FJALLBY, role) for role in ("researcher", "adviser", "contact_point")}
    desk = {name: act(*DESK, "desk_officer", name=name) for name in ("Johan", "Elin")}
    return {**home, **desk, "one": act(*ONE, "agency_expert"), "two": act(*TWO, "agency_expert")}


@pytest.fixture
def case(who: dict[str, Actor]) -> Case:
    received = factories.asked(who["researcher"], who["adviser"], who["contact_point"])
    return factories.triaged(received, who["Johan"])


@pytest.fixture
def asked(who: dict[str, Actor], case: Case) -> dict[str, Consultation]:
    return {
        "one": factories.consulted(case, who["Johan"], who["one"], question="Vad vet ni om sensorn?"),
        "two": factories.consulted(case, who["Johan"], who["two"], question="Vad vet ni om utbytet?"),
    }


@pytest.mark.django_db
def test_an_expert_sees_their_extract_and_no_case_nor_the_other_agency(
    who: dict[str, Actor], case: Case, asked: dict[str, Consultation]
) -> None:
    for mine, other in (("one", "two"), ("two", "one")):
        with reading(who[mine]):
            assert list(policy.visible_consultations(who[mine])) == [asked[mine]]
            assert list(Consultation.unguarded.all()) == [asked[mine]]
            assert (Case.unguarded.count(), Opinion.unguarded.count(), StatementDraft.unguarded.count()) == (
                0,
                0,
                0,
            )
        with pytest.raises(Unseen):
            give_opinion(who[mine], asked[other], text="Inte min.", naming=NAMED)


@pytest.mark.django_db
def test_the_extract_holds_what_was_chosen_and_nothing_else(asked: dict[str, Consultation]) -> None:
    assert [passage["key"] for passage in asked["one"].passages] == ["plan.summary"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_pages_and_mail_of_one_expert_are_the_same_whether_or_not_another_is_asked(
    client: Client, who: dict[str, Actor], case: Case
) -> None:
    mine = factories.consulted(case, who["Johan"], who["one"])
    pages = [
        "/room/",
        "/consultations/",
        f"/consultations/{mine.address}/",
        "/consultations/0000000000000000/",
        "/desk/",
    ]
    alone = [_look(client, who["one"], page) for page in pages]
    other = factories.consulted(case, who["Johan"], who["two"], question="Hemligt för den andra")
    give_opinion(who["two"], other, text="Den andras yttrande.", naming=NAMED)
    pages[3] = f"/consultations/{other.address}/"
    together = [_look(client, who["one"], page) for page in pages]
    assert [status for status, _text in together] == [200, 200, 200, 404, 403]
    assert [text.replace(other.address, "0" * 16) for _status, text in together] == [
        text for _status, text in alone
    ]
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="send_notice_to_roles")
    told = [job.args for job in jobs if job.args["organisation_id"] == who["one"].organisation_id]
    assert [job["reference"] for job in told] == [mine.address]


def _look(client: Client, actor: Actor, page: str) -> tuple[int, str]:
    client.force_login(actor.user)
    response = client.get(page)
    return response.status_code, re.sub(r'value="[^"]{20,}"', "", response.content.decode())


@pytest.mark.django_db
def test_who_may_ask_an_agency(who: dict[str, Actor], act: Act, case: Case) -> None:
    given: dict[str, Any] = {
        "agency": who["one"].organisation,
        "question": "?",
        "chosen": [],
        "due_on": timezone.localdate(),
    }
    with pytest.raises(Forbidden):
        consult(who["contact_point"], case, **given)
    with pytest.raises(Unseen):
        consult(who["one"], case, **given)
    consult(who["Elin"], case, **given)
    refused = [
        {**given, "chosen": ["plan.funding"]},  # not in the dossier
        {**given, "agency": act("Sjöby högskola", "institution", "adviser").organisation},
        {**given, "due_on": timezone.localdate() - timedelta(days=1)},
        given,  # asked already
    ]
    for wrong in refused:
        with pytest.raises(Refused):
            consult(who["Elin"], case, **wrong)


@pytest.mark.django_db
def test_a_withdrawn_question_is_gone_for_the_agency(
    who: dict[str, Actor], asked: dict[str, Consultation]
) -> None:
    withdraw_consultation(who["Elin"], asked["one"])
    with reading(who["one"]):
        assert Consultation.unguarded.count() == 0
    with pytest.raises((Unseen, Forbidden)):
        give_opinion(who["one"], asked["one"], text="För sent.", naming=NAMED)


@pytest.mark.django_db
def test_an_opinion_is_given_once_and_never_with_a_marking(
    who: dict[str, Actor], asked: dict[str, Consultation]
) -> None:
    with pytest.raises(Refused):
        give_opinion(who["one"], asked["one"], text="Uppgiften är KONFIDENTIELL.", naming=NAMED)
    give_opinion(who["one"], asked["one"], text="Öppna källor räcker.", naming=NAMED)
    with pytest.raises(Refused):
        give_opinion(who["one"], asked["one"], text="En gång till.", naming=NAMED)
    assert Opinion.unguarded.get().text == "Öppna källor räcker."


@pytest.mark.django_db
def test_the_statement_names_each_agency_only_as_it_agreed(
    who: dict[str, Actor], case: Case, asked: dict[str, Consultation]
) -> None:
    first = give_opinion(who["one"], asked["one"], text="Vi ser en risk.", naming=NAMED)
    second = give_opinion(who["two"], asked["two"], text="Vi ser ingen.", naming=UNNAMED)
    views = [{"opinion": first.pk, "text": "Ser en risk."}, {"opinion": second.pk, "text": "Ser ingen risk."}]
    write_draft(who["Johan"], case, text="Bilden är delad.", views=views)
    statement = return_statement(who["Elin"], case)
    assert [entry["sv"] for entry in statement.contributors] == [
        "Övningsmyndigheten",
        "En myndighet som inte namnges",
    ]
    assert [(view["who"]["sv"], view["text"]) for view in statement.views] == [
        ("Övningsmyndigheten", "Ser en risk."),
        ("En myndighet som inte namnges", "Ser ingen risk."),
    ]
    assert (statement.written_by_id, statement.signed_by_id) == (who["Johan"].user_id, who["Elin"].user_id)
    with reading(who["contact_point"]):
        assert (Opinion.unguarded.count(), Consultation.unguarded.count()) == (0, 0)


@pytest.mark.django_db
def test_an_agency_that_may_not_be_mentioned_is_not(
    who: dict[str, Actor], case: Case, asked: dict[str, Consultation]
) -> None:
    opinion = give_opinion(who["one"], asked["one"], text="Vi ser en risk.", naming=SILENT)
    withdraw_consultation(who["Elin"], asked["two"])
    write_draft(
        who["Johan"], case, text="Bilden är delad.", views=[{"opinion": opinion.pk, "text": "Ser en risk."}]
    )
    with pytest.raises(Refused):
        return_statement(who["Elin"], case)
    write_draft(who["Johan"], case, text="Bilden är entydig.")
    assert return_statement(who["Elin"], case).contributors == []


@pytest.mark.django_db
def test_a_second_person_sends_and_nobody_asked_is_forgotten(
    who: dict[str, Actor], case: Case, asked: dict[str, Consultation]
) -> None:
    with pytest.raises(Refused):
        return_statement(who["Elin"], case)  # nothing written
    write_draft(who["Johan"], case, text="Det vi vet.")
    for sender in ("Johan", "Elin"):  # the writer; and before the agencies have answered
        with pytest.raises(Refused):
            return_statement(who[sender], case)
    assert not Statement.unguarded.exists()
    write_draft(who["Johan"], case, text="Det vi vet.", without="Ansökan ska in i morgon.")
    assert return_statement(who["Elin"], case).text == "Det vi vet."
    with pytest.raises(Refused):
        return_statement(who["Elin"], case)


@pytest.mark.django_db
def test_only_agencies_that_have_an_expert_can_be_asked(who: dict[str, Actor], case: Case) -> None:
    """A question to an agency where nobody reads it would wait for ever."""
    agencies = {agency.pk for agency in policy.agencies()}
    nobody = Organisation.objects.filter(kind="security_agency").exclude(pk__in=agencies)[0]
    assert {who["one"].organisation_id, who["two"].organisation_id} <= agencies
    with pytest.raises(Refused):
        consult(who["Johan"], case, agency=nobody, question="Hör ni?", chosen=[], due_on=timezone.localdate())
    assert not Consultation.unguarded.filter(agency=nobody).exists()
