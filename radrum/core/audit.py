"""The sealed trail: who did or was refused what to which row, and when; ids and verbs, never content.

Entries are sealed in batches (HMAC chained over the batch and the seal before it). The key and the exported
head live outside the database, so `verify` notices rewriting as well as truncation.
"""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, models

from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry, Seal
from radrum.core.scope import writing

_LOCK = 0x7261_6472  # "radr": shared by writers, exclusive for the moment of sealing


class Refusal(NamedTuple):
    """A refused attempt, kept until the transaction that holds it has ended."""

    actor: Actor
    verb: str
    subject: object
    reason: str


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])  # one of our own two names


def write(
    actor: Actor, verb: str, subject: object = None, *, outcome: str = Entry.DONE, reason: str = ""
) -> None:
    """Add an entry in the running transaction; the system writes for somebody who is nobody yet."""
    row = subject if isinstance(subject, models.Model) else None
    with writing(actor if actor.user_id else SYSTEM):
        _lock("pg_advisory_xact_lock_shared")
        Entry.unguarded.create(
            verb=verb,
            outcome=outcome,
            reason=reason,
            person_id=actor.user_id,
            organisation_id=actor.organisation_id,
            roles=",".join(sorted(actor.roles)),
            subject_type=row._meta.label_lower if row else "",
            subject_id=str(row.pk) if row else "",
        )


def write_refusals(refusals: list[Refusal]) -> None:
    """Add what was refused; the list stays, in case the transaction does not hold."""
    for refusal in refusals:
        write(refusal.actor, refusal.verb, refusal.subject, outcome=Entry.REFUSED, reason=refusal.reason)


def heads_file() -> Path:
    """Where each new head of the chain is exported, one JSON object a line."""
    return Path(settings.DATA) / "keys" / "audit-heads.jsonl"


def _digest(previous: str, entries: list[dict[str, Any]]) -> str:
    text = json.dumps([previous, *entries], sort_keys=True, ensure_ascii=False, default=str)
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _batch(after: int, upto: int | None = None) -> list[dict[str, Any]]:
    rows = Entry.unguarded.filter(pk__gt=after).order_by("pk")
    return [
        {**row, "at": row["at"].isoformat()} for row in (rows.filter(pk__lte=upto) if upto else rows).values()
    ]


def seal() -> int:
    """Seal what has been written since the last seal; returns how many entries. Run as SYSTEM, in a scope."""
    _lock("pg_advisory_xact_lock")
    last = Seal.unguarded.order_by("-number").first()
    entries = _batch(last.last_id if last else 0)
    if not entries:
        return 0
    Seal.unguarded.create(
        number=last.number + 1 if last else 1,
        last_id=entries[-1]["id"],
        count=len(entries),
        digest=_digest(last.digest if last else "", entries),
    )
    return len(entries)


def export_head() -> None:
    """Write the newest seal outside the database; call it when `seal` has been committed."""
    last = Seal.unguarded.order_by("-number").values("number", "last_id", "digest").first()
    heads = heads_file()
    heads.parent.mkdir(parents=True, exist_ok=True)
    if last and last not in exported_heads()[-1:]:
        with heads.open("a") as file:
            file.write(json.dumps(last) + "\n")


def exported_heads() -> list[dict[str, Any]]:
    """The heads exported so far, oldest first."""
    heads = heads_file()
    return [json.loads(line) for line in heads.read_text().splitlines()] if heads.exists() else []


class Verdict(NamedTuple):
    """What `verify` found; no problems means nobody has rewritten or cut the sealed trail."""

    sealed: int
    unsealed: int
    problems: list[str]


def verify() -> Verdict:
    """Recompute every seal and compare with the exported heads. Run as SYSTEM, in a scope."""
    problems, sealed, after, previous = [], 0, 0, ""
    seals = list(Seal.unguarded.order_by("number"))
    for expected, stored in enumerate(seals, start=1):
        entries = _batch(after, stored.last_id)
        if stored.number != expected:
            problems.append(f"seal {expected} is missing")
        if len(entries) != stored.count or _digest(previous, entries) != stored.digest:
            problems.append(
                f"seal {stored.number}: entries {after + 1}-{stored.last_id} are not what was sealed"
            )
        sealed, after, previous = sealed + len(entries), stored.last_id, stored.digest
    heads = exported_heads()
    if seals and (not heads or heads[-1]["number"] < seals[-1].number - 1):
        problems.append("the exported head is missing or older than the newest seals")
    digests = {stored.number: stored.digest for stored in seals}
    problems += [
        f"seal {head['number']} was exported but is missing or changed"
        for head in exported_heads()
        if digests.get(head["number"]) != head["digest"]
    ]
    return Verdict(sealed, Entry.unguarded.filter(pk__gt=after).count(), problems)
