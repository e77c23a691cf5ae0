"""What a source says waits for an editor; nothing is shown before, and what is kept out stays out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading
from radrum.monitoring import gather, jobs, policy
from radrum.monitoring.judge import dismiss, show_it, withdraw
from radrum.monitoring.models import Item, News, Source
from tests.cast import CAST, cast, signed_in
from tests.conftest import Act
from tests.jobs import waiting
from tests.monitoring.server import FEED, Answer, Site, site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
MEANS = {"means_sv": "Det här betyder något.", "means_en": "This means something.", "aspects": ["4.1"]}


@pytest.fixture
def there() -> Iterator[Site]:
    with site() as found:
        found.answers["/feed"] = Answer(headers={"ETag": '"v1"'})
        yield found


@pytest.fixture
def editor(act: Act) -> Actor:
    return cast(act, "editor")["editor"]


@pytest.fixture
def source(there: Site, editor: Actor) -> Source:
    return gather.follow(editor, name="Prov", url=f"{there.base}/feed")


def _items() -> list[Item]:
    return list(Item.unguarded.order_by("pk"))


# --- Gathering -------------------------------------------------------------------------------------


def test_a_source_is_asked_and_its_items_wait_once(there: Site, source: Source) -> None:
    assert [gather.ask_one(source.pk) for _again in range(2)] == [2, 0]
    assert [(item.title, item.judgement) for item in _items()] == [
        ("Ett nytt beslut", "waiting"),
        ("Två", "waiting"),
    ]
    assert there.asked[1][1]["If-None-Match"] == '"v1"'
    there.answers["/feed"] = Answer(304, {}, b"")
    gather.ask_one(source.pk)
    assert (Source.unguarded.get(pk=source.pk).etag, len(_items())) == ('"v1"', 2)


def test_the_same_page_from_another_source_is_one_item(there: Site, source: Source, editor: Actor) -> None:
    gather.ask_one(source.pk)
    there.answers["/other"] = Answer(body=FEED.replace("tag:1", "tag:9").encode())
    other = gather.follow(editor, name="Prov", url=f"{there.base}/other")
    assert (other.key, gather.ask_one(other.pk), len(_items())) == ("prov-2", 0, 2)


def test_a_source_that_fails_says_so_until_it_answers(there: Site, source: Source, editor: Actor) -> None:
    there.answers["/feed"] = Answer(500, {}, b"")
    for _again in range(2):
        gather.ask_one(source.pk)
    failing = Source.unguarded.get(pk=source.pk)
    assert (failing.failing_since is not None, "500" in failing.failure) == (True, True)
    browser = signed_in(editor)
    rooms = []
    for days in (2, 4):
        Source.unguarded.filter(pk=source.pk).update(failing_since=timezone.now() - timedelta(days=days))
        rooms.append([row["title"] for row in browser.get("/room/").context["waiting"]])
    assert (rooms, "500" in browser.get("/news/inbox/").content.decode().partition("<main")[2]) == (
        [[], ["Prov"]],
        True,
    )
    assert "Källan svarade med ett fel. (500)" in browser.get("/news/inbox/").content.decode()
    browser.cookies["django_language"] = "en"
    assert "The source answered with an error. (500)" in browser.get("/news/inbox/").content.decode()
    there.answers["/feed"] = Answer(body=b"<html></html>")
    gather.ask_one(source.pk)
    assert "neither RSS nor Atom" in Source.unguarded.get(pk=source.pk).failure
    there.answers["/feed"] = Answer()
    gather.ask_one(source.pk)
    assert Source.unguarded.get(pk=source.pk).failing_since is None
    verbs = list(
        Entry.unguarded.filter(verb__startswith="feed.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["feed.failed"] * 3 + ["feed.gathered"]


def test_each_followed_source_gets_a_job(source: Source, editor: Actor) -> None:
    gather.follow_shipped()  # paused until an editor has looked at the address
    assert (gather.follow_shipped(), jobs.ask_all()) == (0, 1)
    assert [job["source_id"] for job in waiting("ask_source")] == [source.pk]
    shipped = Source.unguarded.exclude(pk=source.pk)
    assert set(shipped.values_list("active", "verified")) == {(False, False)}
    gather.change(editor, source, active=False, verified=True)
    assert gather.to_ask() == []


@pytest.mark.parametrize(
    "url", ["ftp://prov.example/", "http://user@prov.example/", "https://prov.example:99/"]
)
def test_an_address_that_is_never_asked_is_not_followed(editor: Actor, url: str) -> None:
    with pytest.raises(Refused):
        gather.follow(editor, name="Prov", url=url)
    assert Source.unguarded.count() == 0


def test_an_address_is_followed_once(source: Source, editor: Actor) -> None:
    with pytest.raises(Refused):
        gather.follow(editor, name="Igen", url=source.url)


def test_a_file_through_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    for _again in range(2):
        call_command("feed", "load", str(tmp_path / "feed.xml"), "--source", "prov")
    assert capsys.readouterr().out.split(" new")[0] == "2"
    assert (len(_items()), Source.unguarded.get().key) == (2, "prov")


# --- Who -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAST)
def test_editors_follow_and_judge_and_nobody_else(act: Act, source: Source, name: str) -> None:
    gather.ask_one(source.pk)
    actor, may = cast(act, name)[name], name == "editor"
    one, two = _items()
    with reading(actor):
        seen = policy.visible_items(actor).count(), policy.visible_sources(actor).count()
        net = Item.unguarded.count(), Source.unguarded.count()
    assert (seen, net) == (((2, 1), (2, 1)) if may else ((0, 0), (0, 0)))
    if may:
        show_it(actor, one, **MEANS)
        dismiss(actor, two, reason="Rör inte samarbeten.")
    else:
        for step in (lambda: show_it(actor, one, **MEANS), lambda: dismiss(actor, two, reason="x")):
            with pytest.raises((Forbidden, Unseen)):
                step()
        with pytest.raises(Forbidden):
            gather.follow(actor, name="x", url="https://x.example/")
    browser = signed_in(actor)
    pages = [
        "inbox/",
        f"inbox/{one.pk}/",
        f"inbox/{one.pk}/dismiss/",
        "sources/new/",
        f"sources/{source.pk}/",
    ]
    assert {browser.get(f"/news/{page}").status_code for page in pages} == {200 if may else 403}
    assert News.objects.count() == int(may)


# --- Judging ---------------------------------------------------------------------------------------


def test_nothing_is_shown_before_it_is_judged(client: Client, source: Source, editor: Actor) -> None:
    gather.ask_one(source.pk)
    one, two = _items()

    def everywhere() -> list[tuple[bool, bool]]:
        texts = [client.get(path).content.decode() for path in ("/news/", "/news/feed.atom")]
        return [("Ett nytt beslut" in text, "Två" in text) for text in texts]

    assert everywhere() == [(False, False)] * 2
    show_it(editor, one, **MEANS)
    dismiss(editor, two, reason="Hemligt skäl.")
    assert everywhere() == [(True, False)] * 2
    page = client.get("/news/").content.decode()
    assert ("Det här betyder något." in page, "Prov, 10 november 2026" in page) == (True, True)
    assert ("Hemligt skäl" in page, "script" in page.split("<main")[1]) == (False, False)
    client.cookies["django_language"] = "en"
    assert "This means something." in client.get("/news/feed.atom").content.decode()
    gather.ask_one(source.pk)
    assert [item.judgement for item in _items()] == ["shown", "dismissed"]


def test_news_about_one_aspect(client: Client, source: Source, editor: Actor) -> None:
    gather.ask_one(source.pk)
    one, two = _items()
    show_it(editor, one, **MEANS)
    show_it(editor, two, **{**MEANS, "aspects": []})
    counts = {
        ask: len(client.get(f"/news/{ask}").context["rows"]) for ask in ("", "?aspect=4.1", "?aspect=1.1")
    }
    assert counts == {"": 2, "?aspect=4.1": 1, "?aspect=1.1": 0}
    assert len(client.get("/news/?aspect=nonsense").context["rows"]) == 2


def test_a_judgement_needs_its_words_and_is_made_once(source: Source, editor: Actor) -> None:
    gather.ask_one(source.pk)
    one, _two = _items()
    with pytest.raises(Refused):
        show_it(editor, one, **{**MEANS, "means_en": " "})
    with pytest.raises(Refused):
        dismiss(editor, one, reason=" ")
    dismiss(editor, one, reason="Rör inte samarbeten.")
    with pytest.raises(Refused):
        show_it(editor, one, **MEANS)
    assert News.objects.count() == 0


def test_news_is_taken_away_and_waits_again(client: Client, source: Source, editor: Actor) -> None:
    gather.ask_one(source.pk)
    told = show_it(editor, _items()[0], **MEANS)
    withdraw(editor, told)
    assert ("Ett nytt" in client.get("/news/").content.decode(), _items()[0].judgement) == (False, "waiting")
    with pytest.raises(Refused):
        withdraw(editor, told)
    show_it(editor, _items()[0], **{**MEANS, "means_sv": "Rättat."})
    assert ("Rättat." in client.get("/news/").content.decode(), News.objects.count()) == (True, 1)


def test_on_the_pages(source: Source, editor: Actor) -> None:
    gather.ask_one(source.pk)
    browser, (one, two) = signed_in(editor), _items()
    [row] = browser.get("/room/").context["waiting"]
    assert (row["url"], "2" in row["text"]) == ("/news/inbox/", True)
    half = browser.post(f"/news/inbox/{one.pk}/", {"means_sv": "Kvar här", "means_en": ""})
    assert (half.status_code, "Kvar här" in half.content.decode()) == (200, True)
    assert browser.post(f"/news/inbox/{one.pk}/", {**MEANS}).status_code == 302
    assert browser.post(f"/news/inbox/{two.pk}/dismiss/", {"reason": "Nej."}).status_code == 302
    assert browser.post(f"/news/{News.objects.get().pk}/withdraw/").status_code == 302
    added = browser.post("/news/sources/new/", {"name": "Ny", "url": "https://ny.example/feed"})
    wrong = browser.post("/news/sources/new/", {"name": "Ny", "url": "https://ny.example:99/feed"})
    assert (added.status_code, wrong.status_code, Source.unguarded.count()) == (302, 200, 2)
    new = Source.unguarded.get(name="Ny")
    assert browser.post(f"/news/sources/{new.pk}/", {"verified": "on"}).status_code == 302
    new.refresh_from_db()
    assert (new.active, new.verified) == (False, True)


def test_only_the_system_gathers(source: Source, editor: Actor) -> None:
    with pytest.raises(Forbidden):
        gather.keep_new(editor, source, feed=None)
    with pytest.raises(Forbidden):
        gather.note_failure(editor, source, why="x")
    gather.keep_new(SYSTEM, source, feed=None)
