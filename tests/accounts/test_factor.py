"""Setting up a second factor, with real transactions: what follows from it happens when it is saved."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from radrum.accounts.models import User
from tests.cast import cast
from tests.conftest import Act
from tests.jobs import waiting

PASSWORD = "fyra ord i en rad"
ACTIVATE = "/account/2fa/totp/activate/"


def _signed_in(user: User) -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return browser


def _there(browser: Client) -> tuple[int, str | None]:
    answer = browser.get("/desk/")
    return answer.status_code, answer.headers.get("Location")


def test_it_counts_in_this_session_and_every_other_one_ends(committed: str, act: Act) -> None:
    cache.clear()  # tries are counted there
    officer: User = cast(act, "officer")["officer"].user
    officer.set_password(PASSWORD)
    officer.save()
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    here, other, colleague = _signed_in(officer), _signed_in(officer), Client()
    colleague.force_login(User.objects.create_user("annan@funktionen.example", name="Annan"))
    assert here.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    secret = re.search(r'id="secret">([^<]+)<', here.get(ACTIVATE).content.decode())
    assert secret is not None
    code = hotp_value(secret[1], next(iter(yield_hotp_counters_from_time())))
    assert here.post(ACTIVATE, {"code": f"{code:06d}"}).status_code == 302
    assert _there(here) == (200, None)
    assert _there(other) == (302, "/account/login/?next=/desk/")
    assert colleague.get("/room/").status_code == 200
    assert [job["notice"] for job in waiting("send_mail_to")] == ["second_factor_on"]
