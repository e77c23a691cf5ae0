"""Receive what comes without a plan: general questions, open to all, and suspected interference."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.models import Organisation
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.attach import Given, put
from radrum.cases.models import Case, Enquirer
from radrum.cases.receive import register
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, operation
from radrum.core.scope import reading, writing
from radrum.guidance.wording import look_over

A_DAY = timedelta(days=1)
MOST_FROM_ONE = 3  # questions from one address in a day


def token_of(enquirer: Enquirer) -> str:
    """The secret of the link: made anew when needed, from a key outside the database, and never kept."""
    return salted_hmac("radrum.cases.enquirer", enquirer.nonce, algorithm="sha256").hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> tuple[Case, Enquirer] | None:
    """The question this secret belongs to."""
    with reading(SYSTEM):
        found = Enquirer.unguarded.filter(token_hash=_hash(token)).first()
        return (policy.cases_with_parts().get(pk=found.case_id), found) if found else None


def tell_enquirer(case: Case, notice: str) -> None:
    """Write to whoever asked by the open page: the reference and a link that works only with its secret."""
    enquirer = Enquirer.unguarded.get(case=case)
    notify.write_to(
        enquirer.email,
        notice,
        language=enquirer.language,
        reference=case.reference,
        path=reverse("question", args=[token_of(enquirer)]),
    )


def _refuse_too_many(email: str) -> None:
    lately = Enquirer.unguarded.filter(case__received_at__gt=timezone.now() - A_DAY)
    if lately.filter(email=email).count() >= MOST_FROM_ONE:
        raise Refused(
            _("Several questions have come from this address today. Your text is still here; try tomorrow.")
        )
    if lately.count() >= settings.GENERAL_A_DAY:
        raise Refused(
            _("Unusually many questions have come today. Your text is still here; try again tomorrow.")
        )


@operation("question.received", allowed=policy.may_ask_generally)
def receive_general(
    actor: Actor,
    *,
    email: str,
    subject: str,
    question: str,
    language: str = "",
    confirmed: str = "",
    files: list[Given] | None = None,
) -> Case:
    """Register a general question from anyone. The answer comes by mail, as a link."""
    email = email.strip().lower()
    look_over([subject, question], confirmed=confirmed)
    with writing(SYSTEM):  # whoever asks sees no case, neither before nor after
        _refuse_too_many(email)
        case = register(Case.Kind.GENERAL, subject=subject, question=question)
        put(actor, files or [], case=case)
        spoken = language or get_language() or "sv"
        enquirer = Enquirer(case=case, email=email, language=spoken, nonce=secrets.token_hex(16))
        enquirer.token_hash = _hash(token_of(enquirer))
        enquirer.save()
        tell_enquirer(case, "question_received")
    return case


def token_for(case: Case) -> str:
    """The secret of the question's page, for whoever has just asked it."""
    with reading(SYSTEM):
        return token_of(Enquirer.unguarded.get(case=case))


@operation("interference.reported", allowed=policy.may_ask)
def report_interference(
    actor: Actor,
    asker: Organisation,
    *,
    subject: str,
    question: str,
    confirmed: str = "",
    files: list[Given] | None = None,
) -> Case:
    """Register signs that somebody tries to steer or spy: for the lead, and for contact points at home."""
    look_over([subject, question], confirmed=confirmed)
    case = register(
        Case.Kind.INTERFERENCE,
        subject=subject,
        question=question,
        asker=asker,
        asked_by_id=actor.user_id,
        on_behalf_of_id=actor.user_id,
        discreet=True,
        tell=[Role.DESK_LEAD],
    )
    put(actor, files or [], case=case)
    return case
