"""Every address needs a sign-in, except those on the reviewed list; tried with a stranger at every door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, path, reverse
from django.urls.resolvers import RegexPattern

from radrum.documents.parts import every_address
from radrum.urls import OPEN

NUMBERS = {"pk", "revision_id_a", "revision_id_b"}  # in an address that is a regular expression
SAMPLES = {"int": 1, "string": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def link(name: str, pattern: URLPattern) -> str:
    """An address that the pattern matches."""
    if isinstance(pattern.pattern, RegexPattern):
        words = {place: "1" if place in NUMBERS else "x" for place in pattern.pattern.regex.groupindex}
    else:
        kinds = {place: type(kind).__name__ for place, kind in pattern.pattern.converters.items()}
        words = {place: SAMPLES[kind.removesuffix("Converter").lower()] for place, kind in kinds.items()}
    return reverse(name, kwargs=words)


def is_closed(url: str, method: str) -> bool:
    """Whether a stranger is sent to sign in, to come back afterwards."""
    response: Any = getattr(Client(), method)(url)
    return response.status_code == 302 and response["Location"].startswith(
        f"{reverse(settings.LOGIN_URL)}?next="
    )


def open_to_strangers(addresses: list[tuple[str, str]]) -> set[str]:
    """The names of the addresses (name, url) that answer a stranger, whatever the method."""
    return {name for name, url in addresses if not all(is_closed(url, method) for method in ("get", "post"))}


ADDRESSES = [(one.name, pattern) for one, pattern in every_address()]


def test_every_address_has_a_name() -> None:
    assert [str(pattern.pattern) for name, pattern in ADDRESSES if not name or name.endswith(":")] == []


@pytest.mark.django_db
def test_what_is_open_to_strangers_is_exactly_the_reviewed_list() -> None:
    assert open_to_strangers([(name, link(name, pattern)) for name, pattern in ADDRESSES]) == OPEN


def test_there_are_doors_to_try() -> None:
    names = {name for name, _pattern in ADDRESSES}
    assert (len(names) > 50, {"cases:case", "account_login", "mfa_index", "start"} <= names) == (True, True)


@pytest.mark.django_db
def test_a_script_without_a_session_is_told_so() -> None:
    response = Client().post(reverse("accounts:keep"), headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response.json()) == (401, {"error": "signed out"})


# --- The check finds what it should ----------------------------------------------------------------


def a_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open by mistake")


a_page.login_required = False
urlpatterns = [path("forgotten/", a_page, name="forgotten"), path("nameless/", a_page)]


@pytest.mark.django_db
def test_a_page_opened_by_mistake_is_found() -> None:
    import radrum.urls

    both = [*urlpatterns, *radrum.urls.urlpatterns]
    with override_settings(ROOT_URLCONF=tuple(both)):
        found = [(one.name, pattern) for one, pattern in every_address()]
        doors = [("forgotten", "/forgotten/"), ("cases:case", "/desk/1/"), ("start", "/")]
        assert open_to_strangers(doors) == {"forgotten", "start"}
    assert found[1][0] == ""


# --- Headers ---------------------------------------------------------------------------------------


@pytest.fixture
def visit() -> Callable[[str], HttpResponse]:
    return lambda name: Client().get(reverse(name))


@pytest.mark.parametrize("name", ["start", "account_login", "guidance:edition", "ask"])
@pytest.mark.django_db
def test_every_page_says_that_nothing_from_elsewhere_and_nothing_inline_may_run(
    name: str, visit: Callable[[str], HttpResponse]
) -> None:
    response = visit(name)
    said = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert said == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert (response.status_code, response["X-Frame-Options"], response["Referrer-Policy"]) == (
        200,
        "DENY",
        "same-origin",
    )


@pytest.mark.django_db
def test_pages_that_do_not_exist_have_the_same_headers() -> None:
    response = Client().get("/no/such/page/")
    assert (response.status_code, "Content-Security-Policy" in response) == (404, True)
