"""An answer as plain values in both languages: to keep with a plan, and to show.

Nothing here depends on the index once it is made; a kept answer says what it said that day.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import override

from radrum.screening.engine.fold import romanised
from radrum.screening.resolve import NONE, Record
from radrum.screening.screen import Answer, Gap, Hit


class Kept(NamedTuple):
    """What is kept of an answer beside its hits."""

    subject: str
    ror: str
    record_name: str
    certainty: str
    candidates: list[dict[str, Any]]
    names: list[str]
    searched: list[dict[str, Any]]
    gaps: list[dict[str, Any]]


def subject_of(answer: Answer) -> str:
    """Whom a verdict is about: the register's record, or the words of the name when there is none."""
    if answer.resolution and answer.resolution.record:
        return f"ror:{answer.resolution.record.ror}"
    return " ".join(romanised(answer.query).spelled)[:300]


def kept(answer: Answer) -> Kept:
    """The answer without its hits."""
    found = answer.resolution
    record = found.record if found else None
    names = [answer.query, *(name["name"] for name in record.names)] if record else [answer.query]
    return Kept(
        subject_of(answer),
        record.ror if record else "",
        record.name if record else "",
        found.certainty if found else NONE,
        [candidate(one) for one in found.candidates] if found and not record else [],
        list(dict.fromkeys(names)),
        [listed.as_row() for listed in answer.searched],
        [_gap(gap) for gap in answer.gaps],
    )


def candidate(record: Record) -> dict[str, Any]:
    """Someone who may be meant, to choose among."""
    return {"ror": record.ror, "name": record.name, "countries": record.countries, "city": record.city}


def hit_row(hit: Hit) -> dict[str, Any]:
    """One hit, field by field; `also` are the other lists on which the same entry stands."""
    return {
        "list_key": hit.listed.key,
        "list_sv": hit.listed.sv,
        "list_en": hit.listed.en,
        "list_date": hit.listed.date,
        "effect": hit.legal_effect,
        "entry_id": hit.entry_id,
        "name": hit.name,
        "matched_name": hit.matched_name,
        "asked_name": hit.asked_name,
        "score": hit.score,
        "reasons": [reason.as_dict() for reason in hit.reasons],
        "url": hit.url,
        "digest": hit.digest,
        "also": [_also(other) for other in hit.also],
    }


def _also(hit: Hit) -> dict[str, Any]:
    return {
        "list_key": hit.listed.key,
        "list_sv": hit.listed.sv,
        "list_en": hit.listed.en,
        "list_date": hit.listed.date.isoformat() if hit.listed.date else None,
        "effect": hit.legal_effect,
        "entry_id": hit.entry_id,
        "name": hit.name,
        "digest": hit.digest,
    }


def _gap(gap: Gap) -> dict[str, dict[str, str]]:
    return {"what": _both(lambda: str(gap.what)), "why": _both(lambda: str(gap.why))}


def _both(say: Callable[[], str]) -> dict[str, str]:
    said = {}
    for language in ("sv", "en"):
        with override(language):
            said[language] = say()
    return said
