"""A case gets an officer; who may read it is narrowed by its officer or the lead, and the last to save is told."""

from typing import Any

import pytest
from django.urls import reverse

from radrum.accounts.models import Membership
from radrum.cases.models import Case, Handling
from radrum.cases.triage import triage
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    names = ("owner", "adviser", "contact", "officer", "other officer", "lead", "editor", "their contact")
    return cast(act, *names)


@pytest.fixture
def case(who: dict[str, Actor]) -> Case:
    return factories.asked(who["owner"], who["adviser"], who["contact"])


def test_it_may_be_done_again_until_it_is_answered(who: dict[str, Actor], case: Case) -> None:
    triage(
        who["officer"],
        case,
        officer=who["officer"].user,
        urgent=True,
        secrecy_ground="OSL 15:2",
        note="Ring.",
    )
    first = Handling.unguarded.get(case=case)
    assert (
        first.officer_id,
        first.access,
        first.urgent,
        first.secrecy_ground,
        first.note,
        first.version,
    ) == (
        who["officer"].user_id,
        "open",
        True,
        "OSL 15:2",
        "Ring.",
        1,
    )
    triage(who["lead"], case, officer=who["other officer"].user, version=1)
    again = Handling.unguarded.get(case=case)
    assert (again.officer_id, again.triaged_by_id, again.urgent, again.version) == (
        who["other officer"].user_id,
        who["lead"].user_id,
        False,
        2,
    )
    assert (Case.unguarded.get(pk=case.pk).status, again.triaged_at) == ("triaged", first.triaged_at)
    factories.answered(case, who["officer"])
    before = everything()
    with pytest.raises(Refused):
        triage(who["officer"], case, officer=who["officer"].user)
    assert everything() == before


@pytest.mark.parametrize(
    ("by", "to", "access", "error"),
    [
        ("officer", "officer", "restricted", None),
        ("officer", "other officer", "restricted", Refused),
        ("lead", "other officer", "restricted", None),
        ("officer", "other officer", "open", None),
        ("officer", "editor", "open", Refused),
        ("officer", "owner", "open", Refused),
        ("contact", "officer", "open", Forbidden),
        ("editor", "officer", "open", Unseen),
        ("their contact", "officer", "open", Unseen),
    ],
)
def test_who_hands_out_to_whom(
    who: dict[str, Actor], case: Case, by: str, to: str, access: str, error: Any
) -> None:
    before = everything()
    if error:
        with pytest.raises(error):
            triage(who[by], case, officer=who[to].user, access=access)
        assert everything() == before
    else:
        triage(who[by], case, officer=who[to].user, access=access)
        handling = Handling.unguarded.get(case=case)
        assert (handling.officer_id, handling.access) == (who[to].user_id, access)


def test_a_restricted_case_is_opened_only_by_its_officer_or_the_lead(
    who: dict[str, Actor], case: Case
) -> None:
    factories.triaged(case, who["officer"], access="restricted")
    with pytest.raises(Unseen):
        triage(who["other officer"], case, officer=who["other officer"].user)
    triage(who["lead"], case, officer=who["other officer"].user, access="restricted")
    with pytest.raises(Unseen):
        triage(who["officer"], case, officer=who["officer"].user)
    triage(who["other officer"], case, officer=who["officer"].user, access="open")
    assert Handling.unguarded.get(case=case).access == "open"


def test_someone_who_has_left_the_desk_is_not_given_a_case(who: dict[str, Actor], case: Case) -> None:
    Membership.unguarded.filter(person=who["other officer"].user).update(
        starts_on="2025-01-01", ends_on="2025-12-31"
    )
    with pytest.raises(Refused):
        triage(who["officer"], case, officer=who["other officer"].user)


def test_of_two_who_triage_the_second_is_told(who: dict[str, Actor], case: Case) -> None:
    triage(who["officer"], case, officer=who["officer"].user, version=0)
    before = everything()
    with pytest.raises(Stale) as stale:
        triage(who["other officer"], case, officer=who["other officer"].user, version=0)
    assert (stale.value.current, everything()) == (Handling.unguarded.get(case=case), before)


@pytest.mark.usefixtures("_relaxed")
def test_the_page_shows_the_second_what_the_first_chose_in_words(who: dict[str, Actor], case: Case) -> None:
    triage(who["officer"], case, officer=who["officer"].user, urgent=True, note="Deras.")
    mine = {"officer": who["other officer"].user_id, "access": "open", "note": "Mina."}
    mine |= {"kind": "security", "version": 0}
    response = signed_in(who["other officer"]).post(reverse("cases:triage", args=[case.pk]), mine)
    found = {(str(theirs), str(yours)) for _label, theirs, yours in response.context["form"].theirs}
    assert (response.status_code, response.context["form"].theirs_by) == (409, who["officer"].user)
    assert found == {
        (who["officer"].user.name, who["other officer"].user.name),
        ("Ja", "Nej"),
        ("Deras.", "Mina."),
    }
