"""Wagtail behind its door: who gets in, which of its addresses and apps there are, and what it is told to allow."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from wagtail.admin.urls import urlpatterns as wagtails
from wagtail.models import Page
from wagtail.search.index import get_indexed_models
from wagtail.users.models import UserProfile

from radrum.accounts.models import User
from radrum.core.actor import Actor
from radrum.core.guarded import Event, Guarded
from radrum.knowledge import drafts, urls
from radrum.knowledge.door import ELSEWHERE, OPEN, absent
from radrum.knowledge.models import Home
from radrum.knowledge.policy import EditorsPages, may_edit
from tests.cast import CAST, cast, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db

EDITORS = {"editor", "lead"}
# What an editor gets at each door; everyone else is told that it is not there.
DOORS = {
    "/editors/": 200,
    "/editors/pages/{home}/": 200,
    "/editors/pages/{page}/edit/": 200,
    "/editors/pages/{page}/history/": 200,
    "/editors/pages/{page}/delete/": 200,
    "/editors/pages/{page}/unpublish/": 302,  # there is nothing to unpublish
    "/editors/pages/add/knowledge/faqentry/{home}/": 200,
    "/editors/pages/search/": 200,
    "/editors/api/main/pages/": 200,
    "/editors/sprite/": 200,
    # not there for anybody
    "/editors/users/": 404,
    "/editors/groups/": 404,
    "/editors/settings/": 404,
    "/editors/sites/": 404,
    "/editors/documents/": 404,
    "/editors/images/": 404,
    "/editors/snippets/": 404,
    "/editors/redirects/": 404,
    "/editors/collections/": 404,
    "/editors/workflows/list/": 404,
    "/editors/reports/site-history/": 404,
    "/editors/pages/{page}/privacy/": 404,
    "/editors/password_reset/": 404,
    "/editors/api/main/pages/{page}/action/publish/": 404,
    "/editors/api/main/images/": 404,
}
LEADS_AWAY = {
    "/editors/login/": "/account/login/",
    "/editors/logout/": "/account/logout/",
    "/editors/account/": "/account/",
}


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act)


@pytest.fixture
def places(who: dict[str, Actor]) -> dict[str, int]:
    page = drafts.take_draft(who["officer"], kind="faq", title_sv="Utkast", body_sv="Text")
    return {"home": Home.objects.get().pk, "page": page.pk}


@pytest.mark.usefixtures("_relaxed")
def test_every_role_at_every_door(who: dict[str, Actor], places: dict[str, int]) -> None:
    browsers = {name: signed_in(actor) for name, actor in who.items()}
    found = {
        door: {name: browsers[name].get(door.format(**places)).status_code for name in CAST} for door in DOORS
    }
    assert found == {
        door: {name: status if name in EDITORS else 404 for name in CAST} for door, status in DOORS.items()
    }


@pytest.mark.usefixtures("_relaxed")
def test_signing_in_and_the_account_are_ours(who: dict[str, Actor]) -> None:
    editor = signed_in(who["editor"])
    assert {door: editor.get(door)["Location"] for door in LEADS_AWAY} == LEADS_AWAY


def test_a_stranger_signs_in_with_us(places: dict[str, int]) -> None:
    answers = {door: Client().get(door.format(**places)) for door in DOORS if DOORS[door] != 404}
    assert {
        door: (a.status_code, a["Location"].split("?")[0]) for door, a in answers.items()
    } == dict.fromkeys(answers, (302, "/account/login/"))


def test_an_editor_without_a_second_factor_is_sent_to_set_one_up(who: dict[str, Actor]) -> None:
    answer = signed_in(who["editor"]).get("/editors/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("mfa_activate_totp"))


@pytest.mark.usefixtures("_relaxed")
def test_an_editor_who_acts_for_another_organisation_is_not_let_in(act: Act) -> None:
    editor = act("Nationella funktionen", "national", "editor", name="Två")
    elsewhere = act("Fjällby universitet", "institution", "researcher", name="Två")
    other = User.objects.get(pk=elsewhere.user_id)
    from tests.cast import join

    join(other, editor)
    browser = signed_in(elsewhere)
    session = browser.session
    session["organisation"] = elsewhere.organisation_id
    session.save()
    assert browser.get("/editors/").status_code == 404
    session["organisation"] = editor.organisation_id
    session.save()
    assert browser.get("/editors/").status_code == 200


@pytest.mark.usefixtures("_relaxed")
def test_being_staff_or_superuser_or_in_a_group_gives_nothing(who: dict[str, Actor]) -> None:
    person = User.objects.get(pk=who["officer"].user_id)
    person.is_superuser = True
    person.save()
    person.groups.add(Group.objects.create(name="Editors"))
    assert signed_in(who["officer"]).get("/editors/").status_code == 404


def test_wagtail_has_no_groups_and_no_grants_of_its_own(who: dict[str, Actor]) -> None:
    assert (Group.objects.count(), UserProfile.objects.count()) == (0, 0)
    grants = {
        name: len(EditorsPages().get_all_permissions_for_user(actor.user)) for name, actor in who.items()
    }
    assert set(grants.values()) == {0}  # nobody acts: the door was not passed
    assert {name for name, actor in who.items() if may_edit(actor)} == EDITORS


# --- Exactly which parts of Wagtail there are ---------------------------------------------------------


def test_exactly_these_apps_of_wagtail_are_installed() -> None:
    assert {app for app in settings.INSTALLED_APPS if "wagtail" in app} == {
        "wagtail",
        "wagtail.admin",
        "wagtail.users",
        "wagtail.search",
    }


def _leaves(patterns: Any, space: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in patterns:
        if isinstance(one, URLResolver):
            found |= _leaves(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            found[f"{space}{one.name or ''}"] = one.callback
    return found


def test_exactly_the_reviewed_addresses_of_wagtail_lead_somewhere() -> None:
    theirs, ours = _leaves(wagtails), _leaves(urls.EDITING)
    assert set(theirs) >= OPEN | set(ELSEWHERE)
    open_here = {name for name, view in ours.items() if view is not absent}
    assert open_here == OPEN | set(ELSEWHERE)
    assert set(ours) - set(theirs) == {
        "wagtailadmin_api:images:listing",
        "wagtailadmin_api:documents:listing",
    }


def test_no_confidential_model_is_in_wagtail() -> None:
    guarded = {model for model in apps.get_models() if issubclass(model, Guarded | Event)}
    indexed = set(get_indexed_models())
    pages = {model for model in apps.get_models() if issubclass(model, Page)}
    assert (len(guarded) > 20, guarded & indexed, guarded & pages) == (True, set(), set())
    assert {model._meta.app_label for model in pages} == {"wagtailcore", "knowledge"}
    assert {model._meta.app_label for model in indexed} <= {"wagtailcore", "knowledge"}


# --- Headers -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_relaxed")
@pytest.mark.parametrize(
    "door", ["/editors/", "/editors/pages/{page}/edit/", "/editors/pages/{page}/view_draft/"]
)
def test_behind_the_door_styles_may_be_inline_and_scripts_may_not(
    who: dict[str, Actor], places: dict[str, int], door: str
) -> None:
    response = signed_in(who["editor"]).get(door.format(**places))
    said = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert said == {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "object-src": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    assert (response.status_code, response["X-Frame-Options"]) == (200, "SAMEORIGIN")


@pytest.mark.parametrize("page", ["/knowledge/", "/knowledge/mou/"])
def test_what_the_public_reads_keeps_the_strict_rule(client: Client, page: str) -> None:
    response = client.get(page)
    assert (
        response.status_code,
        "unsafe" in response["Content-Security-Policy"],
        response["X-Frame-Options"],
    ) == (
        200,
        False,
        "DENY",
    )
