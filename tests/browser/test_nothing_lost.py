"""Nothing typed is ever lost, nothing is sent twice, and nobody meets another's text."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from radrum.accounts.models import Draft
from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from tests import factories
from tests.browser.watched import COOKIE, Visits, use_session
from tests.conftest import Act

pytestmark = pytest.mark.browser

HOME = ("Långudden högskola", "institution")
NEW = "/collaborations/new/"
PLAN = re.compile(r"/collaborations/\d+/(#.*)?$")
SEND = "#form button[type=submit]"
STATUS = "#form [data-keep-status]"
PASSWORD = "tall gran björk 1907"
SUMMARY = "Mäta vågor med bojar som redan ligger där.\nAndra raden: å, ä, ö & <b>."
SIGNED_OUT = "status of 401"


def _write(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.fill(f"[name={name}]", text)


def _fill(page: Page, title: str) -> None:
    _write(
        page,
        title=title,
        partner_1="Velgrads tekniska universitet",
        country_1="Serranien",
        summary=SUMMARY,
        worth_doing="Färjor kan gå säkrare.",
    )


def _wait_until_kept(page: Page) -> None:
    expect(page.locator(STATUS)).to_have_text(re.compile(r"\d\d.\d\d"))
    expect(page.locator(f"{STATUS}[data-trouble]")).to_have_count(0)


def _sign_in_there(page: Page, actor: Actor) -> None:
    """On the sign-in page where one has ended up."""
    actor.user.set_password(PASSWORD)
    actor.user.save()
    form = page.locator("form[action^='/account/login/']").first
    form.locator("[name=login]").fill(actor.user.email)
    form.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        form.locator("[name=password]").press("Enter")


def _end_session(context: BrowserContext) -> None:
    """As when it runs out: the server has forgotten it, the browser still has its cookie."""
    value = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE)
    assert Session.objects.filter(pk=value).delete()[0] == 1


def _titles(actor: Actor) -> list[str]:
    return sorted(Collaboration.unguarded.filter(owner_id=actor.user_id).values_list("title", flat=True))


def test_typed_text_is_there_after_a_reload_and_after_a_crash(visits: Visits, act: Act) -> None:
    writer = act(*HOME, "researcher", name="kraschar")
    page = visits.page(writer, NEW)
    _fill(page, "Vågor")
    page.check("[name=phase][value=ongoing]")
    _wait_until_kept(page)
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    page.context.close()

    elsewhere = visits.page(writer, NEW)
    expect(elsewhere.locator("[name=title]")).to_have_value("Vågor")
    expect(elsewhere.locator("[name=phase]:checked")).to_have_value("ongoing")
    expect(elsewhere.locator(".rr-note")).to_be_visible()
    elsewhere.click("form[action='/keep/'] button")
    expect(elsewhere.locator("[name=title]")).to_have_value("")
    assert (Draft.unguarded.filter(person_id=writer.user_id).count(), _titles(writer)) == (0, [])


def test_leaving_at_once_and_coming_back_finds_the_text(visits: Visits, act: Act) -> None:
    page = visits.page(act(*HOME, "researcher", name="gar"), NEW)
    _write(page, title="Mitt i en me")
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("Mitt i en me")
    _write(page, title="Mitt i en mening")
    page.click(".rr-brand")
    page.go_back()
    expect(page.locator("[name=title]")).to_have_value("Mitt i en mening")


@pytest.mark.parametrize("script", [True, False])
def test_a_form_sent_after_the_session_ended_is_there_after_sign_in(
    visits: Visits, act: Act, script: bool
) -> None:
    writer = act(*HOME, "researcher", name=f"somnar.{script}")
    page = visits.page(writer, NEW, java_script_enabled=script)
    _fill(page, "Tidvatten")
    _end_session(page.context)
    visits.expect(SIGNED_OUT)
    with page.expect_navigation(url="**/account/login/**"):
        page.click(SEND)
    _sign_in_there(page, writer)
    expect(page).to_have_url(NEW)
    expect(page.locator("[name=title]")).to_have_value("Tidvatten")
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    page.click(SEND)
    page.wait_for_url(PLAN)
    assert _titles(writer) == ["Tidvatten"]


def test_autosave_says_that_one_is_signed_out_and_goes_on_after_sign_in(visits: Visits, act: Act) -> None:
    writer = act(*HOME, "researcher", name="loggas.ut")
    page = visits.page(writer, NEW)
    _end_session(page.context)
    visits.expect(SIGNED_OUT)
    _write(page, title="Skrivet för sent")
    expect(page.locator(f"{STATUS}[data-trouble]")).not_to_be_empty()
    other_tab = page.context.new_page()
    other_tab.goto("/account/login/")
    _sign_in_there(other_tab, writer)
    _write(page, title="Skrivet i tid")
    _wait_until_kept(page)
    page.context.close()
    expect(visits.page(writer, NEW).locator("[name=title]")).to_have_value("Skrivet i tid")


def test_two_who_save_at_once_are_both_shown_both(visits: Visits, act: Act) -> None:
    owner, adviser = act(*HOME, "researcher", name="en"), act(*HOME, "adviser", name="annan")
    plan = factories.handed_in(owner, title="Isens kant")
    path = f"/collaborations/{plan.pk}/describe/"
    mine, theirs, old = visits.page(owner, path), visits.page(adviser, path), visits.page(owner, path)
    visits.expect("status of 409")

    _write(mine, summary="Ägarens text.")
    mine.click(SEND)
    mine.wait_for_url(PLAN)
    _write(theirs, summary="Rådgivarens text.")
    theirs.click(SEND)
    expect(theirs.locator(".rr-twin")).to_contain_text("Ägarens text.")
    expect(theirs.locator(".rr-twin")).to_contain_text("Rådgivarens text.")
    expect(theirs.locator("[name=summary]")).to_have_value("Rådgivarens text.")
    plan.refresh_from_db()
    assert plan.summary == "Ägarens text."

    theirs.click(SEND)
    theirs.wait_for_url(PLAN)
    _write(old, summary="Ägarens andra text.")
    old.click(SEND)
    expect(old.locator(".rr-twin")).to_contain_text("Rådgivarens text.")
    expect(old.locator(".rr-twin")).to_contain_text("Ägarens andra text.")
    plan.refresh_from_db()
    assert plan.summary == "Rådgivarens text."


def test_a_double_click_sends_once(visits: Visits, act: Act) -> None:
    writer = act(*HOME, "researcher", name="dubbelklickar")
    page = visits.page(writer, NEW)
    _fill(page, "Bara en")
    page.locator(SEND).dblclick(no_wait_after=True)
    page.wait_for_url(PLAN)
    page.wait_for_load_state("networkidle")
    assert _titles(writer) == ["Bara en"]


def test_text_typed_without_network_is_saved_when_it_is_back(visits: Visits, act: Act) -> None:
    writer = act(*HOME, "researcher", name="utan.nat")
    page = visits.page(writer, NEW)
    visits.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    _write(page, title="Skrivet i tunneln")
    expect(page.locator(f"{STATUS}[data-trouble]")).not_to_be_empty()
    page.context.set_offline(False)
    _wait_until_kept(page)
    page.context.close()
    expect(visits.page(writer, NEW).locator("[name=title]")).to_have_value("Skrivet i tunneln")


def test_a_form_sent_without_network_can_be_sent_again(visits: Visits, act: Act) -> None:
    writer = act(*HOME, "researcher", name="sander.utan.nat")
    page = visits.page(writer, NEW)
    visits.expect("ERR_INTERNET_DISCONNECTED", "ERR_CACHE_MISS")
    _fill(page, "Sänt ur tunneln")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator(SEND).click(no_wait_after=True)
    page.context.set_offline(False)
    page.goto(NEW)
    expect(page.locator("[name=title]")).to_have_value("Sänt ur tunneln")
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    page.click(SEND)
    page.wait_for_url(PLAN)
    assert _titles(writer) == ["Sänt ur tunneln"]


def test_another_person_in_the_same_browser_never_sees_the_text(visits: Visits, act: Act) -> None:
    first, second = act(*HOME, "researcher", name="forst"), act(*HOME, "researcher", name="sedan")
    page = visits.page(first, NEW)
    visits.expect(SIGNED_OUT, "ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    _fill(page, "Bara för mig")  # stays in the tab
    expect(page.locator(f"{STATUS}[data-trouble]")).not_to_be_empty()
    page.context.set_offline(False)
    _end_session(page.context)
    with page.expect_navigation(url="**/account/login/**"):
        page.click(SEND)  # and in the session of the sign-in page
    _sign_in_there(page, second)
    expect(page).to_have_url(NEW)
    assert page.input_value("[name=title]") == ""
    page.wait_for_timeout(2000)  # longer than the pause of the autosave
    assert Draft.unguarded.filter(person_id=second.user_id).count() == 0

    use_session(page, visits.site.url, first)
    page.goto(NEW)
    expect(page.locator("[name=title]")).to_have_value("Bara för mig")


def test_signing_out_leaves_nothing_in_the_tab(visits: Visits, act: Act) -> None:
    page = visits.page(act(*HOME, "researcher", name="stadar"), NEW)
    visits.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    _write(page, title="Ska inte ligga kvar")
    expect(page.locator(f"{STATUS}[data-trouble]")).not_to_be_empty()
    page.context.set_offline(False)
    page.click("form[data-sign-out] button")
    page.wait_for_url("**/")
    page.go_back()
    assert "Ska inte ligga kvar" not in page.content()
    assert "Ska inte" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_going_back_after_sending_does_not_bring_the_draft_back(visits: Visits, act: Act) -> None:
    writer = act(*HOME, "researcher", name="backar")
    page = visits.page(writer, NEW)
    _fill(page, "En gång")
    _wait_until_kept(page)
    page.click(SEND)
    page.wait_for_url(PLAN)
    page.goto(NEW)
    expect(page.locator("[name=title]")).to_have_value("")
    assert (_titles(writer), Draft.unguarded.filter(person_id=writer.user_id).count()) == (["En gång"], 0)
