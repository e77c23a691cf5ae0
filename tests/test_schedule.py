"""Timed work: each job does what it says, may run twice, and forgets what is to be forgotten with its history."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from radrum import schedule
from radrum.accounts.invite import invite
from radrum.accounts.keep import keep
from radrum.accounts.models import Draft, Invitation
from radrum.core import audit
from radrum.core.actor import Actor
from radrum.core.models import Seal
from tests import factories
from tests.cast import cast
from tests.collaborations.lists import LISTED, NEWER, OLDER, load
from tests.conftest import Act
from tests.jobs import waiting


@pytest.mark.django_db
def test_what_runs_when() -> None:
    found = {
        key[0].rpartition(".")[2]: task.cron for key, task in app.periodic_registry.periodic_tasks.items()
    }
    assert {name: cron for name, cron in found.items() if hasattr(schedule, name)} == {
        "seal_the_trail": "* * * * *",
        "remind_of_reviews": "10 6 * * *",
        "remind_of_events": "20 6 * * *",
        "ask_sources": "25 */4 * * *",
        "publish_figures": "20 3 * * *",
        "follow_changed_lists": "20 * * * *",
        "forget": "40 2 * * *",
        "forget_failed_jobs": "50 2 * * *",
    }


@pytest.mark.django_db
def test_the_trail_is_sealed_and_its_head_leaves_the_database(act: Act) -> None:
    factories.plan(cast(act, "owner")["owner"])
    for _again in range(2):
        schedule.seal_the_trail(timestamp=0)
    assert (Seal.unguarded.count(), len(audit.exported_heads()), audit.verify().unsealed) == (1, 1, 0)


@pytest.mark.django_db
def test_owners_are_reminded_of_today(act: Act) -> None:
    owner, today = cast(act, "owner")["owner"], timezone.localdate()
    for day in (0, 1):
        factories.plan(owner, phase="ongoing", review_on=today + timedelta(days=day))
    schedule.remind_of_reviews(timestamp=0)
    assert [job["notice"] for job in waiting()] == ["review_due"]


@pytest.mark.django_db
def test_changed_lists_are_followed_where_loading_them_has_not(act: Act, tmp_path: Path) -> None:
    load(tmp_path, OLDER, "older")
    owner = cast(act, "owner")["owner"]
    factories.plan(owner, partners=[(LISTED, "Serranien")])
    load(tmp_path, NEWER, "newer")
    for _again in range(2):
        schedule.follow_changed_lists(timestamp=0)
    assert [job["notice"] for job in waiting()] == ["list_changed"]


@pytest.fixture
def people(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "admin")


@pytest.mark.django_db
def test_drafts_are_forgotten_after_ninety_days(people: dict[str, Actor]) -> None:
    now = timezone.now()
    for form, days in (("old", 91), ("new", 89)):
        keep(people["owner"], form, "title=x")
        Draft.unguarded.filter(form=form).update(saved_at=now - timedelta(days=days))
    for _again in range(2):
        schedule.forget(timestamp=0)
    assert [draft.form for draft in Draft.unguarded.all()] == ["new"]


@pytest.mark.django_db
def test_invitations_are_forgotten_with_their_history(people: dict[str, Actor]) -> None:
    now = timezone.now()
    fields: dict[str, dict[str, Any]] = {
        "gammal": {"expires_at": now - timedelta(days=31)},
        "nyss": {"expires_at": now - timedelta(days=29)},
        "antagen": {"expires_at": now - timedelta(days=400), "accepted_at": now},
    }
    for name, values in fields.items():
        invite(people["admin"], email=f"{name}@fjallby.example", name=name, roles=["adviser"])
        Invitation.unguarded.filter(name=name).update(**values)
    for _again in range(2):
        schedule.forget(timestamp=0)
    history = set(Invitation.pgh_event_model.unguarded.values_list("name", flat=True))
    assert {invitation.name for invitation in Invitation.unguarded.all()} == history == {"nyss", "antagen"}


@pytest.mark.django_db
def test_sessions_that_have_ended_are_forgotten() -> None:
    now = timezone.now()
    for key, hours in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=hours))
    schedule.forget(timestamp=0)
    assert [session.session_key for session in Session.objects.all()] == ["open"]


def _job(status: str, days: int) -> int:
    """A job that came to its end so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
            "VALUES ('mail', 'x', '{}', %s::procrastinate_job_status) RETURNING id",
            [status],
        )
        key: int = cursor.fetchone()[0]
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [key])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) "
            "VALUES (%s, %s::procrastinate_job_event_type, now() - %s * interval '1 day')",
            [key, "failed" if status == "failed" else "deferred", days],
        )
    return key


def test_jobs_that_failed_long_ago_are_forgotten(committed: str) -> None:
    old, new, still = _job("failed", 31), _job("failed", 29), _job("todo", 31)
    asyncio.run(schedule.forget_failed_jobs(timestamp=0))
    assert {job.pk for job in ProcrastinateJob.objects.all()} == {new, still} != {old}
