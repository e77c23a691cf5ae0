"""Receive a question: register it at once, with reference, time, parties and subject (OSL 5:1–2)."""

import hashlib
import json
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays
from django.conf import settings
from django.db import connection
from django.utils import timezone

from radrum.accounts import notify
from radrum.accounts.models import Organisation, User
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.models import Case, Dossier
from radrum.core.actor import Actor
from radrum.core.operation import operation


def _next_reference(year: int) -> str:
    """`RR 2026/0318`; the row is locked until the case is committed, so numbers have no gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_next_register_number(%s)", [year])
        return f"{settings.REGISTER_PREFIX} {year}/{cursor.fetchone()[0]:04d}"


@cache
def _free() -> holidays.HolidayBase:
    """Swedish holidays, and the three eves that count as such (lag 1930:173, 2 §)."""
    return holidays.country_holidays("SE", categories=("public", "de_facto"), include_sundays=False)


def _working(day: date) -> bool:
    return day.weekday() < 5 and day not in _free()


def working_days_after(day: date, days: int) -> date:
    """The day that many Swedish working days later."""
    while days:
        day += timedelta(days=1)
        days -= _working(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Swedish working days after `first`, up to and including `last`."""
    return sum(_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@operation("case.received", allowed=policy.may_ask)
def receive(
    actor: Actor,
    asker: Organisation,
    *,
    subject: str,
    question: str,
    passages: list[dict[str, str]],
    left_out: int,
    on_behalf_of: User,
) -> Case:
    """Register the question and freeze the dossier; the asker cannot take it back (TF 2:9)."""
    return register(
        Case.Kind.SECURITY,
        passages=passages,
        left_out=left_out,
        asker=asker,
        asked_by_id=actor.user_id,
        on_behalf_of=on_behalf_of,
        subject=subject,
        question=question,
    )


def register(
    kind: str,
    *,
    passages: list[dict[str, str]] | None = None,
    left_out: int = 0,
    tell: list[str] | None = None,
    **parts: Any,
) -> Case:
    """Give the question its reference and its promised day, freeze what came with it, and tell the desk."""
    today = timezone.localdate()
    case = Case.unguarded.create(
        kind=kind,
        reference=_next_reference(today.year),
        holder=policy.national(),
        promised_on=working_days_after(today, settings.ANSWER_DAYS),
        **parts,
    )
    frozen = passages or []
    Dossier.unguarded.create(case=case, passages=frozen, left_out=left_out, digest=digest(frozen))
    desk: list[str] = tell or [Role.DESK_OFFICER, Role.DESK_LEAD]
    notify.tell_roles(
        case.holder_id, desk, "case_received", reference=case.reference, path=f"/desk/{case.pk}/"
    )
    return case


def digest(passages: list[Any]) -> str:
    """SHA-256 of the frozen copy, so that both sides can see that it is the same."""
    return hashlib.sha256(json.dumps(passages, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
