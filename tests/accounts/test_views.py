"""An organisation's people: its administrator looks after them, each after their own absence, and nobody after others'."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from radrum.accounts.invite import invite
from radrum.accounts.models import Invitation, Membership, Substitution, User
from radrum.accounts.substitute import name_substitute
from radrum.core.actor import Actor
from tests.cast import FJALLBY, cast, everything, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
AT_FJALLBY = ("owner", "colleague", "adviser", "steering", "contact", "decider", "admin")


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act)


@pytest.fixture
def there(who: dict[str, Actor]) -> dict[str, str]:
    """The contact point's page and role, an absence of theirs, and an open invitation, by address."""
    role = _role(who["contact"])
    cover = _cover(who["contact"], who["adviser"])
    guest = invite(who["admin"], email="ny@fjallby.example", name="Ny", roles=["adviser"])
    return {
        "people": "/people/",
        "invite": "/people/invite/",
        "person": f"/people/{who['contact'].user_id}/",
        "end": f"/people/role/{role.pk}/end/",
        "substitute": f"/people/role/{role.pk}/substitute/",
        "back": f"/people/absence/{cover.pk}/back/",
        "withdraw": f"/people/invitation/{guest.pk}/withdraw/",
    }


def _role(actor: Actor) -> Membership:
    found: Membership = Membership.unguarded.get(person_id=actor.user_id)
    return found


def _cover(absent: Actor, substitute: Actor) -> Substitution:
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=7)}
    return name_substitute(absent, _role(absent), substitute=substitute.user, **days)


# fmt: off
SHOWN = {
    # page         200                  403: seen or known of, not theirs to do; everyone else: not there
    "people":     ("admin their admin", "everyone"),
    "invite":     ("admin their admin", "everyone"),
    "person":     ("contact admin",     "everyone but their admin"),
    "substitute": ("contact admin",     "owner colleague adviser steering decider"),
}
SENT = {
    # page         302                  403
    "end":        ("contact admin",     "owner colleague adviser steering decider"),
    "back":       ("contact admin",     "owner colleague adviser steering decider"),
    "withdraw":   ("admin",             ""),
}
# fmt: on


def _expected(row: tuple[str, str], good: int, names: list[str]) -> dict[str, int]:
    may, refused = (
        row[0],
        row[1].replace("everyone but their admin", " ".join(n for n in names if n != "their admin")),
    )
    allowed = {
        name for name in names if name in may.split() or (name == "their admin" and "their admin" in may)
    }
    known = set(names) if refused == "everyone" else {name for name in names if name in refused}
    return {name: good if name in allowed else 403 if name in known else 404 for name in names}


@pytest.mark.parametrize("page", SHOWN)
def test_who_opens_which_page(who: dict[str, Actor], there: dict[str, str], page: str) -> None:
    found = {name: signed_in(actor).get(there[page]).status_code for name, actor in who.items()}
    assert found == _expected(SHOWN[page], 200, list(who))


@pytest.mark.parametrize("page", SENT)
def test_who_may_press_the_button(who: dict[str, Actor], there: dict[str, str], page: str) -> None:
    expected = _expected(SENT[page], 302, list(who))
    before = everything()
    for name, status in expected.items():
        if status != 302:
            assert (name, signed_in(who[name]).post(there[page]).status_code) == (name, status)
    assert everything() == before
    assert signed_in(who["admin"]).get(there[page]).status_code == 405
    assert signed_in(who["admin"]).post(there[page]).status_code == 302
    assert everything() != before


# --- Somebody else's ids ----------------------------------------------------------------------------


def test_forms_with_somebody_elses_ids_change_nothing(who: dict[str, Actor], there: dict[str, str]) -> None:
    admin, contact, before = signed_in(who["admin"]), signed_in(who["contact"]), everything()
    theirs = who["their contact"]
    for address in (f"/people/{theirs.user_id}/", f"/people/role/{_role(theirs).pk}/substitute/"):
        assert [admin.get(address).status_code, admin.post(address, {"role": "adviser"}).status_code] == [
            404,
            404,
        ]
    assert admin.post(f"/people/role/{_role(theirs).pk}/end/").status_code == 404
    today = str(timezone.localdate())
    for foreign in ("their contact", "officer", "contact"):
        fields = {"substitute": who[foreign].user_id, "starts_on": today, "ends_on": today}
        response = contact.post(there["substitute"], fields)
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["substitute"])
    assert everything() == before


@pytest.mark.parametrize("role", ["desk_officer", "system_admin", "agency_expert", "funder_officer", ""])
def test_a_role_that_does_not_fit_is_not_in_the_form(
    who: dict[str, Actor], there: dict[str, str], role: str
) -> None:
    admin, before = signed_in(who["admin"]), everything()
    given = admin.post(there["person"], {"role": role})
    guest = {"email": "x@fjallby.example", "name": "X", "language": "sv", "roles": [role]}
    invited = admin.post(there["invite"], guest)
    errors = [list(response.context["form"].errors) for response in (given, invited)]
    assert (errors, everything()) == ([["role"], ["roles"]], before)


def test_nobody_gives_themselves_a_role(who: dict[str, Actor]) -> None:
    owner, before = who["owner"], everything()
    response = signed_in(owner).post(f"/people/{owner.user_id}/", {"role": "organisation_admin"})
    assert (response.status_code, everything()) == (403, before)


# --- What the pages say -----------------------------------------------------------------------------


def test_the_list_holds_the_organisations_people_with_roles_and_absence(
    act: Act, who: dict[str, Actor], there: dict[str, str]
) -> None:
    act(*FJALLBY, "decision_maker", name="owner")
    page = signed_in(who["admin"]).get("/people/").context
    assert sorted(person["name"] for person in page["people"]) == sorted(AT_FJALLBY)
    rows: dict[str, Any] = {person["name"]: person for person in page["people"]}
    assert (len(rows["owner"]["roles"]), bool(rows["contact"]["away"]), rows["owner"]["away"]) == (
        2,
        True,
        "",
    )
    assert "adviser" in rows["contact"]["away"]
    assert [guest["email"] for guest in page["invited"]] == ["ny@fjallby.example"]
    assert page["invited"][0]["withdraw"] == there["withdraw"]
    Invitation.unguarded.update(expires_at=timezone.now())
    assert signed_in(who["admin"]).get("/people/").context["invited"] == []


def test_a_persons_page_leads_to_what_can_be_done(who: dict[str, Actor], there: dict[str, str]) -> None:
    text = {name: signed_in(who[name]).get(there["person"]).content.decode() for name in ("admin", "contact")}
    links = ("end", "substitute", "back")
    assert {name: [there[link] in page for link in links] for name, page in text.items()} == {
        "admin": [True] * 3,
        "contact": [True] * 3,
    }
    assert {name: 'name="role"' in page for name, page in text.items()} == {"admin": True, "contact": False}
    own = signed_in(who["owner"]).get(f"/people/{who['owner'].user_id}/").content.decode()
    assert ("/substitute/" in own, "/end/" in own) == (False, True)


def test_a_substitute_is_named_from_the_page_and_sent_back_again(who: dict[str, Actor]) -> None:
    role, today = _role(who["contact"]), timezone.localdate()
    browser, address = signed_in(who["contact"]), f"/people/role/{role.pk}/substitute/"
    wrong = {
        "substitute": who["adviser"].user_id,
        "starts_on": str(today),
        "ends_on": str(today - timedelta(days=1)),
    }
    refused = browser.post(address, wrong)
    assert (refused.status_code, len(refused.context["form"].non_field_errors())) == (200, 1)
    sent = browser.post(address, {**wrong, "ends_on": str(today)})
    assert sent.headers["Location"] == f"/people/{who['contact'].user_id}/"
    assert signed_in(who["adviser"]).get("/room/").context["substitute"] != ""
    browser.post(f"/people/absence/{Substitution.unguarded.get().pk}/back/")
    assert signed_in(who["adviser"]).get("/room/").context["substitute"] == ""


def test_the_last_administrator_is_told_why_they_stay(who: dict[str, Actor]) -> None:
    admin = who["admin"]
    response = signed_in(admin).post(f"/people/role/{_role(admin).pk}/end/", follow=True)
    assert (response.status_code, [message.level_tag for message in response.context["messages"]]) == (
        200,
        ["error"],
    )
    assert _role(admin).ends_on is None


def test_an_invitation_is_sent_and_withdrawn_from_the_pages(who: dict[str, Actor]) -> None:
    browser = signed_in(who["admin"])
    fields = {"email": "ny@fjallby.example", "name": "Ny", "roles": ["adviser"], "language": "en"}
    assert browser.post("/people/invite/", fields).headers["Location"] == "/people/"
    again = browser.post("/people/invite/", fields)
    assert (again.status_code, again.context["form"]["name"].value()) == (200, "Ny")
    browser.post(f"/people/invitation/{Invitation.unguarded.get().pk}/withdraw/")
    assert Invitation.unguarded.get().withdrawn_at is not None


def test_one_person_and_three_cost_the_same(act: Act) -> None:
    admin, costs = cast(act, "admin")["admin"], []
    browser = signed_in(admin)
    for round_ in range(2):
        for number in range(1 + round_):
            person = act(*FJALLBY, "contact_point", "adviser", name=f"p{round_}{number}")
            invite(admin, email=f"{round_}{number}@fjallby.example", name="N", roles=["adviser"])
            role = Membership.unguarded.get(person=person.user, role="contact_point")
            today = timezone.localdate()
            name_substitute(admin, role, substitute=admin.user, starts_on=today, ends_on=today)
        browser.get("/people/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/people/")
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert User.objects.count() == 4
