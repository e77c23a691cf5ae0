"""Read a feed: RSS or Atom to plain values. Entities and document types are refused, all tags taken out."""

import calendar
import html
import io
import re
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import feedparser
import nh3
from django.utils.translation import gettext_noop as _

MOST = 200  # items of one feed, the newest first as feeds give them
_ENCODINGS = {
    "utf-8",
    "utf8",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "latin-1",
    "iso-8859-15",
    "windows-1252",
    "utf-16",
    "utf-16le",
    "utf-16be",
}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DANGEROUS = re.compile(r"<!\s*(doctype|entity)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


class NotAFeed(Exception):
    """Why it cannot be read."""


class Entry(NamedTuple):
    """One thing the source says."""

    identity: str
    link: str
    title: str
    summary: str
    published: datetime | None

    def as_dict(self) -> dict[str, Any]:
        """For the command line."""
        return {**self._asdict(), "published": self.published.isoformat() if self.published else None}


class Feed(NamedTuple):
    """What a feed holds, and how many entries could not be used."""

    title: str
    entries: list[Entry]
    left_out: int


def parse(data: bytes) -> Feed:
    """Read the bytes of a feed; raises `NotAFeed`."""
    text = _text(data)
    if _DANGEROUS.search(text):
        raise NotAFeed(_("It declares a document type or entities, which a feed has no need of."))
    clean = _DECLARATION.sub("", text).encode()
    kind = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(io.BytesIO(clean), response_headers=kind, sanitize_html=True)
    if not found.get("version"):
        raise NotAFeed(_("It is neither RSS nor Atom."))
    whole = found.entries[:MOST]
    entries = [entry for entry in map(_entry, whole) if entry]
    return Feed(plain(found.feed.get("title", ""), 160), entries, len(found.entries) - len(entries))


def _text(data: bytes) -> str:
    """The bytes as text, in an encoding that cannot hide a tag from us."""
    encoding = "utf-8-sig"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif declared := _DECLARED.search(data[:400]):
        encoding = declared[1].decode().lower()
        if encoding not in _ENCODINGS or encoding.startswith("utf-16"):
            raise NotAFeed(_("It is written in an encoding we do not read."))
        encoding = "utf-8-sig" if encoding in {"utf-8", "utf8"} else encoding
    text = data.decode(encoding, errors="replace")
    if "\0" in text:
        raise NotAFeed(_("It holds characters that no text has."))
    return text


def plain(text: str, most: int) -> str:
    """HTML as plain text: scripts and styles go with what is in them, other tags leave their words."""
    spaced = re.sub(r"(?i)<(br|/p|/li|/div|/h\d)\b", r" <\1", str(text))
    words = html.unescape(nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"}))
    flat = _BLANKS.sub(" ", words).strip()
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def same_link(link: str) -> str:
    """The link as it is compared: without what follows #, and without marks of campaigns."""
    parts = urlsplit(link.strip())
    kept = "&".join(p for p in parts.query.split("&") if p and not p.lower().startswith("utm_"))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", kept, ""))


def _entry(given: Any) -> Entry | None:
    """None when it has no title, or no link that leads to a page."""
    title = plain(given.get("title", ""), 300)
    try:
        link = same_link(given.get("link", ""))
        good = urlsplit(link).scheme in {"http", "https"} and bool(urlsplit(link).hostname)
    except ValueError:
        return None
    if not title or not good or len(link) > 1000:
        return None
    moment = given.get("published_parsed") or given.get("updated_parsed")
    return Entry(
        identity=str(given.get("id") or link)[:500],
        link=link,
        title=title,
        summary=plain(given.get("summary", ""), 2000),
        published=_moment(moment),
    )


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None
