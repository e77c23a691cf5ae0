"""What was found, as plain values for templates: hits with reasons, lists with dates, gaps in words."""

import datetime
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from radrum.core.days import day
from radrum.screening.index import EXERCISE, Searched, from_row
from radrum.screening.kept import hit_row, kept
from radrum.screening.lists import status
from radrum.screening.screen import Answer, title_of, words
from radrum.screening.sources import effect_label, effect_text, not_confirmed, source

FILL = {"binding": "full", "foreign": "half"}


def _language() -> str:
    return "sv" if (get_language() or "en").startswith("sv") else "en"


def _day(date: datetime.date | str | None) -> str:
    if not date:
        return _("unknown date")
    return day(datetime.date.fromisoformat(date) if isinstance(date, str) else date)


def meaning(effect: str, key: str) -> str:
    """A sentence on what being listed may mean here, and that nobody has confirmed it if so."""
    text = effect_text(effect)[_language()]
    unconfirmed = _("The label has not been confirmed by a lawyer.")
    return f"{text} {unconfirmed}" if not_confirmed(key) else text


def hit(found: Any) -> dict[str, Any]:
    """One hit (a kept one): the two names, why, and what the list means. Never its score."""
    language = _language()
    why: dict[bool, list[str]] = {True: [], False: []}
    for reason in found.reasons:
        why[bool(reason["for"])].append(reason[language])
    named = getattr(found, f"list_{language}")
    return {
        "title": found.name,
        "names": [
            (_("The partner's name"), found.asked_name),
            (_("The listed name"), found.matched_name),
        ],
        "list": named,
        "effect": effect_label(found.effect),
        "fill": FILL.get(found.effect, "none"),
        "meaning": meaning(found.effect, found.list_key),
        "for": why[True],
        "against": why[False],
        "source": _("%(list)s, copy of %(day)s, entry %(entry)s.")
        % {"list": named, "day": _day(found.list_date), "entry": found.entry_id},
        "url": found.url if found.url.startswith(("https://", "http://")) else "",
        "also": [_also(other, language) for other in found.also],
    }


def _also(other: dict[str, Any], language: str) -> str:
    about = {
        "list": other[f"list_{language}"],
        "day": _day(other["list_date"]),
        "effect": effect_label(other["effect"]),
        "entry": other["entry_id"],
    }
    return _("%(list)s, copy of %(day)s, entry %(entry)s (%(effect)s)") % about


def searched(rows: Iterable[dict[str, Any]], hits: Iterable[Any]) -> list[dict[str, Any]]:
    """Each list that was searched, with date, effect and what was found there."""
    found: dict[str, int] = {}
    for one in hits:
        for key in {one.list_key, *(other["list_key"] for other in one.also)}:
            found[key] = found.get(key, 0) + 1
    return [_searched(from_row(row), found.get(row["key"], 0)) for row in rows]


def _searched(listed: Searched, hits: int) -> dict[str, Any]:
    stale = listed.stale(timezone.localdate())
    if hits:
        outcome = ngettext("%(n)d hit", "%(n)d hits", hits) % {"n": hits}
    elif listed.invented:
        outcome = _("invented names only")
    else:
        outcome = _("not found; too old to rely on") if stale else _("not found")
    return {
        "title": title_of(listed),
        "effect": effect_label(listed.effect),
        "fill": FILL.get(listed.effect, "none"),
        "date": _day(listed.date),
        "entries": listed.entries,
        "outcome": outcome,
        "hits": hits,
    }


def gaps(rows: Iterable[dict[str, dict[str, str]]]) -> list[str]:
    """What was not searched, or cannot be relied on; a line for each reason."""
    language = _language()
    by_reason: dict[str, list[str]] = {}
    for gap in rows:
        by_reason.setdefault(gap["why"][language], []).append(gap["what"][language])
    return [f"{', '.join(whats)}: {why}." for why, whats in by_reason.items()]


def place(candidate: dict[str, Any]) -> str:
    """Where an organisation of the register is."""
    return ", ".join(filter(None, [candidate.get("city", ""), *candidate.get("countries", [])]))


def answer(given: Answer) -> dict[str, Any]:
    """A whole answer that is not kept."""
    about = kept(given)
    found = [SimpleNamespace(**hit_row(one)) for one in given.hits]
    return {
        "query": given.query,
        "outcome": words(given.searched, len(given.hits), given.today),
        "record": {"name": about.record_name, "ror": about.ror} if about.ror else None,
        "candidates": [{**one, "place": place(one)} for one in about.candidates],
        "names": about.names,
        "hits": [hit(one) for one in found],
        "searched": searched(about.searched, found),
        "gaps": gaps(about.gaps),
        "invented": only_invented(about.searched),
    }


def only_invented(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether nothing but an exercise list was searched."""
    return bool(rows) and all(from_row(row).invented for row in rows)


def lists() -> list[dict[str, Any]]:
    """Every list in use, as the public page shows them: those that bind most first."""
    order = {"binding": 0, "foreign": 1, "indication": 2}
    rows = [row for row in status() if row["kind"] != EXERCISE] or status()
    rows = sorted(rows, key=lambda row: (order.get(row["legal_effect"], 3), row["list"]))
    return [_list(row) for row in rows]


def _list(row: dict[str, Any]) -> dict[str, Any]:
    about = source(row["key"], row["list"])
    days = row["rhythm_days"]
    return {
        "key": row["key"],
        "title": about.sv if _language() == "sv" else about.en,
        "keeper": row["keeper"],
        "url": row["address"],
        "date": _day(row["date"]),
        "entries": row["entries"],
        "rhythm": ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if row["kind"] != EXERCISE else "",
        "effect": effect_label(row["legal_effect"]),
        "fill": FILL.get(row["legal_effect"], "none"),
        "meaning": meaning(row["legal_effect"], row["key"]),
        "stale": _("too old to rely on") if row["stale"] else _("fresh"),
        "superseded": bool(row["superseded"]) and not row["compared"],
        "invented": row["kind"] == EXERCISE,
    }


def person(check: Any) -> dict[str, Any]:
    """What a check of a person found, for whoever made it; only what is shown now exists."""
    given: Answer = check.answer
    about = kept(given)
    found = [SimpleNamespace(**hit_row(one)) for one in given.hits]
    return {
        "outcome": words(given.searched, len(given.hits), given.today),
        "hits": [{**hit(one), "list_key": one.list_key, "entry_id": one.entry_id} for one in found],
        "searched": searched(about.searched, found),
        "gaps": gaps(about.gaps),
    }


def checks(made: Iterable[Any]) -> list[dict[str, Any]]:
    """Checks of persons at one's organisation: when, by whom, on what ground."""
    return [
        {
            "when": check.checked_at,
            "by": str(check.checked_by),
            "ground": check.ground,
            "hits": ngettext("%(n)d hit", "%(n)d hits", check.hits) % {"n": check.hits},
            "confirmed": check.confirmed_name,
            "why": check.confirmed_why,
        }
        for check in made
    ]
