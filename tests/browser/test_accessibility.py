"""Axe finds nothing on any page, in both languages, light and dark, wide and narrow; no script is needed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.urls import URLPattern, get_resolver, resolve
from playwright.sync_api import Page, expect

from radrum.collaborations.models import Collaboration
from radrum.knowledge.urls import EDITING
from tests import databases
from tests.browser.looking import faults
from tests.browser.pages import NOT_PAGES, PASSWORD, Tour
from tests.browser.watched import Visits
from tests.conftest import Act

pytestmark = pytest.mark.browser

WHO = [
    "stranger",
    "researcher",
    "adviser",
    "contact-point",
    "decision-maker",
    "desk",
    "asker",
    "expert",
    "administrator",
    "guarded",
    "council",
    "editor",
    "steering",
    "evaluator",
    "funder",
]
MISSING = {"/invitation/no-such-secret/"}
PLAN = re.compile(r"/collaborations/\d+/(#.*)?$")
SEND = "#form button[type=submit]"
EMPTY = "document.querySelectorAll('main textarea, main [type=text]').forEach((one) => (one.value = ''))"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("who", WHO)
def test_every_page(visits: Visits, tour: Tour, who: str, language: str) -> None:
    visits.expect("status of 404") if who == "stranger" else None  # the used invitation
    page = visits.page(tour.people.get({"asker": "contact-point"}.get(who, who)), language=language)
    found = []
    for path in tour.paths[who]:
        answer = page.goto(path)
        assert answer
        if answer.status != (404 if path in MISSING else 200):
            found.append(f"{path} answers {answer.status}")
        if not page.url.startswith(f"{visits.site.url}{path}") and "/reset/key/" not in path:
            found.append(f"{path} leads to {page.url}")
        found += faults(page, language)
    assert found == []


def test_every_address_is_looked_at(tour: Tour) -> None:
    seen = {resolve(path).view_name for paths in tour.paths.values() for path in paths}
    elsewhere = {"mfa_authenticate"}  # below: it stands between the password and the room
    wagtails = _names(SimpleNamespace(url_patterns=EDITING))  # behind the door; its pages are its own
    assert seen | NOT_PAGES | elsewhere == _names(get_resolver()) - wagtails


def _names(resolver: Any, space: str = "") -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
        else:
            found |= _names(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_for_the_second_factor(visits: Visits, tour: Tour, language: str) -> None:
    page = visits.page(None, "/account/login/", language=language)
    _sign_in(page, tour.people["guarded"].user.email)
    page.wait_for_url("**/2fa/authenticate/")
    assert faults(page, language) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_forms_with_something_to_mend(visits: Visits, tour: Tour, language: str) -> None:
    found: list[str] = []
    for who, path, action in [
        ("researcher", "/collaborations/new/", SEND),
        ("researcher", next(p for p in tour.paths["researcher"] if p.endswith("/assess/")), SEND),
        ("adviser", next(p for p in tour.paths["adviser"] if p.endswith("/prepare/")), SEND),
        ("contact-point", tour.paths["contact-point"][-1], "[value=show]"),
        ("decision-maker", tour.paths["decision-maker"][1], SEND),
        ("desk", next(p for p in tour.paths["desk"] if p.endswith("/draft/")), SEND),
        ("administrator", "/people/invite/", "main form button[type=submit]"),
        ("administrator", "/account/2fa/totp/activate/", "main form button[type=submit]"),
    ]:
        page = visits.page(tour.people[who], path, language=language)
        page.evaluate(EMPTY)
        page.locator(action).first.click()
        expect(page.locator(".ds-error-summary")).to_be_focused()
        found += faults(page, language)
        page.context.close()
    assert found == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_preview_of_a_question_and_a_kept_draft(visits: Visits, tour: Tour, language: str) -> None:
    page = visits.page(tour.people["contact-point"], tour.paths["contact-point"][-1], language=language)
    page.fill("[name=question]", "Har kartor använts till annat?")
    page.click("[value=show]")
    expect(page.locator("#preview-box")).to_be_visible()
    found = faults(page, language)
    page = visits.page(tour.people["decision-maker"], tour.paths["decision-maker"][1], language=language)
    page.fill("[name=reasons]", "Halvfärdiga skäl.")
    expect(page.locator("[data-keep-status]")).not_to_be_empty()
    page.reload()
    expect(page.locator(".rr-note")).to_be_visible()
    found += faults(page, language)
    assert found == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_a_look_up_finds(visits: Visits, language: str) -> None:
    page = visits.page(None, "/look-up/", language=language)
    page.fill("main [name=name]", "Velgrads tekniska universitet")
    page.click("main form button[type=submit]")
    expect(page.locator("#answer")).to_contain_text("Velgrad Technical Institute")
    assert faults(page, language) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_error_pages(visits: Visits, tour: Tour, language: str) -> None:
    visits.expect(r"status of (4\d\d|500)")
    page = visits.page(tour.people["decision-maker"], language=language)
    found: list[str] = []

    def look(status: int, spoken: str = language) -> None:
        expect(page.locator(".rr-over").first).to_have_text(str(status))
        found.extend(faults(page, spoken))

    page.goto("/there-is-no-such-page/")
    look(404)
    page.goto(tour.paths["decision-maker"][1].replace("/decide/", "/ask/"))
    look(403)
    page.goto(tour.paths["decision-maker"][1])
    page.context.clear_cookies(name="csrftoken")
    page.evaluate("document.querySelector('#form [name=csrfmiddlewaretoken]').remove()")
    page.click(SEND)
    look(403)
    page.goto("/act/")
    _send_too_many_fields(page)
    look(400)
    for _time in range(6):
        page.goto("/account/password/reset/")
        page.fill("main [name=email]", f"glomsk.{language}@fjallby.example")
        page.click("main form button[type=submit]")
    look(429)
    with _without_guidelines(visits.site.database):
        page.goto("/guidelines/")
        look(500, "sv")
    assert found == []


def _send_too_many_fields(page: Page) -> None:
    page.evaluate(
        """() => {
          const form = document.querySelector("form[action='/language/']");
          form.innerHTML += Array.from({length: 1200}, (_, n) => `<input name="f${n}">`).join("");
          form.querySelector("button").click();
        }"""
    )


@contextmanager
def _without_guidelines(database: str) -> Iterator[None]:
    """The database breaks while this lasts."""
    with psycopg.connect(databases.url(database, variable="DATABASE_OWNER_URL"), autocommit=True) as owner:
        owner.execute("ALTER TABLE guidance_edition RENAME TO guidance_edition_gone")
        try:
            yield
        finally:
            owner.execute("ALTER TABLE guidance_edition_gone RENAME TO guidance_edition")


def _sign_in(page: Page, email: str) -> None:
    form = page.locator("form:has([name=password][type=password])")
    form.locator("[name=login]").fill(email)
    form.locator("[name=password]").fill(PASSWORD)
    form.locator("button[type=submit]").click()


def test_without_script_one_can_sign_in_describe_and_send(visits: Visits, act: Act) -> None:
    writer = act("Långudden högskola", "institution", "researcher", name="utan.skript")
    writer.user.set_password(PASSWORD)
    writer.user.save()
    page = visits.page(None, "/", java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.click("[popovertarget=menu] >> nth=0")
    page.click("#menu a[href^='/account/login/']")
    _sign_in(page, writer.user.email)
    page.wait_for_url("**/room/")
    page.click("main a[href='/collaborations/new/'] >> nth=0")
    page.click(SEND)
    expect(page.locator(".ds-error-summary")).to_be_visible()
    page.fill("[name=title]", "Utan skript")
    page.fill("[name=partner_1]", "Velgrads tekniska universitet")
    page.fill("[name=country_1]", "Serranien")
    page.fill("[name=summary]", "Det går ändå.")
    page.fill("[name=worth_doing]", "För alla.")
    page.click(SEND)
    page.wait_for_url(PLAN)
    page.click("main a[href$='/assess/'] >> nth=0")
    page.click(SEND)
    while not page.url.endswith("/assess/"):
        for fieldset in page.locator("#questions fieldset").all():
            fieldset.locator("[type=radio], [type=checkbox]").last.check()
        for field in page.locator("#questions textarea").all():
            field.fill("Vi vet inte än.")
        with page.expect_navigation():  # or the next part would be looked for on this page
            page.click("[name=step][value=next]")
    page.click("[name=step][value=finish]")
    page.wait_for_url(PLAN)
    page.click("main a[href$='/hand-in/'] >> nth=0")
    page.click(SEND)
    page.wait_for_url(PLAN)
    assert Collaboration.unguarded.get(title="Utan skript").handed_in_at is not None
