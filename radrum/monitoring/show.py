"""News, items and sources as plain values."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.days import day
from radrum.guidance.models import Aspect
from radrum.guidance.policy import visible_editions
from radrum.monitoring import policy
from radrum.monitoring.models import Item, News, Source

LONG = timedelta(days=3)  # a source that fails longer is shown in the editor's room
MOST = 50


def aspects() -> dict[str, Aspect]:
    """The aspects of the edition in force, by number."""
    edition = visible_editions().first()
    if edition is None:
        return {}
    found = Aspect.objects.filter(dimension__edition=edition).select_related("dimension")
    return {aspect.number: aspect for aspect in found.order_by("dimension__order", "pk")}


def aspect_choices() -> list[tuple[str, str]]:
    """Number and name of each aspect."""
    return [(number, f"{number} {aspect.name}") for number, aspect in aspects().items()]


def _source(name: str, moment: Any) -> str:
    if moment is None:
        return _("%(source)s, without a date") % {"source": name}
    return _("%(source)s, %(day)s") % {"source": name, "day": day(moment)}


def news(actor: Actor, aspect: str = "") -> dict[str, Any]:
    """What is new, perhaps about one aspect only."""
    known = aspects()
    rows = policy.visible_news(actor)
    if aspect in known:
        rows = rows.filter(aspects__contains=[aspect])
    edits = policy.may_edit(actor)
    return {
        "rows": [_news(one, known, edits=edits) for one in rows[:MOST]],
        "about": f"{aspect} {known[aspect].name}" if aspect in known else "",
        "action": {"label": _("Judge what has come"), "url": reverse("monitoring:inbox")} if edits else None,
        "links": [{"label": _("Follow as a feed (Atom)"), "url": reverse("monitoring:feed")}],
    }


def _news(one: News, known: dict[str, Aspect], *, edits: bool) -> dict[str, Any]:
    about = [known[number] for number in one.aspects if number in known]
    return {
        "id": one.pk,
        "title": one.title,
        "url": one.link,
        "means": one.means,
        "source": _source(one.source, one.published_on),
        "when": one.shown_at,
        "aspects": [
            {
                "title": f"{aspect.number} {aspect.name}",
                "url": f"{reverse('guidance:dimension', args=[aspect.dimension.order])}#{_anchor(aspect)}",
            }
            for aspect in about
        ],
        "withdraw": reverse("monitoring:withdraw", args=[one.pk]) if edits else "",
    }


def _anchor(aspect: Aspect) -> str:
    return f"a{aspect.number.replace('.', '-')}"


def inbox(actor: Actor) -> dict[str, Any]:
    """What waits for a judgement, what has been kept out lately, and how the sources do."""
    items = policy.visible_items(actor)
    kept_out = items.filter(judgement=Item.Judgement.DISMISSED).order_by("-judged_at")[:10]
    return {
        "waiting": [item_row(item) for item in items.filter(judgement=Item.Judgement.WAITING)[:MOST]],
        "dismissed": [{**item_row(item), "text": item.reason, "when": item.judged_at} for item in kept_out],
        "sources": [source_row(source) for source in policy.visible_sources(actor)],
        "links": [{"label": _("What's new"), "url": reverse("monitoring:news")}],
        "action": {"label": _("Follow a source"), "url": reverse("monitoring:follow")},
    }


def item_row(item: Item) -> dict[str, Any]:
    """One line of the inbox."""
    return {
        "title": item.title,
        "url": reverse("monitoring:judge", args=[item.pk]),
        "text": item.summary[:200],
        "when": item.published_at or item.fetched_at,
        "state": item.source.name,
    }


def source_row(source: Source) -> dict[str, Any]:
    """How it goes with a source; `why` is the worker's sentence, which the page translates."""
    why, _bracket, detail = source.failure.partition(" (")
    if source.failing_since:
        since = date_format(timezone.localtime(source.failing_since), "j F")
        state = _("Has not answered as it should since %(day)s.") % {"day": since}
    elif source.answered_at:
        moment = date_format(timezone.localtime(source.answered_at), "j F H:i")
        state = _("Answered %(moment)s.") % {"moment": moment}
    else:
        state = _("Has not been asked yet.")
    return {
        "name": source.name,
        "url": reverse("monitoring:source", args=[source.pk]),
        "address": source.url or _("read from a file"),
        "state": state,
        "why": why,
        "detail": f"({detail}" if detail else "",
        "asked": _("yes") if source.active and source.url else _("paused"),
        "seen": _("yes") if source.verified else _("not seen yet"),
    }


def facts(item: Item) -> list[dict[str, Any]]:
    """What is known of an item."""
    return [
        {"label": _("Source"), "value": item.source.name},
        {"label": _("The source's date"), "value": item.published_at or _("none")},
        {"label": _("Fetched"), "value": item.fetched_at},
        {"label": _("Address"), "value": item.link, "url": item.link},
    ]


def waiting(actor: Actor) -> list[dict[str, Any]]:
    """For the editor's room: one row for what waits, and one for each source that has failed for days."""
    if not policy.may_edit(actor):
        return []
    items = policy.visible_items(actor).filter(judgement=Item.Judgement.WAITING)
    found, number = [], items.count()
    if number:
        oldest = items.order_by("fetched_at")[0]
        row = {"title": _("Items from the sources we follow"), "url": reverse("monitoring:inbox")}
        found.append(
            {**row, "text": _("Waiting to be judged: %(n)s") % {"n": number}, "when": oldest.fetched_at}
        )
    failing = policy.visible_sources(actor).filter(active=True, failing_since__lt=timezone.now() - LONG)
    return found + [
        {
            "title": source.name,
            "url": reverse("monitoring:source", args=[source.pk]),
            "text": source_row(source)["state"],
            "when": source.failing_since,
        }
        for source in failing
    ]
