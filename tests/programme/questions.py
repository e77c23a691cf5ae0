"""Questions at any time, to count: only the days, the topic and the kind matter."""

from datetime import date, timedelta

from radrum.accounts.models import Organisation
from radrum.cases.models import Case
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import writing
from radrum.earlier import _make
from radrum.programme.figures import Quarter, quarter_of


def last_quarter(today: date, back: int = 1) -> Quarter:
    """The quarter before the running one, or one further back."""
    found = quarter_of(today)
    for _step in range(back):
        found = quarter_of(found.first - timedelta(days=1))
    return found


def ask(asker: Actor, quarter: Quarter, topics: dict[str, int], *, days: int = 3) -> None:
    """So many questions under each topic, one a day, each answered after some days."""
    asked = [topic for topic, count in topics.items() for _n in range(count)]
    with writing(SYSTEM):
        start = Case.unguarded.count()
        where = Organisation.objects.get(pk=asker.organisation_id)
        for n, topic in enumerate(asked):
            came = quarter.first + timedelta(days=n % 60)
            answered = came + timedelta(days=days)
            _make(where, asker.user, start + n + 1, came, answered, topic, "security")
