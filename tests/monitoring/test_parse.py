"""RSS and Atom to plain values; what could hurt is refused or taken out."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from radrum import story
from radrum.monitoring.parse import NotAFeed, parse, plain, same_link
from tests.monitoring.server import FEED

BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>&b;</title><item><title>x</title><link>https://x.example/</link></item></channel></rss>"""
OUTSIDE = """<!DOCTYPE rss SYSTEM "http://127.0.0.1/evil.dtd"><rss version="2.0"><channel/></rss>"""


def test_rss() -> None:
    feed = parse(FEED.encode())
    first, second = feed.entries
    assert (feed.title, feed.left_out) == ("Prov", 0)
    assert first == (
        "tag:1",
        "https://prov.example/1",
        "Ett nytt beslut",
        "Text",
        datetime(2026, 11, 10, 8, tzinfo=UTC),
    )
    assert (second.identity, second.published) == ("https://prov.example/2", None)


def test_the_exercise_feed_is_read_by_the_same_code() -> None:
    feed = parse(story.TEXTS.with_name("news.xml").read_bytes())
    assert (len(feed.entries), feed.left_out) == (3, 0)
    assert feed.entries[0].summary == "Från årsskiftet krävs tillstånd för att föra ut mätdata."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<!doctype html><html><body>x</body></html>",
        b"<html><body>x</body></html>",
        BOMB.encode(),
        BOMB.encode("utf-16"),
        OUTSIDE.encode(),
        b'<?xml version="1.0" encoding="utf-7"?>+ADw-rss version=+ACI-2.0+ACI-+AD4-',
        b'<?xml version="1.0" encoding="cp037"?>x',
        b"\0<rss/>",
        "<rss>".encode("utf-32"),
        b"\x1f\x8b\x08\x00",
        b"{}",
    ],
    ids=lambda given: repr(given[:30]),
)
def test_what_is_no_feed_or_could_hurt_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeed):
        parse(data)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_letters_in_other_encodings(encoding: str) -> None:
    text = FEED.replace("utf-8", encoding).replace("Två", "Åäö")
    assert parse(text.encode(encoding)).entries[1].title == "Åäö"


def test_entries_without_a_page_are_left_out() -> None:
    for link in (
        "javascript:alert(1)",
        "ftp://x.example/",
        "",
        "http://",
        "/only/a/path",
        "https://" + "x" * 1100,
    ):
        feed = parse(FEED.replace("https://prov.example/2", link).encode())
        assert (len(feed.entries), feed.left_out) == (1, 1), link


def test_a_feed_without_end_is_cut() -> None:
    one = "<item><title>t</title><link>https://x.example/{}</link></item>"
    many = "".join(one.format(n) for n in range(500))
    feed = parse(f"<rss version='2.0'><channel>{many}</channel></rss>".encode())
    assert (len(feed.entries), feed.left_out) == (200, 300)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Ett<br>två</p><p>tre</p>", "Ett två tre"),
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
        ("<script>x</script><style>y</style>z", "z"),
        ("<img src=x onerror=alert(1)>bild", "bild"),
        ("  \n rad\t rad ", "rad rad"),
        ("x" * 50, "x" * 19 + "…"),
    ],
)
def test_html_becomes_plain_text(text: str, expected: str) -> None:
    assert plain(text, 20) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("HTTPS://Prov.Example/A?b=1&utm_source=x&UTM_y=2#z", "https://prov.example/A?b=1"),
        ("https://prov.example", "https://prov.example/"),
        ("https://prov.example/?q=", "https://prov.example/?q="),
    ],
)
def test_links_that_are_the_same(link: str, expected: str) -> None:
    assert same_link(link) == expected


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(FEED, encoding="utf-8")
    call_command("feed", "parse", str(file))
    found = json.loads(capsys.readouterr().out)
    assert (found["title"], found["left_out"], [item["title"] for item in found["items"]]) == (
        "Prov",
        0,
        ["Ett nytt beslut", "Två"],
    )
    assert found["items"][0]["published"] == "2026-11-10T08:00:00+00:00"
    file.write_text(BOMB, encoding="utf-8")
    with pytest.raises(CommandError, match="no feed we read"):
        call_command("feed", "parse", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("feed", "parse", str(tmp_path / "not-there"))
