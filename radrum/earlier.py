"""The demo's earlier questions: invented and answered, so that the open figures have something to count.

Their references begin with ÖVN and stand outside the register. They are put there, not worked with: no mail
leaves, and the trail says nothing of them. The last ones are so many that one more answer changes the figure
of the quarter that is running.
"""

import datetime
from typing import Any

from django.utils import timezone

from radrum.accounts.models import Organisation, User
from radrum.cases.models import Case, Dossier, Statement, Topics
from radrum.cases.receive import digest, working_days_after
from radrum.cases.sort import listed
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing
from radrum.programme.engine import STEP
from radrum.programme.figures import Quarter, quarter_of


def tell(told: dict[str, Any], asker: Organisation, person: User) -> int:
    """Make the questions of `story.yaml`'s `earlier`, once; returns how many."""
    today = timezone.localdate()
    with writing(SYSTEM):
        if Case.unguarded.filter(reference__startswith="ÖVN").exists():
            return 0
        one, made = quarter_of(today), 0
        quarters = []
        for _back in told["quarters"]:
            one = quarter_of(one.first - datetime.timedelta(days=1))
            quarters.append(one)
        for quarter, entry in zip(reversed(quarters), told["quarters"], strict=True):
            made += _fill(quarter, entry, asker, person, made)
        return made + _running(quarter_of(today), today, told["running"], asker, person, made)


def _fill(quarter: Quarter, entry: dict[str, Any], asker: Organisation, person: User, before: int) -> int:
    """Questions spread over the first ten weeks of a quarter, so that each is answered within it."""
    topics = [topic for topic, count in entry["topics"].items() for _n in range(count)]
    kinds = [kind for kind, count in entry["kinds"].items() for _n in range(count)]
    for n, topic in enumerate(topics):
        came = quarter.first + datetime.timedelta(days=2 + n * 60 // len(topics))
        days = entry["days"][n % len(entry["days"])]
        _make(
            asker, person, before + n + 1, came, working_days_after(came, days), topic, kinds[n % len(kinds)]
        )
    return len(topics)


def _running(
    quarter: Quarter, today: datetime.date, least: int, asker: Organisation, person: User, before: int
) -> int:
    """As many answered ones that the next answer makes a whole step."""
    answered = Statement.unguarded.filter(sent_at__date__gte=quarter.first).count()
    wanted = least + (STEP - 1 - (answered + least)) % STEP
    for n in range(wanted):
        answered_on = max(quarter.first, today - datetime.timedelta(days=n))
        came = answered_on - datetime.timedelta(days=4)
        _make(asker, person, before + n + 1, came, answered_on, "none", "security")
    return wanted


def _make(
    asker: Organisation,
    person: User,
    number: int,
    came: datetime.date,
    answered: datetime.date,
    topic: str,
    kind: str,
) -> None:
    def at(day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))

    text = "Övningsmaterial: en påhittad tidigare fråga."
    case = Case.unguarded.create(
        reference=f"ÖVN {came.year}/{number:04d}",
        holder=Organisation.objects.get(kind="national"),
        asker=asker,
        asked_by=person,
        on_behalf_of=person,
        subject=text,
        question=text,
        status=Case.Status.ANSWERED,
        promised_on=working_days_after(came, 10),
        kind=kind,
    )
    Dossier.unguarded.create(case=case, passages=[], digest=digest([]))
    statement = Statement.unguarded.create(case=case, text=text, signed_by=person)
    Case.unguarded.filter(pk=case.pk).update(received_at=at(came))
    Statement.unguarded.filter(pk=statement.pk).update(sent_at=at(answered))
    if topic != "none":
        Topics.unguarded.create(case=case, keys=[topic], edition=listed()["edition"], set_by=person)
