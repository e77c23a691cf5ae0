"""Mail leaves from here, when the worker runs the job."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from radrum.accounts.models import Membership, Substitution, User
from radrum.core.actor import SYSTEM
from radrum.core.scope import reading

_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)  # about a day in all


def _send(email: str, notice: str, *, language: str, words: dict[str, Any]) -> None:
    with override(language):
        text = render_to_string(f"notices/{notice}.txt", {"base_url": settings.BASE_URL, **words})
    subject, _, body = text.partition("\n")
    EmailMessage(
        subject.strip(), body.strip() + "\n", to=[email], headers={"Auto-Submitted": "auto-generated"}
    ).send()


@app.task(queue="mail", retry=_RETRY)
def send_notice(*, person_id: int, notice: str, reference: str, path: str) -> None:
    """One person, in their own language; nobody who can no longer sign in is written to."""
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person:
        words = {"name": person.name, "reference": reference, "path": path}
        _send(person.email, notice, language=person.language, words=words)


@app.task(queue="mail")
def send_notice_to_roles(
    *, organisation_id: int, roles: list[str], notice: str, reference: str, path: str, also: list[int]
) -> None:
    """Everyone who has one of the roles today: one job each, so that one bad address stops nobody."""
    with reading(SYSTEM):
        own = Membership.unguarded.today().filter(organisation_id=organisation_id, role__in=roles)
        still_here = Membership.unguarded.today().filter(organisation_id=organisation_id).values("person_id")
        stand_in = Substitution.unguarded.today().filter(
            organisation_id=organisation_id, role__in=roles, substitute__in=still_here
        )
        people = {*own.values_list("person_id", flat=True), *stand_in.values_list("substitute_id", flat=True)}
    for person_id in sorted({*people, *also}):
        send_notice.defer(person_id=person_id, notice=notice, reference=reference, path=path)


@app.task(queue="mail", retry=_RETRY)
def send_mail_to(*, email: str, notice: str, language: str, words: dict[str, Any]) -> None:
    """An address that has no account, or none that may be told of."""
    _send(email, notice, language=language, words=words)
