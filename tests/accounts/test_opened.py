"""A form belongs to the person and the organisation it was opened for; a step without a page is no dead end."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from radrum.accounts.appoint import give_role
from radrum.accounts.models import Draft, Membership
from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from tests import factories
from tests.cast import SJOBY, cast, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db
PASSWORD = "fyra ord i en rad"
NEW = "/collaborations/new/"
GIVEN = {
    "title": "Skrivet för Sjöby",
    "kind": "visit",
    "phase": "planned",
    "summary": "s",
    "worth_doing": "w",
    "partner_1": "V",
    "country_1": "S",
}


@pytest.fixture
def both(act: Act) -> tuple[Actor, Actor]:
    """One researcher at two institutions, as each."""
    at_home = cast(act, "owner")["owner"]
    there = act(*SJOBY, "researcher", name="sjoby")
    give_role(at_home.user, there.organisation, "researcher")
    moved = Actor(
        user=at_home.user,
        organisation=there.organisation,
        user_id=at_home.user_id,
        organisation_id=there.organisation_id,
        kind="institution",
        roles=frozenset({"researcher"}),
    )
    return at_home, moved


def _choose(browser: Client, actor: Actor, **more: str) -> Any:
    return browser.post("/act/", {"organisation": actor.organisation_id, **more})


def _author(browser: Client, address: str = NEW) -> str:
    found = re.search(r'name="author" value="([^"]+)"', browser.get(address).content.decode())
    assert found is not None
    return found.group(1)


def _title(browser: Client, address: str = NEW) -> Any:
    return browser.get(address).context["form"]["title"].value()


# --- Two tabs -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_relaxed")
def test_a_form_opened_for_one_organisation_is_not_sent_for_another(both: tuple[Actor, Actor]) -> None:
    fjallby, sjoby = both
    browser = signed_in(fjallby)
    _choose(browser, sjoby)
    author = _author(browser)
    _choose(browser, fjallby)  # in another tab
    refused = browser.post(NEW, {**GIVEN, "author": author})
    assert (refused.status_code, refused.context["then"].organisation) == (409, sjoby.organisation)
    assert (Collaboration.unguarded.count(), _title(browser)) == (0, None)
    back = _choose(browser, sjoby, next=NEW)
    assert (back.headers["Location"], _title(browser)) == (NEW, "Skrivet för Sjöby")
    assert browser.post(NEW, {**GIVEN, "author": _author(browser)}).status_code == 302
    assert Collaboration.unguarded.get().organisation_id == sjoby.organisation_id


@pytest.mark.usefixtures("_relaxed")
def test_nor_where_the_page_is_not_seen_from_the_other_organisation(both: tuple[Actor, Actor]) -> None:
    fjallby, sjoby = both
    address = reverse("collaborations:describe", args=[factories.plan(fjallby).pk])
    browser = signed_in(fjallby)
    _choose(browser, fjallby)
    author = _author(browser, address)
    _choose(browser, sjoby)
    assert browser.get(address).status_code == 404
    assert browser.post(address, {**GIVEN, "author": author}).status_code == 409
    _choose(browser, fjallby)
    assert _title(browser, address) == "Skrivet för Sjöby"


@pytest.mark.usefixtures("_relaxed")
def test_autosave_keeps_it_where_it_was_opened(both: tuple[Actor, Actor]) -> None:
    fjallby, sjoby = both
    browser = signed_in(fjallby)
    _choose(browser, sjoby)
    kept = {"form": "begin", "data": "title=Halvt", "opened": _author(browser)}
    _choose(browser, fjallby)
    assert browser.post("/keep/", kept).status_code == 200
    assert Draft.unguarded.get().organisation_id == sjoby.organisation_id
    Membership.unguarded.filter(organisation_id=sjoby.organisation_id, person=fjallby.user).update(
        ends_on="2025-12-31"
    )
    assert browser.post("/keep/", kept).status_code == 400


@pytest.mark.usefixtures("_relaxed")
def test_somebody_elses_form_is_not_sent_and_its_text_not_kept(act: Act) -> None:
    who = cast(act, "owner", "colleague")
    browser = signed_in(who["owner"])
    author = _author(browser)
    browser.force_login(who["colleague"].user)  # at the same machine
    refused = browser.post(NEW, {**GIVEN, "author": author})
    assert (refused.status_code, refused.context["then"]) == (409, None)
    assert ("posted" in browser.session, Collaboration.unguarded.count()) == (False, 0)


# --- After the session ended --------------------------------------------------------------------------


@pytest.mark.usefixtures("_relaxed")
def test_after_signing_in_one_goes_on_where_the_form_was_opened(both: tuple[Actor, Actor]) -> None:
    fjallby, sjoby = both
    browser = signed_in(fjallby)
    user = fjallby.user
    user.set_password(PASSWORD)
    user.save()
    cache.clear()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for actor in (fjallby, sjoby):
        browser.force_login(user)
        _choose(browser, actor)
        author = _author(browser)
        Session.objects.all().delete()
        browser.post(NEW, {**GIVEN, "author": author})
        browser.post("/account/login/", {"login": user.email, "password": PASSWORD, "next": NEW})
        page = browser.get(NEW)
        assert (page.context["acting"]["organisation"], page.context["form"]["title"].value()) == (
            actor.organisation,
            "Skrivet för Sjöby",
        )


@pytest.mark.parametrize("name", ["withdraw", "end", "back"])
def test_a_step_posted_too_late_leads_to_the_room(name: str) -> None:
    sent = Client().post(reverse(f"accounts:{name}", args=[1]))
    assert sent.headers["Location"] == "/account/login/?next=/room/"
    assert len(list(get_messages(sent.wsgi_request))) == 1


def test_a_page_posted_too_late_leads_back_to_itself() -> None:
    sent = Client().post(NEW, {})
    assert sent.headers["Location"] == f"/account/login/?next={NEW}"
    assert list(get_messages(sent.wsgi_request)) == []


@pytest.mark.usefixtures("_relaxed")
def test_the_address_of_a_step_opened_as_a_page_says_that_nothing_was_done(act: Act) -> None:
    browser = signed_in(cast(act, "admin")["admin"])
    page = browser.get(reverse("accounts:end", args=[1]))
    assert (page.status_code, page.headers["Allow"], page.templates[0].name) == (405, "POST", "405.html")


def test_text_posted_before_the_second_factor_waits(act: Act, settings: Any) -> None:
    """The role that needs it was given while somebody was typing."""
    owner = cast(act, "owner")["owner"]
    browser = signed_in(owner)
    author = _author(browser)
    give_role(owner.user, owner.organisation, "organisation_admin")
    sent = browser.post(NEW, {**GIVEN, "author": author})
    assert sent.headers["Location"] == f"/account/2fa/totp/activate/?next={NEW}"
    script = browser.post("/keep/", {}, headers={"X-Requested-With": "fetch"})
    assert script.status_code == 401
    settings.RELAX_TOTP = True
    assert _title(browser) == "Skrivet för Sjöby"
