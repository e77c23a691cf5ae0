"""Signing in by e-mail and password: nobody signs up alone, and allauth's mail goes through the queue too."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from radrum.accounts import jobs
from radrum.accounts.models import User
from tests.cast import cast, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "fyra ord i en rad", "fem helt andra ord nu"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()  # tries are counted there


@pytest.fixture
def user(act: Act) -> User:
    made: User = cast(act, "owner")["owner"].user
    made.set_password(PASSWORD)
    made.language = "en"
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.mark.parametrize(
    ("email", "password", "there"),
    [
        ("", PASSWORD, "/room/"),
        ("OWNER@fjallbyuniversitet.example", PASSWORD, "/room/"),
        ("", "fel lösenord helt", None),
        ("nobody@fjallby.example", PASSWORD, None),
    ],
)
def test_email_and_password(user: User, client: Client, email: str, password: str, there: str | None) -> None:
    sent = client.post(LOGIN, {"login": email or user.email, "password": password})
    assert (sent.status_code, sent.headers.get("Location")) == ((302, there) if there else (200, None))
    assert client.get("/room/").status_code == (200 if there else 302)


def test_an_unknown_address_and_a_wrong_password_are_told_the_same(user: User, client: Client) -> None:
    wrong = [
        client.post(LOGIN, {"login": login, "password": "fel lösenord helt"})
        .context["form"]
        .non_field_errors()
        for login in (user.email, "nobody@fjallby.example")
    ]
    assert (wrong[0], len(wrong[0])) == (wrong[1], 1)


def test_one_is_not_sent_elsewhere_after_signing_in(user: User, client: Client) -> None:
    fields = {"login": user.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(LOGIN, fields).headers["Location"] == "/room/"


def test_whoever_is_closed_out_does_not_come_in(user: User, client: Client) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert client.get("/room/").headers["Location"] == f"{LOGIN}?next=/room/"


def test_nobody_signs_up_alone(client: Client) -> None:
    fields = {"email": "jag@example.org", "password1": PASSWORD, "password2": PASSWORD}
    pages = [client.get("/account/signup/"), client.post("/account/signup/", fields)]
    assert [page.templates[0].name for page in pages] == ["account/signup_closed.html"] * 2
    assert User.objects.count() == 0


def _reset(client: Client, email: str) -> dict[str, Any]:
    before = len(waiting())
    assert (
        client.post("/account/password/reset/", {"email": email}).headers["Location"]
        == "/account/password/reset/done/"
    )
    assert mail.outbox == []  # nothing is sent from the page itself
    (job,) = waiting("send_mail_to")[before:]
    return job


def test_a_new_password_is_chosen_by_a_link_that_works_once(user: User, client: Client) -> None:
    job = _reset(client, user.email)
    path = job["words"]["path"]
    assert job == {"email": user.email, "notice": "password_reset", "language": "en", "words": {"path": path}}
    jobs.send_mail_to(**job)
    assert (mail.outbox[0].subject, f"http://127.0.0.1:8000{path}" in mail.outbox[0].body) == (
        "Choose a new password",
        True,
    )
    form = client.get(path).headers["Location"]
    assert client.post(form, {"password1": "kort", "password2": "kort"}).status_code == 200
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    user.refresh_from_db()
    assert (user.check_password(NEW), waiting("send_mail_to")[-1]["notice"]) == (True, "password_changed")
    assert (
        client.post(
            client.get(path).headers.get("Location", path), {"password1": PASSWORD, "password2": PASSWORD}
        ).status_code
        == 200
    )
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_page_does_not_tell_whether_there_is_an_account(client: Client) -> None:
    job = _reset(client, "nobody@fjallby.example")
    assert job == {
        "email": "nobody@fjallby.example",
        "notice": "unknown_account",
        "language": "sv",
        "words": {"path": "/"},
    }
    jobs.send_mail_to(**job)
    assert mail.outbox[0].subject == "Inget konto med den här adressen"


def test_a_changed_password_is_told_by_mail_in_the_persons_language(user: User, client: Client) -> None:
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/account/password/change/", fields).status_code == 302
    (job,) = waiting("send_mail_to")
    assert (job["notice"], job["language"]) == ("password_changed", "en")


def test_a_code_is_asked_for_when_a_second_factor_has_been_set_up(user: User, client: Client) -> None:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert client.get("/room/").headers["Location"] == f"{LOGIN}?next=/room/"
    code = hotp_value(secret, next(iter(yield_hotp_counters_from_time())))
    assert (
        client.post("/account/2fa/authenticate/", {"code": f"{(code + 1) % 1_000_000:06d}"}).status_code
        == 200
    )
    assert client.get("/room/").status_code == 302
    assert client.post("/account/2fa/authenticate/", {"code": f"{code:06d}"}).headers["Location"] == "/room/"
    assert client.get("/room/").status_code == 200


def test_a_mail_that_is_not_in_the_table_is_an_error_and_not_a_promise(user: User) -> None:
    from radrum.accounts.sign_in import Adapter

    with pytest.raises(KeyError):
        Adapter().send_mail("account/email/account_already_exists", user.email, {})
    assert (waiting(), mail.outbox) == ([], [])


def test_tries_are_limited(user: User, client: Client) -> None:
    wrong = {"login": user.email, "password": "fel lösenord helt"}
    for _try in range(10):
        client.post(LOGIN, wrong)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert client.get("/room/").status_code == 302


@pytest.mark.parametrize(
    "page", ["/account/", "/account/inactive/", "/account/password/change/", "/account/2fa/"]
)
def test_pages_of_the_account_open_for_their_owner(act: Act, page: str) -> None:
    assert signed_in(cast(act, "owner")["owner"]).get(page).status_code in (200, 302)
