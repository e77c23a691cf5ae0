"""The gate to the asker: the statement passes, how it was made does not; once, and only when somebody handles it."""

from typing import Any

import pytest
from django.urls import reverse

from radrum.accounts.jobs import send_notice_to_roles
from radrum.accounts.models import User
from radrum.cases.answer import return_statement
from radrum.cases.draft import write_draft
from radrum.cases.models import Case, Statement, StatementDraft
from radrum.cases.triage import triage
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Unseen
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    names = ("owner", "adviser", "contact", "officer", "other officer", "lead", "expert", "their contact")
    return cast(act, *names)


@pytest.fixture
def case(who: dict[str, Actor]) -> Case:
    return factories.triaged(factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"])


def test_the_statement_is_returned_and_asker_and_owner_are_told(who: dict[str, Actor], case: Case) -> None:
    write_draft(who["officer"], case, text="Detta vet vi.", not_examined="Ägarna.")
    return_statement(who["lead"], case)
    sent = Statement.unguarded.get(case=case)
    people = (sent.written_by_id, sent.signed_by_id)
    assert (sent.text, sent.not_examined, people) == (
        "Detta vet vi.",
        "Ägarna.",
        (who["officer"].user_id, who["lead"].user_id),
    )
    assert Case.unguarded.get(pk=case.pk).status == "answered"
    told = {"notice": "case_answered", "reference": case.reference, "path": "/room/#questions"}
    assert waiting("send_notice_to_roles")[-1] == {
        "organisation_id": case.asker_id,
        "roles": ["contact_point", "decision_maker"],
        "also": [who["owner"].user_id],
        **told,
    }


def test_a_contact_point_who_asked_for_themselves_gets_one_mail(act: Act, who: dict[str, Actor]) -> None:
    both = act("Fjällby universitet", "institution", "contact_point", name="owner")
    case = factories.triaged(factories.asked(both, who["adviser"], both), who["officer"])
    factories.answered(case, who["officer"])
    before = len(waiting("send_notice"))
    send_notice_to_roles(**waiting("send_notice_to_roles")[-1])
    told = [job["person_id"] for job in waiting("send_notice")[before:]]
    assert told.count(both.user_id) == 1


def test_the_second_to_answer_is_told_by_whom_and_nothing_is_sent(who: dict[str, Actor], case: Case) -> None:
    factories.answered(case, who["officer"])
    before, jobs = everything(), len(waiting())
    with pytest.raises(Refused, match="Andra läsaren"):
        return_statement(who["other officer"], case)
    assert (everything(), len(waiting())) == (before, jobs)
    last = Entry.unguarded.last()
    assert (last.verb, last.outcome, last.person_id) == (
        "case.answered",
        "refused",
        who["other officer"].user_id,
    )


@pytest.mark.usefixtures("_relaxed")
def test_what_is_sent_is_what_was_read(who: dict[str, Actor], case: Case) -> None:
    browser = signed_in(who["lead"])
    factories.drafted(case, who["officer"], text="Det första.")
    address = reverse("cases:answer", args=[case.pk])
    version = browser.get(address).context["form"].initial["version"]
    factories.drafted(case, who["officer"], text="Det andra.", version=version)
    assert browser.post(address, {"version": version}).status_code == 200
    assert Statement.unguarded.count() == 0
    assert browser.post(address, {"version": version + 1}).status_code == 302
    assert Statement.unguarded.get().text == "Det andra."


def test_what_nobody_handles_is_not_answered(who: dict[str, Actor]) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    with pytest.raises(Refused):
        write_draft(who["officer"], case, text="Svar.")
    assert (Statement.unguarded.count(), Case.unguarded.get(pk=case.pk).status) == (0, "received")


@pytest.mark.parametrize(
    ("name", "error"),
    [("contact", Forbidden), ("owner", Forbidden), ("expert", Unseen), ("their contact", Unseen)],
)
def test_who_cannot_answer(who: dict[str, Actor], case: Case, name: str, error: type[Refused]) -> None:
    with pytest.raises(error):
        return_statement(who[name], case)
    assert Statement.unguarded.count() == 0


@pytest.mark.usefixtures("_relaxed")
def test_how_it_was_made_stays_at_the_desk(who: dict[str, Actor], case: Case) -> None:
    """The asker reads the statement; note, ground, officer's choice of access and who may read stay inside."""
    inside = {"note": "ord-anteckning", "secrecy_ground": "ord-grund", "urgent": True}
    handler = User.objects.get(pk=who["other officer"].user_id)
    triage(who["lead"], case, officer=handler, access="restricted", **inside)
    factories.answered(case, who["lead"])
    address = reverse("cases:case", args=[case.pk])
    at_desk, at_home = (signed_in(who[name]).get(address).content.decode() for name in ("lead", "contact"))
    words = ("Vi känner till detta.", "ord-anteckning", "ord-grund", handler.name)
    assert [word in at_desk for word in words] == [True] * 4
    assert [word in at_home for word in words] == [True, False, False, False]


@pytest.mark.parametrize("place", ["text", "not_examined", "views"])
def test_a_marking_or_an_identity_number_is_neither_written_nor_returned(
    who: dict[str, Actor], case: Case, place: str
) -> None:
    before = everything()
    for bad in ("Detta är HEMLIG uppgift.", "Hon har 811218-9876."):
        wrong: Any = [{"opinion": 1, "text": bad}] if place == "views" else bad
        with pytest.raises(Refused):
            write_draft(who["officer"], case, **{"text": "Svar.", place: wrong})
        assert everything() == before
    factories.drafted(case, who["officer"])
    wrong = [{"opinion": 1, "text": "HEMLIG"}] if place == "views" else "HEMLIG"
    StatementDraft.unguarded.update(**{place: wrong})  # however it came there
    jobs = len(waiting())
    with pytest.raises(Refused):
        return_statement(who["lead"], case)
    assert (Statement.unguarded.count(), len(waiting())) == (0, jobs)
