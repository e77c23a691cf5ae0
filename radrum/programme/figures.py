"""Count a quarter's questions and say what may be shown of them. Definition 1:

received   questions that reached the desk in the quarter, whole and by kind and topic (one may have several)
answered   questions whose statement was returned in the quarter, whenever they came
median     working days from the day a question came to the day it was answered, of those answered
nine of ten   the number of working days within which at least nine of ten were answered

The quarter that has not ended has received and answered only, down to a whole step of five.
"""

import re
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from radrum.cases.count import Counted, counted, first_day
from radrum.cases.models import Case
from radrum.cases.sort import listed
from radrum.core.actor import SYSTEM
from radrum.core.operation import Refused
from radrum.core.scope import reading
from radrum.programme import engine
from radrum.programme.models import Figure

DEFINITION = "1"
KINDS: tuple[str, ...] = (
    Case.Kind.SECURITY,
    Case.Kind.GENERAL,
    Case.Kind.INTERFERENCE,
)  # the last are hidden first
NOT_SORTED = "none"
Measure = Figure.Measure


class Quarter(NamedTuple):
    """Three months, the unit of every figure: shorter ones would say too much of single questions."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """2026Q3."""
        return f"{self.year}Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


class Row(NamedTuple):
    """A figure before it is stored; `why` says why it is hidden, and is never published."""

    measure: str
    key: str
    value: float | None
    why: str = ""


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_named(key: str) -> Quarter:
    """The quarter that is written so; refuses anything else."""
    found = re.fullmatch(r"(20\d\d)Q([1-4])", key)
    if not found:
        raise Refused(_("Choose a quarter, such as 2026Q3."))
    return Quarter(int(found[1]), int(found[2]))


def quarters(today: date) -> list[Quarter]:
    """From the one in which the first question came to the one that is running; read as the system."""
    with reading(SYSTEM):
        began = first_day(SYSTEM)
    one, found = quarter_of(began or today), []
    while one.first <= today:
        found.append(one)
        one = one.next
    return found


def count(quarter: Quarter, today: date) -> list[Row]:
    """The rows of a quarter as they may be published today. The system counts; nobody sees a case."""
    with reading(SYSTEM):
        questions = counted(SYSTEM, first=quarter.first, last=quarter.last)
    received = [one for one in questions if quarter.first <= one.received <= quarter.last]
    answered = [one for one in questions if one.answered and quarter.first <= one.answered <= quarter.last]
    if quarter.last >= today:
        whole = {Measure.RECEIVED: len(received), Measure.ANSWERED: len(answered)}
        return [_alone(name, engine.in_steps(number)) for name, number in whole.items()]
    days = [one.working_days for one in answered]
    return [
        *_parts(received),
        _alone(Measure.ANSWERED, engine.shown(len(answered))),
        _alone(Measure.MEDIAN, engine.median(days)),
        _alone(Measure.NINE_OF_TEN, engine.nine_of_ten(days)),
    ]


def _alone(measure: str, value: float | None) -> Row:
    return Row(measure, "", value, engine.SMALL if value is None else "")


def _parts(received: list[Counted]) -> list[Row]:
    kinds = {key: sum(one.kind == key for one in received) for key in KINDS}
    names = [topic["key"] for topic in listed()["topics"]]
    topics = {key: sum(key in one.topics for one in received) for key in names}
    topics[NOT_SORTED] = sum(not one.topics for one in received)
    by_kind, by_topic = (engine.broken_down(parts, total=len(received)) for parts in (kinds, topics))
    return [
        _alone(Measure.RECEIVED, by_kind.total),
        *(Row(Measure.KIND, key, value, by_kind.hidden.get(key, "")) for key, value in by_kind.parts.items()),
        *(
            Row(Measure.TOPIC, key, value, by_topic.hidden.get(key, ""))
            for key, value in by_topic.parts.items()
        ),
    ]


def as_columns(row: Row) -> dict[str, Any]:
    """What is stored of a row: never why it is hidden."""
    return {"measure": row.measure, "key": row.key, "value": row.value, "suppressed": row.value is None}
