"""Somebody else publishes: tried through Wagtail's own pages, its bulk actions, its code, and the database."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from wagtail.models import Page

from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden
from radrum.core.scope import writing
from radrum.knowledge import drafts, edit, policy
from radrum.knowledge.models import FaqEntry, Home, KnowledgePage
from tests.cast import CAST, cast, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act)


@pytest.fixture
def page(who: dict[str, Actor]) -> KnowledgePage:
    """A draft by the officer."""
    return drafts.take_draft(
        who["officer"], kind="faq", title_sv="Får vi dela?", body_sv='Ja, "om" det är öppet & fritt.'
    )


def fields(page: KnowledgePage, **more: str) -> dict[str, str]:
    """What Wagtail's form holds when nobody has changed anything."""

    def rich(html: str) -> str:
        text = unescape(re.sub("<[^>]+>", "", html))
        block = {
            "key": "a",
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [],
        }
        return json.dumps({"blocks": [block], "entityMap": {}})

    given = {
        "title": page.title,
        "title_en": "",
        "lead_sv": "",
        "lead_en": "",
        "body_sv": page.body_sv,
        "body_en": "",
        "aspects": "",
        "sources": "",
        "review_by": "",
        "slug": page.slug,
        **more,
    }
    return {name: rich(text) if name.startswith("body_") else text for name, text in given.items()}


def save(actor: Actor, page: KnowledgePage, *, publish: bool = False, **more: str) -> Any:
    """Send Wagtail's form."""
    data = {**fields(page, **more), **({"action-publish": "action-publish"} if publish else {})}
    return signed_in(actor).post(f"/editors/pages/{page.pk}/edit/", data)


def live(page: KnowledgePage) -> tuple[bool, str]:
    """Whether it is public, and what the public reads."""
    now = FaqEntry.objects.get(pk=page.pk)
    return now.live, now.title


def last() -> tuple[str, str]:
    entry = Entry.unguarded.order_by("-pk").first()
    assert entry
    return entry.verb, entry.outcome


def test_an_editor_publishes_what_the_officer_wrote(who: dict[str, Actor], page: KnowledgePage) -> None:
    response = save(who["editor"], page, publish=True)
    assert (response.status_code, live(page)) == (302, (True, "Får vi dela?"))
    assert ("page.published", "done") in set(Entry.unguarded.values_list("verb", "outcome"))
    seen = Client().get(f"/knowledge/{page.slug}/")
    assert (seen.status_code, "det är öppet &amp; fritt." in seen.content.decode()) == (200, True)


def test_a_draft_is_not_found_by_anybody_and_stands_in_no_list(
    who: dict[str, Actor], page: KnowledgePage
) -> None:
    browsers = {"stranger": Client(), **{name: signed_in(actor) for name, actor in who.items()}}
    found = {name: browser.get(f"/knowledge/{page.slug}/").status_code for name, browser in browsers.items()}
    assert found == dict.fromkeys(["stranger", *CAST], 404)
    listed = {name for name, b in browsers.items() if "Får vi dela?" in b.get("/knowledge/").content.decode()}
    sought = {
        name
        for name, b in browsers.items()
        if "Får vi dela?" in b.get("/ask/?q=dela").content.decode().replace("value=", "")
    }
    assert (listed, sought) == (set(), set())


def test_whoever_wrote_it_saves_a_draft_and_is_told_why(who: dict[str, Actor], page: KnowledgePage) -> None:
    """The editor changes a word and publishes in one step: the change is kept, and not published."""
    response = save(who["editor"], page, publish=True, title="Får vi dela det?")
    assert (response.status_code, response["Location"]) == (302, f"/editors/pages/{page.pk}/edit/")
    assert live(page) == (False, "Får vi dela det?")
    assert ("page.published", "refused") in set(Entry.unguarded.values_list("verb", "outcome"))
    assert policy.writers(page) == {who["officer"].user_id, who["editor"].user_id}
    latest = FaqEntry.objects.get(pk=page.pk).get_latest_revision_as_object()
    save(who["editor"], latest, publish=True)
    assert live(page)[0] is False
    assert save(who["lead"], latest, publish=True).status_code == 302
    assert live(page) == (True, "Får vi dela det?")


def test_after_publishing_only_new_words_count(who: dict[str, Actor], page: KnowledgePage) -> None:
    save(who["editor"], page, publish=True)
    assert policy.writers(page) == set()
    now = FaqEntry.objects.get(pk=page.pk)
    save(who["lead"], now, title="Ny rubrik")
    assert policy.writers(page) == {who["lead"].user_id}
    latest = FaqEntry.objects.get(pk=page.pk).get_latest_revision_as_object()
    save(who["lead"], latest, publish=True)
    assert live(page) == (True, "Får vi dela?")
    save(who["editor"], latest, publish=True)
    assert live(page) == (True, "Ny rubrik")


def test_a_new_page_is_a_draft_even_when_published_at_once(who: dict[str, Actor]) -> None:
    data = {**fields(FaqEntry(title="Egen", body_sv="<p>Text</p>", slug="egen")), "action-publish": "x"}
    signed_in(who["editor"]).post(f"/editors/pages/add/knowledge/faqentry/{Home.objects.get().pk}/", data)
    made = FaqEntry.objects.get(slug="egen")
    assert (made.live, policy.writers(made)) == (False, {who["editor"].user_id})


def test_many_at_once_leaves_out_ones_own(who: dict[str, Actor], page: KnowledgePage) -> None:
    own = drafts.take_draft(who["lead"], kind="faq", title_sv="Egen", body_sv="Text")
    many = f"/editors/bulk/wagtailcore/page/publish/?id={page.pk}&id={own.pk}&childOf={Home.objects.get().pk}"
    signed_in(who["lead"]).post(many, {"include_descendants": ""})
    assert (live(page)[0], live(own)[0]) == (True, False)


def test_the_tree_is_not_published_with_everything_under_it(
    who: dict[str, Actor], page: KnowledgePage
) -> None:
    own = drafts.take_draft(who["lead"], kind="faq", title_sv="Egen", body_sv="Text")
    home = Home.objects.get()
    many = f"/editors/bulk/wagtailcore/page/publish/?id={home.pk}&childOf={home.get_parent().pk}"
    signed_in(who["lead"]).post(many, {"include_descendants": "on"})
    assert live(own)[0] is False


def test_a_copy_is_a_draft(who: dict[str, Actor], page: KnowledgePage) -> None:
    save(who["editor"], page, publish=True)
    data = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": str(Home.objects.get().pk),
        "publish_copies": "on",
    }
    signed_in(who["lead"]).post(f"/editors/pages/{page.pk}/copy/", data)
    assert FaqEntry.objects.get(slug="kopia").live is False


def test_there_is_no_publishing_at_a_set_time_yet(who: dict[str, Actor], page: KnowledgePage) -> None:
    form = signed_in(who["editor"]).get(f"/editors/pages/{page.pk}/edit/").context["form"]
    assert {"go_live_at", "expire_at"} & set(form.fields) == set()


@pytest.mark.parametrize("name", CAST)
def test_the_operation_lets_editors_publish_and_nobody_else(
    who: dict[str, Actor], page: KnowledgePage, name: str
) -> None:
    if name in {"editor", "lead"}:
        edit.publish_page(who[name], page)
        return
    with pytest.raises(Forbidden):
        edit.publish_page(who[name], page)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("officer", False),
        ("editor", True),
        ("lead", True),
        ("owner", False),
        ("expert", False),
        ("evaluator", False),
    ],
)
def test_the_database_itself_holds_it(
    who: dict[str, Actor], page: KnowledgePage, name: str, allowed: bool
) -> None:
    """Wagtail's own code, past every page and every rule in Python."""

    def publish() -> None:
        with writing(who[name]):
            page.get_latest_revision().publish()

    if allowed:
        publish()
    else:
        with pytest.raises(DatabaseError, match="somebody else publishes"):
            publish()
    assert live(page)[0] is allowed


def test_an_editor_cannot_make_a_page_public_by_its_row(who: dict[str, Actor]) -> None:
    own = drafts.take_draft(who["editor"], kind="faq", title_sv="Egen", body_sv="Text")
    with pytest.raises(DatabaseError, match="somebody else publishes"), writing(who["editor"]):
        Page.objects.filter(pk=own.pk).update(live=True)
    with writing(SYSTEM):
        assert live(own)[0] is False


# --- Withdrawing and removing, and what the trail says ------------------------------------------------


def test_an_editor_withdraws_at_once_and_the_trail_says_so(
    who: dict[str, Actor], page: KnowledgePage
) -> None:
    save(who["editor"], page, publish=True)
    signed_in(who["editor"]).post(f"/editors/pages/{page.pk}/unpublish/")
    assert (live(page)[0], last()) == (False, ("page.withdrawn", "done"))
    assert Client().get(f"/knowledge/{page.slug}/").status_code == 404


def test_a_page_is_removed_and_the_trail_says_so(who: dict[str, Actor], page: KnowledgePage) -> None:
    signed_in(who["editor"]).post(f"/editors/pages/{page.pk}/delete/")
    assert (Page.objects.filter(pk=page.pk).exists(), last()) == (False, ("page.removed", "done"))


def test_the_top_of_the_tree_is_not_removed(who: dict[str, Actor]) -> None:
    home = Home.objects.get()
    signed_in(who["editor"]).post(f"/editors/pages/{home.pk}/delete/")
    assert Home.objects.count() == 1


def test_each_step_leaves_one_entry_and_looking_leaves_none(
    who: dict[str, Actor], page: KnowledgePage
) -> None:
    before = Entry.unguarded.count()
    signed_in(who["editor"]).get(f"/editors/pages/{page.pk}/edit/")
    assert Entry.unguarded.count() == before
    save(who["editor"], page, title="Nytt")
    entries = Entry.unguarded.order_by("pk").values_list("verb", "outcome", "person_id", "subject_id")[
        before:
    ]
    assert list(entries) == [("page.edited", "done", who["editor"].user_id, str(page.pk))]


def test_a_form_that_is_not_filled_in_changes_nothing(who: dict[str, Actor], page: KnowledgePage) -> None:
    before = Entry.unguarded.count()
    response = save(who["editor"], page, title="")
    assert (response.status_code, live(page), Entry.unguarded.count()) == (
        200,
        (False, "Får vi dela?"),
        before,
    )


def test_a_draft_waits_in_the_room_of_those_who_may_publish_it(
    who: dict[str, Actor], page: KnowledgePage
) -> None:
    def rooms() -> set[str]:
        link = f"/editors/pages/{page.pk}/edit/"
        found = {name: signed_in(who[name]).get("/room/").context["waiting"] for name in ROOMS}
        return {name for name, rows in found.items() if link in [row["url"] for row in rows]}

    ROOMS = ("editor", "lead", "officer", "evaluator", "owner", "expert")  # noqa: N806
    assert rooms() == {"editor", "lead"}
    save(who["editor"], page, title="Mitt ord")
    assert rooms() == {"lead"}
