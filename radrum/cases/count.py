"""What may be counted of each question: days, kind and topics. No text, no name, no number."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from radrum.cases import policy
from radrum.cases.models import Case, Topics
from radrum.cases.receive import working_days_between
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden


class Counted(NamedTuple):
    """One question, without anything that says whose it is."""

    received: date
    answered: date | None
    kind: str
    topics: tuple[str, ...]

    @property
    def working_days(self) -> int:
        """From the day it came to the day it was answered; 0 on the same day. Only for answered ones."""
        return working_days_between(self.received, self.answered or self.received)


def counted(actor: Actor, *, first: date, last: date) -> list[Counted]:
    """The questions received or answered from `first` to `last`; for the system alone, in a scope."""
    if not policy.may_count(actor):
        raise Forbidden
    sent = Q(statement__sent_at__date__range=(first, last))
    cases = Case.unguarded.filter(Q(received_at__date__range=(first, last)) | sent).select_related(
        "statement"
    )
    topics = dict(Topics.unguarded.filter(case__in=cases).values_list("case_id", "keys"))
    return [_counted(case, topics.get(case.pk, [])) for case in cases.order_by("pk")]


def first_day(actor: Actor) -> date | None:
    """The day the first question came; none before that."""
    if not policy.may_count(actor):
        raise Forbidden
    moment = Case.unguarded.order_by("received_at").values_list("received_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def _counted(case: Case, topics: list[str]) -> Counted:
    statement = getattr(case, "statement", None)
    return Counted(
        received=timezone.localdate(case.received_at),
        answered=timezone.localdate(statement.sent_at) if statement else None,
        kind=case.kind,
        topics=tuple(topics),
    )
