"""Mail: deferred with the step that causes it, written in its reader's language, and never saying what it is about."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email import policy as email_policy
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from radrum.accounts import jobs, notify
from radrum.accounts.models import Membership, User
from radrum.accounts.substitute import name_substitute
from radrum.collaborations.models import Collaboration
from radrum.collaborations.prepare import prepare
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import writing
from tests import databases, factories
from tests.cast import FJALLBY, cast
from tests.conftest import Act
from tests.jobs import waiting

NOTICES = (
    "advice_given",
    "case_answered",
    "case_received",
    "plan_decided",
    "plan_handed_in",
    "plan_passed_on",
    "review_due",
    "substitute",
)


class Postbox:
    """Keeps what arrives; refuses one address for good."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        _server, _session, envelope, address, _options = given
        if address.startswith("away"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.mails.append(message_from_bytes(given[2].content, policy=email_policy.default))
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Postbox]:
    """A mail server on the loopback, for real."""
    postbox = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield postbox
    server.stop()


def _deliver() -> None:
    """Run what waits, and what that defers, in order."""
    done = 0
    while done < len(waiting()):
        from procrastinate.contrib.django.models import ProcrastinateJob

        job = list(ProcrastinateJob.objects.filter(status="todo").order_by("pk"))[done]
        getattr(jobs, job.task_name.rpartition(".")[2])(**job.args)
        done += 1


def _text(mail: Message) -> str:
    text = mail.get_payload(decode=True).decode().replace("\r\n", "\n")  # type: ignore[union-attr]
    return f"{mail['Subject']}\n{text}"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("notice", NOTICES)
def test_each_notice_in_its_readers_language(act: Act, post: Postbox, notice: str, language: str) -> None:
    User.objects.filter(pk=cast(act, "owner")["owner"].user_id).update(language=language, name="Ingrid & Co")
    person = User.objects.get(name="Ingrid & Co")
    notify.tell_person(person.pk, notice, reference="RR 2026/0001", path="/room/")
    _deliver()
    (mail,) = post.mails
    text = _text(mail)
    assert (mail["To"], mail["Auto-Submitted"], mail["From"]) == (
        person.email,
        "auto-generated",
        "rådrum <no-reply@radrum.example>",
    )
    assert ("http://127.0.0.1:8000/room/\n" in text, "Ingrid & Co" in text, "rådrum" in text) == (
        True,
        True,
        True,
    )
    assert ("Logga in för att läsa" in text, "Sign in to read" in text) == (
        language == "sv",
        language == "en",
    )
    assert get_language() == "sv"


@pytest.mark.django_db
def test_what_a_case_or_plan_says_reaches_no_job_and_no_mail(act: Act, post: Postbox) -> None:
    """Every notice of the chain: ids, references and addresses, nothing that was written."""
    who = cast(act, "owner", "adviser", "contact", "decider", "officer")
    words = {name: f"ord{name}slut" for name in ("title", "summary", "worth_doing", "field", "funding")}
    case = factories.asked(who["owner"], who["adviser"], who["contact"], **words)
    factories.answered(factories.triaged(case, who["officer"], note="ordnoteslut"), who["officer"])
    factories.decided(factories.plan_of(case), who["decider"])
    _deliver()
    said = [
        *words.values(),
        "ordnoteslut",
        "Velgrads",
        "Sensordata",
        "Känner ni till",
        "Vi känner",
        "Gå vidare",
        "Nyttan",
    ]
    for written in (str(waiting()), "\n".join(_text(mail) for mail in post.mails)):
        assert [word for word in said if word in written] == []
    assert {frozenset(job) for job in waiting()} == {
        frozenset({"organisation_id", "roles", "notice", "reference", "path", "also"}),
        frozenset({"person_id", "notice", "reference", "path"}),
    }
    assert sorted((mail["To"].partition("@")[0], case.reference in _text(mail)) for mail in post.mails) == [
        ("adviser", False),
        ("contact", True),
        ("decider", False),
        ("decider", True),
        ("officer", True),
        ("owner", False),
        ("owner", False),
        ("owner", True),
        ("second.reader", True),
    ]


def _tell(place: Actor, *roles: str) -> set[str]:
    notify.tell_roles(place.organisation_id or 0, list(roles), "plan_handed_in", reference="1", path="/room/")
    before = len(waiting("send_notice"))
    jobs.send_notice_to_roles(**waiting("send_notice_to_roles")[-1])
    told = [job["person_id"] for job in waiting("send_notice")[before:]]
    assert len(told) == len(set(told))
    return set(User.objects.filter(pk__in=told).values_list("name", flat=True))


@pytest.mark.django_db
def test_everyone_with_a_role_that_day_is_told_once_and_their_substitute(act: Act) -> None:
    who, today = cast(act, "contact", "adviser", "owner", "their adviser", "steering"), timezone.localdate()
    both = act(*FJALLBY, "adviser", "contact_point", name="båda")
    assert _tell(both, "adviser", "contact_point") == {"contact", "adviser", "båda"}
    membership = Membership.unguarded.get(person_id=who["contact"].user_id)
    for name, first in (("steering", 0), ("owner", 1)):
        days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=9)}
        name_substitute(who["contact"], membership, substitute=who[name].user, **days)
    assert _tell(both, "contact_point") == {"contact", "båda", "steering"}
    Membership.unguarded.filter(person__name__in=["båda", "steering"]).update(
        starts_on="2025-01-01", ends_on="2025-12-31"
    )
    assert _tell(both, "contact_point") == {"contact"}


@pytest.mark.django_db
def test_nobody_who_can_no_longer_sign_in_is_written_to(act: Act, post: Postbox) -> None:
    owner = cast(act, "owner")["owner"].user
    User.objects.filter(pk=owner.pk).update(is_active=False)
    for person in (owner.pk, 999_999):
        notify.tell_person(person, "review_due", reference="1", path="/room/")
    _deliver()
    assert post.mails == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "greeting"), [("sv", "Hej Ny!"), ("en", "Hello Ny,")])
def test_an_invitation_is_written_to_an_address(
    act: Act, post: Postbox, language: str, greeting: str
) -> None:
    from radrum.accounts.invite import invite

    invite(
        cast(act, "admin")["admin"],
        email="ny@fjallby.example",
        name="Ny",
        roles=["adviser"],
        language=language,
    )
    _deliver()
    (mail,) = post.mails
    path = waiting()[0]["words"]["path"]
    assert (greeting in _text(mail), f"http://127.0.0.1:8000{path}" in _text(mail)) == (True, True)
    assert "Fjällby universitet" in str(mail["Subject"])


# --- With real transactions and a real worker -------------------------------------------------------


def _work(database: str, port: int) -> None:
    """A worker of its own, as on a server, until nothing waits."""
    around = {"DATABASE_URL": databases.url(database), "RADRUM_MAIL_URL": f"smtp://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "radrum.manage", "worker", "--once"]
    subprocess.run(command, env={**os.environ, **around}, check=True, capture_output=True, timeout=60)


def _advises_and_all_is_undone(adviser: Actor, plan: Collaboration) -> None:
    with writing(SYSTEM):
        prepare(adviser, plan, text="Råd.")
        raise ZeroDivisionError


def test_a_step_that_is_rolled_back_tells_nobody_and_one_bad_address_stops_nobody(
    act: Act, committed: str, post: Postbox, settings: Any
) -> None:
    with writing(SYSTEM):
        who = cast(act, "owner", "adviser")
        act(*FJALLBY, "adviser", name="away")
    plan = factories.handed_in(who["owner"])
    with pytest.raises(ZeroDivisionError):
        _advises_and_all_is_undone(who["adviser"], plan)
    _work(committed, settings.EMAIL_PORT)
    assert [mail["To"] for mail in post.mails] == [who["adviser"].user.email]  # that it was handed in
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs WHERE queue_name = 'mail'")
        assert cursor.fetchall() == [("todo", 1)]  # the bad address waits to be tried again; the rest is gone
