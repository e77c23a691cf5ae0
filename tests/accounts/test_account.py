"""One's own account: what can be changed there, and what a session has shown decides what it may do."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from radrum.accounts.models import User
from tests.cast import cast
from tests.conftest import Act

pytestmark = pytest.mark.django_db
PASSWORD = "fyra ord i en rad"
LOGIN, ACTIVATE, SHOW = "/account/login/", "/account/2fa/totp/activate/", "/account/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()  # tries are counted there


@pytest.fixture
def officer(act: Act) -> User:
    made: User = cast(act, "officer")["officer"].user
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def _signed_in(user: User) -> Client:
    browser = Client()
    browser.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return browser


def _code(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def _there(browser: Client, **request: Any) -> tuple[int, str | None]:
    answer = browser.get("/desk/", **request)
    return answer.status_code, answer.headers.get("Location")


# --- The second factor belongs to the session ---------------------------------------------------------


def test_a_session_that_showed_no_code_does_not_become_one_that_did(officer: User) -> None:
    browser, secret = _signed_in(officer), generate_totp_secret()
    assert _there(browser) == (302, f"{ACTIVATE}?next=/desk/")
    TOTP.activate(officer, secret)  # elsewhere, by the owner
    assert _there(browser) == (302, f"{SHOW}?next=/desk/")
    assert browser.post(f"{SHOW}?next=/desk/", {"code": "000000"}).status_code == 200
    assert _there(browser) == (302, f"{SHOW}?next=/desk/")
    assert browser.post(f"{SHOW}?next=/desk/", {"code": _code(secret)}).headers["Location"] == "/desk/"
    assert _there(browser) == (200, None)


def test_a_code_at_sign_in_is_enough(officer: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    browser = _signed_in(officer)
    assert browser.post("/account/2fa/authenticate/", {"code": _code(secret)}).status_code == 302
    assert _there(browser) == (200, None)


def test_a_factor_that_was_taken_away_counts_no_more(officer: User) -> None:
    secret = generate_totp_secret()
    factor = TOTP.activate(officer, secret).instance
    browser = _signed_in(officer)
    browser.post("/account/2fa/authenticate/", {"code": _code(secret)})
    factor.delete()
    assert _there(browser) == (302, f"{ACTIVATE}?next=/desk/")


# --- The doors that are left --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_email_verification_sent",
        "account_confirm_login_code",
        "account_confirm_email",
    ],
)
def test_doors_that_lead_nowhere_are_gone(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name, args=["x"] if name == "account_confirm_email" else [])


@pytest.mark.usefixtures("_relaxed")
def test_nobody_adds_an_address_to_their_own_account(officer: User) -> None:
    browser = _signed_in(officer)
    fields = {"email": "desk-lead@funktionen.example", "action_add": ""}
    assert [
        browser.post("/account/email/", fields).status_code,
        browser.get("/account/email/").status_code,
    ] == [
        404,
        404,
    ]
    assert [one.email for one in EmailAddress.objects.all()] == [officer.email]


def test_there_is_a_way_to_the_password_and_the_second_factor(officer: User, settings: Any) -> None:
    browser = _signed_in(officer)
    page = browser.get(reverse("accounts:account")).content.decode()  # before there is a second factor too
    ways = [reverse("account_change_password"), reverse("mfa_index")]
    assert [(f'href="{way}"' in page, browser.get(way).status_code) for way in ways] == [(True, 200)] * 2
    settings.RELAX_TOTP = True
    assert f'href="{reverse("accounts:account")}"' in browser.get("/room/").content.decode()
    assert Client().get(reverse("accounts:account")).headers["Location"] == f"{LOGIN}?next=/account/"


# --- Copies of pages ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("_relaxed")
def test_who_may_keep_a_copy_of_a_page(officer: User) -> None:
    browser, stranger = _signed_in(officer), Client()
    assert browser.get("/room/").headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in stranger.get("/invitation/x/").headers["Cache-Control"]
    assert "Cache-Control" not in stranger.get("/").headers
