"""Follow a source; ask it, outside any transaction; keep what is new for the editor."""

from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, operation
from radrum.core.scope import reading
from radrum.monitoring import policy
from radrum.monitoring.fetch import Fetched, NotFetched, checked, fetch
from radrum.monitoring.models import Item, Source
from radrum.monitoring.parse import Feed, NotAFeed, parse

SHIPPED = Path(__file__).parent / "content" / "sources.yaml"


@operation("source.followed", allowed=policy.may_follow)
def follow(
    actor: Actor, *, name: str, url: str = "", key: str = "", active: bool = True, verified: bool = False
) -> Source:
    """Follow one more source; it is asked the next time the worker asks them all."""
    if url:
        try:
            checked(url)
        except NotFetched as refusal:
            raise Refused(
                _("This address cannot be followed: use http or https, without user name or port.")
            ) from refusal
        if Source.unguarded.filter(url=url).exists():
            raise Refused(_("This address is followed already."))
    start = (key or slugify(name))[:50] or "source"
    taken = Source.unguarded.filter(key__startswith=start).count()
    return Source.unguarded.create(
        key=f"{start}-{taken + 1}" if taken else start, name=name, url=url, active=active, verified=verified
    )


@operation("source.changed", allowed=policy.may_change_source)
def change(actor: Actor, source: Source, *, active: bool, verified: bool) -> Source:
    """Pause a source or take it up again; say that somebody has seen that the address is right."""
    source.active, source.verified = active, verified
    source.save(update_fields=["active", "verified"])
    return source


@operation("feed.gathered", allowed=policy.may_gather)
def keep_new(actor: Actor, source: Source, *, feed: Feed | None, etag: str = "", modified: str = "") -> int:
    """Keep what is new; `feed` is none when nothing has changed. Returns how many wait for the editor."""
    now = timezone.now()
    source.asked_at = source.answered_at = now
    source.failing_since, source.failure = None, ""
    source.etag, source.modified = etag, modified
    source.save()
    return sum(_keep_one(source, entry) for entry in feed.entries) if feed else 0


def _keep_one(source: Source, entry: Any) -> bool:
    known = Item.unguarded.filter(source=source, identity=entry.identity)
    if known.exists() or Item.unguarded.filter(link=entry.link).exists():  # or another source's
        return False
    Item.unguarded.create(
        source=source,
        identity=entry.identity,
        link=entry.link,
        title=entry.title,
        summary=entry.summary,
        published_at=entry.published,
    )
    return True


@operation("feed.failed", allowed=policy.may_gather)
def note_failure(actor: Actor, source: Source, *, why: str) -> None:
    """Remember since when a source has not answered as it should, and why."""
    source.asked_at = timezone.now()
    source.failing_since = source.failing_since or source.asked_at
    source.failure = why[:300]
    source.save(update_fields=["asked_at", "failing_since", "failure"])


def ask_one(source_id: int) -> int:
    """Ask one source and keep what is new; a failure is noted, not raised. Run as SYSTEM by the worker."""
    with reading(SYSTEM):
        source = Source.unguarded.get(pk=source_id)
    try:
        came: Fetched = fetch(source.url, etag=source.etag, modified=source.modified)
        feed = parse(came.body) if came.body is not None else None
    except (NotFetched, NotAFeed) as failure:
        note_failure(SYSTEM, source, why=str(failure))
        return 0
    return keep_new(SYSTEM, source, feed=feed, etag=came.etag, modified=came.modified)


def to_ask() -> list[int]:
    """The sources with an address that are followed."""
    with reading(SYSTEM):
        return list(Source.unguarded.filter(active=True).exclude(url="").values_list("pk", flat=True))


def read_file(place: Path, *, key: str) -> int:
    """Read a feed from a file into a source, as if it had answered so. Raises `NotAFeed`."""
    feed = parse(place.read_bytes())
    with reading(SYSTEM):
        source = Source.unguarded.filter(key=key).first()
    return keep_new(SYSTEM, source or follow(SYSTEM, name=feed.title or key, key=key), feed=feed)


def follow_shipped() -> int:
    """Set up the sources that ship with the program; those that are there already are left as they are."""
    with reading(SYSTEM):
        known = set(Source.unguarded.values_list("key", flat=True))
    entries = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["sources"]
    new = [entry for entry in entries if entry["key"] not in known]
    for entry in new:
        follow(SYSTEM, name=entry["name"], url=entry["url"], key=entry["key"], active=False)
    return len(new)
