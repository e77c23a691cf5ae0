"""Around every page: who acts, in which language, with a second factor where one is needed, and refusals as pages."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from radrum.accounts.models import User
from radrum.accounts.roles import NEEDS_SECOND_FACTOR, Role
from tests import factories
from tests.cast import AGENCY, DESK, FJALLBY, FUNDER, cast, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db

# fmt: off
SECOND_FACTOR = [
    (FJALLBY, "researcher", False), (FJALLBY, "adviser", False), (FJALLBY, "steering", False),
    (FJALLBY, "decision_maker", False), (FJALLBY, "contact_point", False), (FJALLBY, "council", False),
    (FJALLBY, "organisation_admin", True), (FUNDER, "funder_officer", False), (AGENCY, "agency_expert", True),
    (DESK, "desk_officer", True), (DESK, "desk_lead", True), (DESK, "editor", True), (DESK, "evaluator", False),
    (DESK, "system_admin", True),
]
# fmt: on
FACTOR = "/account/2fa/totp/activate/?next=/room/"


def test_every_role_is_in_the_table() -> None:
    assert {role for _place, role, _needs in SECOND_FACTOR} == set(Role)
    assert {role for _place, role, needs in SECOND_FACTOR if needs} == NEEDS_SECOND_FACTOR


@pytest.mark.parametrize(("place", "role", "needs"), SECOND_FACTOR, ids=[row[1] for row in SECOND_FACTOR])
def test_who_goes_on_only_with_a_second_factor(
    act: Act, settings: Any, place: tuple[str, str], role: str, needs: bool
) -> None:
    actor = act(*place, role)
    browser = signed_in(actor)
    first = browser.get("/room/")
    assert (first.status_code, first.headers.get("Location")) == ((302, FACTOR) if needs else (200, None))
    assert browser.post("/collaborations/new/", {}).status_code in ((302,) if needs else (200, 403))
    settings.RELAX_TOTP = True
    assert browser.get("/room/").status_code == 200
    settings.RELAX_TOTP = False
    Authenticator.objects.create(user=actor.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    then = browser.get("/room/").headers.get("Location")  # this session has shown no code yet
    assert then == ("/account/2fa/reauthenticate/?next=/room/" if needs else None)


def test_one_can_set_it_up_change_language_and_sign_out_without_it(act: Act) -> None:
    browser = signed_in(cast(act, "officer")["officer"])
    assert browser.post(reverse("set_language"), {"language": "en", "next": "/"}).status_code == 302
    assert browser.get("/health/").status_code == 200
    assert browser.post(reverse("account_logout")).headers["Location"] == "/"
    assert browser.get("/room/").headers["Location"] == "/account/login/?next=/room/"


def test_recovery_codes_alone_are_no_second_factor(act: Act) -> None:
    officer = cast(act, "officer")["officer"]
    Authenticator.objects.create(user=officer.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert signed_in(officer).get("/room/").headers["Location"] == FACTOR


@pytest.mark.parametrize(("language", "word"), [("sv", "Mitt rum"), ("en", "My room")])
def test_pages_are_in_the_persons_language_until_they_choose_another(
    act: Act, language: str, word: str
) -> None:
    owner = cast(act, "owner")["owner"]
    User.objects.filter(pk=owner.user_id).update(language=language)
    browser = signed_in(owner)
    page = browser.get("/room/")
    assert (page.headers["Content-Language"], word in page.content.decode()) == (language, True)
    other = {"sv": "en", "en": "sv"}[language]
    browser.post(reverse("set_language"), {"language": other, "next": "/room/"})
    page = browser.get("/room/")
    assert (page.headers["Content-Language"], word in page.content.decode()) == (other, False)


def test_strangers_read_swedish_unless_their_browser_asks_for_english() -> None:
    asked = {"": "sv", "de": "sv", "en-GB,en": "en", "sv,en;q=0.5": "sv"}
    found = {
        wish: Client(headers={"Accept-Language": wish}).get("/").headers["Content-Language"] for wish in asked
    }
    assert found == asked


@pytest.mark.usefixtures("_relaxed")
def test_refusals_are_pages_with_words_and_what_is_not_seen_is_not_there(act: Act) -> None:
    who = cast(act, "owner", "steering", "their contact")
    plan = factories.handed_in(who["owner"])
    address = reverse("collaborations:decide", args=[plan.pk])
    forbidden, absent = signed_in(who["steering"]).get(address), signed_in(who["their contact"]).get(address)
    assert (forbidden.status_code, absent.status_code) == (403, 404)
    assert str(forbidden.context["refusal"]) in forbidden.content.decode()
    assert [plan.title in page.content.decode() for page in (forbidden, absent)] == [False, False]


@pytest.mark.usefixtures("_relaxed")
def test_an_operation_that_refuses_in_the_middle_of_a_page_becomes_the_same_pages(act: Act) -> None:
    """The page's own rule said yes; the operation says no, or that there is nothing."""
    from radrum.accounts.models import Membership

    who = cast(act, "colleague", "owner", "their admin")
    role = Membership.unguarded.get(person_id=who["owner"].user_id)
    address = reverse("accounts:end", args=[role.pk])
    assert signed_in(who["colleague"]).post(address).status_code == 403
    assert signed_in(who["their admin"]).post(address).status_code == 404
    assert Membership.unguarded.get(pk=role.pk).ends_on is None


def test_a_script_is_told_that_nobody_is_signed_in() -> None:
    response = Client().post("/room/", headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response.json()) == (401, {"error": "signed out"})


def test_the_way_back_keeps_the_whole_address() -> None:
    response = Client().get("/collaborations/?page=2")
    assert response.headers["Location"] == "/account/login/?next=/collaborations/%3Fpage%3D2"
