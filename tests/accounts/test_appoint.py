"""Roles are given and ended by the organisation's own administrator; a leaver loses everything at once."""

import pytest
from django.utils import timezone

from radrum.accounts.appoint import appoint, end
from radrum.accounts.models import Membership, Organisation, Substitution
from radrum.accounts.substitute import name_substitute
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Unseen
from tests.cast import DESK, FJALLBY, cast, everything, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db


def _of(person_id: int | None) -> Membership:
    found: Membership = Membership.unguarded.today().get(person_id=person_id)
    return found


# fmt: off
FITS = {
    ("Fjällby universitet", "institution"): "adviser contact_point council decision_maker organisation_admin researcher steering",
    ("Vetenskapsfonden Nord", "funder"): "adviser contact_point council decision_maker funder_officer organisation_admin"
                                         " researcher steering",
    ("Övningsmyndigheten", "security_agency"): "adviser agency_expert contact_point council decision_maker organisation_admin"
                                               " researcher steering",
    ("Utbyte", "agency"): "adviser agency_expert contact_point council decision_maker organisation_admin researcher steering",
    ("Bolaget", "company"): "adviser contact_point council decision_maker organisation_admin researcher steering",
    ("Annat", "other"): "adviser contact_point council decision_maker organisation_admin researcher steering",
    DESK: "council desk_lead desk_officer editor evaluator organisation_admin system_admin",
}
# fmt: on


@pytest.mark.parametrize("place", FITS, ids=lambda place: place[1])
def test_which_roles_fit_which_kind_of_organisation(act: Act, place: tuple[str, str]) -> None:
    from radrum.accounts.roles import Role

    admin, colleague = act(*place, "organisation_admin", name="a"), act(*place, "council", name="b")
    employer, fits = Organisation.objects.filter(kind="agency").first(), []
    for role in sorted(Role.values):
        try:
            appoint(admin, colleague.user, role=role, employer=employer)
        except Refused:
            continue
        fits.append(role)
    assert fits == FITS[place].split()
    assert sorted(Membership.unguarded.filter(person=colleague.user).values_list("role", flat=True)) == fits


@pytest.mark.parametrize("role", ["desk_officer", "desk_lead"])
def test_a_member_of_the_desk_has_an_employer(act: Act, role: str) -> None:
    admin = act(*DESK, "organisation_admin")
    with pytest.raises(Refused):
        appoint(admin, admin.user, role=role)
    agency = Organisation.objects.filter(kind="agency").first()
    assert appoint(admin, admin.user, role=role, employer=agency).employer == agency


def test_the_same_role_is_given_once(act: Act) -> None:
    who = cast(act, "admin", "owner")
    first, second = (appoint(who["admin"], who["owner"].user, role="adviser") for _n in range(2))
    assert (first, Membership.unguarded.filter(person=who["owner"].user).count()) == (second, 2)


def test_who_may_give_and_to_whom(act: Act) -> None:
    who = cast(act, "admin", "owner", "contact", "their researcher", "their admin")
    for by, to in (
        ("owner", "owner"),
        ("contact", "owner"),
        ("their admin", "owner"),
        ("admin", "their researcher"),
    ):
        before = everything()
        with pytest.raises(Forbidden):
            appoint(who[by], who[to].user, role="organisation_admin")
        last = Entry.unguarded.last()
        assert (everything(), last.verb, last.outcome) == (before, "membership.given", "refused")


def test_a_role_ends_now_and_may_be_given_again(act: Act) -> None:
    who = cast(act, "admin", "owner")
    old = _of(who["owner"].user_id)
    end(who["admin"], old)
    assert not Membership.unguarded.today().filter(pk=old.pk).exists()
    with pytest.raises(Refused):
        end(who["admin"], old)
    again = appoint(who["admin"], who["owner"].user, role="researcher")
    assert (again.pk != old.pk, _of(who["owner"].user_id)) == (True, again)


def test_anyone_lays_down_their_own_role_and_nobody_elses(act: Act) -> None:
    who = cast(act, "admin", "owner", "colleague", "their admin")
    role = _of(who["owner"].user_id)
    with pytest.raises(Forbidden):
        end(who["colleague"], role)
    with pytest.raises(Unseen):
        end(who["their admin"], role)
    end(who["owner"], role)
    assert not Membership.unguarded.today().filter(person=who["owner"].user).exists()


def test_the_last_administrator_stays_until_there_is_another(act: Act) -> None:
    first, second = (
        act(*FJALLBY, "organisation_admin", name="ett"),
        act(*FJALLBY, "organisation_admin", name="två"),
    )
    cast(act, "their admin")
    end(first, _of(second.user_id))
    with pytest.raises(Refused):
        end(first, _of(first.user_id))
    appoint(first, second.user, role="organisation_admin")
    end(first, _of(first.user_id))
    assert [
        row.person_id
        for row in Membership.unguarded.today().filter(
            role="organisation_admin", organisation=first.organisation
        )
    ] == [second.user_id]


@pytest.mark.usefixtures("_relaxed")
def test_a_leaver_is_signed_out_everywhere_and_others_are_not(act: Act) -> None:
    who = cast(act, "admin", "owner", "colleague")
    browsers = {name: signed_in(who[name]) for name in ("owner", "colleague")}
    elsewhere = signed_in(who["owner"])
    assert browsers["owner"].get("/collaborations/").status_code == 200
    end(who["admin"], _of(who["owner"].user_id))
    for browser in (browsers["owner"], elsewhere):
        assert browser.get("/collaborations/").headers["Location"] == "/account/login/?next=/collaborations/"
    assert browsers["colleague"].get("/collaborations/").status_code == 200


@pytest.mark.usefixtures("_relaxed")
def test_whoever_keeps_another_role_stays_signed_in_without_the_one_that_ended(act: Act) -> None:
    admin, both = cast(act, "admin")["admin"], act(*FJALLBY, "researcher", "organisation_admin", name="båda")
    browser = signed_in(both)
    assert browser.get("/people/").status_code == 200
    end(admin, Membership.unguarded.get(person=both.user, role="organisation_admin"))
    assert [browser.get(page).status_code for page in ("/people/", "/collaborations/")] == [403, 200]


@pytest.mark.usefixtures("_relaxed")
def test_one_who_leaves_by_their_own_page_is_sent_to_sign_in(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    browser, role = signed_in(owner), _of(owner.user_id)
    ended = browser.post(f"/people/role/{role.pk}/end/")
    assert (ended.status_code, browser.get(ended.headers["Location"]).status_code) == (302, 302)
    assert browser.get("/room/").headers["Location"] == "/account/login/?next=/room/"


@pytest.mark.usefixtures("_relaxed")
def test_a_leaver_no_longer_stands_in_and_nobody_stands_in_for_them(act: Act) -> None:
    who, today = cast(act, "admin", "contact", "adviser", "steering"), timezone.localdate()
    from radrum.accounts.acting import choices

    days = {"starts_on": today, "ends_on": today}
    name_substitute(who["contact"], _of(who["contact"].user_id), substitute=who["adviser"].user, **days)
    end(who["admin"], _of(who["adviser"].user_id))
    assert choices(who["adviser"].user) == []
    name_substitute(who["contact"], _of(who["contact"].user_id), substitute=who["steering"].user, **days)
    assert "contact_point" in choices(who["steering"].user)[0].roles
    end(who["admin"], _of(who["contact"].user_id))
    assert choices(who["steering"].user)[0].roles == {"steering"}
    assert not Substitution.unguarded.today().exists()
