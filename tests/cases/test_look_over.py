"""Names of people and words about origin wait for a tick before a text leaves its author; markings never pass."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from radrum.cases.consult import consult
from radrum.cases.general import receive_general, report_interference
from radrum.cases.models import Case, Consultation
from radrum.core.actor import STRANGER, Actor
from radrum.core.operation import Refused
from radrum.guidance.wording import Doubtful
from tests import factories
from tests.cast import cast
from tests.conftest import Act

DOUBTFUL = "Är Anna Lindqvist där för att hon är kinesisk medborgare?"
MARKED = "Bilagan är HEMLIG. Anna Lindqvist vet mer."


def _general(_who: dict[str, Actor], question: str, confirmed: str) -> Any:
    texts = {"email": "nagon@utanfor.example", "subject": "Mall", "question": question}
    return receive_general(STRANGER, **texts, confirmed=confirmed)


def _interference(who: dict[str, Actor], question: str, confirmed: str) -> Any:
    texts = {"subject": "Besök", "question": question, "confirmed": confirmed}
    return report_interference(who["contact"], who["contact"].organisation, **texts)


def _consult(who: dict[str, Actor], question: str, confirmed: str) -> Any:
    case = Case.unguarded.get()
    asked = {"question": question, "chosen": [], "due_on": timezone.localdate(), "confirmed": confirmed}
    return consult(who["officer"], case, agency=who["expert"].organisation, **asked)


STEPS: dict[str, tuple[Callable[..., Any], type[Any]]] = {
    "a general question": (_general, Case),
    "suspected interference": (_interference, Case),
    "a consultation": (_consult, Consultation),
}


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
def test_doubtful_words_wait_for_a_tick_and_markings_never_pass(act: Act, step: str) -> None:
    who = cast(act, "owner", "adviser", "contact", "officer", "expert")
    take, model = STEPS[step]
    if model is Consultation:
        factories.triaged(factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"])
    before = model.unguarded.count()
    with pytest.raises(Doubtful) as doubt:
        take(who, DOUBTFUL, "")
    with pytest.raises(Refused):
        take(who, MARKED, doubt.value.mark)
    assert model.unguarded.count() == before
    take(who, DOUBTFUL, doubt.value.mark)
    assert model.unguarded.count() == before + 1


@pytest.mark.django_db
def test_the_page_shows_the_words_and_takes_the_tick(client: Client) -> None:
    fields = {"email": "nagon@utanfor.example", "subject": "Mall", "question": DOUBTFUL}
    page = client.post("/ask/general/", fields).content.decode()
    assert ("Anna Lindqvist" in page, 'type="checkbox" name="confirmed"' in page) == (True, True)
    assert Case.unguarded.count() == 0
