"""Nothing typed is lost: drafts, text posted after the session ended, and two people who save at once."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse

from radrum.accounts.keep import LARGEST, discard, keep
from radrum.accounts.models import Draft, Membership
from radrum.collaborations.describe import describe
from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Refused
from tests import factories
from tests.cast import SJOBY, cast, join, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}
PASSWORD = "fyra ord i en rad"
NEW = "/collaborations/new/"


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "adviser", "colleague")


def _keep(browser: Client, form: str, **fields: Any) -> Any:
    return browser.post("/keep/", {"form": form, "data": urlencode(fields, doseq=True)}, **FETCH)


def _form(browser: Client, address: str) -> Any:
    return browser.get(address).context["form"]


# --- Drafts -----------------------------------------------------------------------------------------


def test_what_was_typed_is_there_when_the_form_is_opened_again(who: dict[str, Actor]) -> None:
    browser, entries = signed_in(who["owner"]), Entry.unguarded.count()
    saved = _keep(browser, "begin", title="Halv", partner_2="Velgrad", phase="ongoing")
    assert (saved.status_code, bool(re.fullmatch(r"\d\d:\d\d", saved.json()["saved"]))) == (200, True)
    _keep(browser, "begin", title="Halvare", partner_2="Velgrad", phase="ongoing")
    form = _form(browser, NEW)
    kept = {name: form[name].value() for name in ("title", "partner_2", "phase", "summary")}
    assert kept == {"title": "Halvare", "partner_2": "Velgrad", "phase": "ongoing", "summary": None}
    assert (form.kept_at is not None, Draft.unguarded.count()) == (True, 1)
    assert Entry.unguarded.count() == entries  # keeping is not an act


def test_only_its_author_sees_a_draft_and_only_for_that_organisation(act: Act, who: dict[str, Actor]) -> None:
    plan = factories.handed_in(who["owner"])
    address = reverse("collaborations:describe", args=[plan.pk])
    owner, adviser = signed_in(who["owner"]), signed_in(who["adviser"])
    _keep(owner, f"describe:{plan.pk}", title="Ägarens halva")
    assert [_form(browser, address)["title"].value() for browser in (owner, adviser)] == [
        "Ägarens halva",
        plan.title,
    ]
    there = act(*SJOBY, "researcher", name="owner")
    join(who["owner"].user, there)
    _keep(owner, "begin", title="För Fjällby")
    owner.post("/act/", {"organisation": there.organisation_id})
    assert _form(owner, NEW).kept_at is None
    owner.post("/act/", {"organisation": who["owner"].organisation_id})
    assert _form(owner, NEW)["title"].value() == "För Fjällby"


def test_a_draft_can_be_thrown_away_and_goes_when_it_is_sent(who: dict[str, Actor]) -> None:
    browser = signed_in(who["owner"])
    _keep(browser, "begin", title="Halv")
    keep(who["colleague"], "begin", "title=Kollegans")
    thrown = browser.post("/keep/", {"form": "begin", "discard": "1", "next": NEW})
    assert (thrown.headers["Location"], _form(browser, NEW).kept_at) == (NEW, None)
    plan = factories.plan(who["owner"])
    _keep(browser, f"describe:{plan.pk}", title="Halv")
    fields = {
        "title": "Hel",
        "kind": "visit",
        "phase": "planned",
        "summary": "s",
        "worth_doing": "w",
        "version": 1,
    }
    sent = browser.post(
        reverse("collaborations:describe", args=[plan.pk]), {**fields, "partner_1": "V", "country_1": "S"}
    )
    assert (sent.status_code, [draft.person_id for draft in Draft.unguarded.all()]) == (
        302,
        [who["colleague"].user_id],
    )
    discard(who["owner"], "begin")  # nothing to throw away is no error
    assert Draft.unguarded.count() == 1


def test_a_draft_remembers_the_version_it_was_typed_over(who: dict[str, Actor]) -> None:
    """Otherwise what somebody saved in between would be lost without a word."""
    plan = factories.handed_in(who["owner"])
    address, browser = reverse("collaborations:describe", args=[plan.pk]), signed_in(who["owner"])
    _keep(browser, f"describe:{plan.pk}", title="Ägarens", version=1)
    given = {"kind": "visit", "phase": "planned", "summary": "s", "worth_doing": "w", "title": "Rådgivarens"}
    describe(who["adviser"], plan, version=1, partners=factories.PARTNERS, **given)
    form = _form(browser, address)
    assert (form["title"].value(), form["version"].value()) == ("Ägarens", "1")
    sent = browser.post(
        address, {**given, "title": "Ägarens", "partner_1": "V", "country_1": "S", "version": "1"}
    )
    assert (
        sent.status_code,
        ("Rådgivarens", "Ägarens") in [row[1:] for row in sent.context["form"].theirs],
    ) == (409, True)
    assert Collaboration.unguarded.get(pk=plan.pk).title == "Rådgivarens"


def test_ticks_that_were_taken_away_stay_away(act: Act, who: dict[str, Actor]) -> None:
    contact = cast(act, "contact")["contact"]
    plan = factories.prepared(who["owner"], who["adviser"])
    browser, address = signed_in(contact), reverse("collaborations:ask", args=[plan.pk])
    _keep(browser, f"ask:{plan.pk}", question="Fråga?", chosen=["plan.title", "plan.kind"])
    assert _form(browser, address)["chosen"].value() == ["plan.title", "plan.kind"]
    _keep(browser, f"ask:{plan.pk}", question="Fråga?")
    assert (_form(browser, address)["chosen"].value(), _form(browser, address)["question"].value()) == (
        [],
        "Fråga?",
    )


def test_half_a_text_is_not_kept(who: dict[str, Actor]) -> None:
    browser = signed_in(who["owner"])
    keep(who["owner"], "begin", "title=Kort")
    with pytest.raises(Refused):
        keep(who["owner"], "begin", "x" * (LARGEST + 1))
    assert browser.post("/keep/", {"form": "begin", "data": "x" * (LARGEST + 1)}, **FETCH).status_code == 413
    assert Draft.unguarded.get().data == "title=Kort"
    keep(who["owner"], "begin", "x" * LARGEST)
    assert len(Draft.unguarded.get().data) == LARGEST


def test_what_cannot_be_kept(act: Act, who: dict[str, Actor]) -> None:
    browser, nobody = signed_in(who["owner"]), Client()
    assert _keep(browser, "", title="x").status_code == 400
    assert browser.get("/keep/").status_code == 405
    assert _keep(nobody, "begin", title="x").status_code == 401
    Membership.unguarded.filter(person=who["owner"].user).update(starts_on="2025-01-01", ends_on="2025-12-31")
    assert _keep(browser, "begin", title="x").status_code == 400
    assert Draft.unguarded.count() == 0


# --- Posted after the session ended -----------------------------------------------------------------


def _author(page: Any) -> str:
    found = re.search(r'name="author" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found.group(1)


def _sign_in(browser: Client, actor: Actor, there: str) -> str:
    actor.user.set_password(PASSWORD)
    actor.user.save()
    sent = browser.post("/account/login/", {"login": actor.user.email, "password": PASSWORD, "next": there})
    return str(sent.headers["Location"])


@pytest.mark.parametrize(("name", "kept"), [("owner", True), ("colleague", False)])
def test_what_was_sent_too_late_waits_for_its_author_alone(
    who: dict[str, Actor], name: str, kept: bool
) -> None:
    browser = signed_in(who["owner"])
    author = _author(browser.get(NEW))
    Session.objects.all().delete()
    sent = browser.post(
        NEW, {"title": "Sent skickat", "summary": "Lång text", "version": "3", "author": author}
    )
    assert sent.headers["Location"] == f"/account/login/?next={NEW}"
    assert _sign_in(browser, who[name], NEW) == NEW
    form = _form(browser, NEW)
    values = (form["title"].value(), form["summary"].value(), form.kept_at is not None)
    assert values == (("Sent skickat", "Lång text", True) if kept else (None, None, False))
    assert _form(browser, NEW).kept_at is None  # shown once; the browser's own autosave goes on from there
    assert Collaboration.unguarded.count() == 0


def test_it_waits_until_its_own_page_is_opened(who: dict[str, Actor]) -> None:
    plan = factories.plan(who["owner"])
    address, browser = reverse("collaborations:describe", args=[plan.pk]), signed_in(who["owner"])
    author = _author(browser.get(address))
    Session.objects.all().delete()
    browser.post(
        address, {"title": "Sent", "author": author, "version": "1", "csrfmiddlewaretoken": "hemlig"}
    )
    assert _sign_in(browser, who["owner"], "/room/") == "/room/"
    assert _form(browser, NEW)["title"].value() is None
    assert "hemlig" not in str(browser.session["posted"])
    form = _form(browser, address)
    assert (form["title"].value(), form["version"].value()) == ("Sent", "1")


@pytest.mark.parametrize("salt", ["", "another", "radrum.form.author"])
def test_a_stranger_cannot_fill_the_sessions(salt: str) -> None:
    """No author, one signed for something else, and the page of somebody who was nobody."""
    author = signing.dumps(None if salt == "radrum.form.author" else 1, salt=salt) if salt else "x"
    Client().post(NEW, {"title": "Skräp", "author": author})
    assert Session.objects.count() == 0


def test_what_is_too_large_is_not_kept_for_later(who: dict[str, Actor]) -> None:
    browser = signed_in(who["owner"])
    author = _author(browser.get(NEW))
    Session.objects.all().delete()
    browser.post(NEW, {"title": "x" * (LARGEST + 1), "author": author})
    assert Session.objects.count() == 0
