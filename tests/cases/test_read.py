"""Opening a restricted case leaves a trace; opening another does not."""

import pytest
from django.urls import reverse

from radrum.cases.models import Case
from radrum.cases.read import read_restricted
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Unseen
from radrum.core.scope import writing
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

NAMES = ("owner", "adviser", "contact", "officer", "other officer", "lead")


def _case(who: dict[str, Actor], access: str) -> Case:
    return factories.triaged(
        factories.asked(who["owner"], who["adviser"], who["contact"]), who["officer"], access=access
    )


def _readers() -> list[tuple[int, str]]:
    return list(Entry.unguarded.filter(verb="case.read").order_by("pk").values_list("person_id", "outcome"))


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_each_page_of_a_restricted_case_leaves_a_trace_for_the_desk_alone(act: Act) -> None:
    who = cast(act, *NAMES)
    for access in ("open", "restricted"):
        case = _case(who, access)
        for name in ("officer", "lead", "other officer", "contact"):
            for page in ("case", "answer"):
                signed_in(who[name]).get(reverse(f"cases:{page}", args=[case.pk]))
    read = [(who[name].user_id, "done") for name in ("officer", "officer", "lead", "lead")]
    assert _readers() == read


@pytest.mark.django_db
def test_whoever_may_not_read_leaves_the_trace_of_having_tried(act: Act) -> None:
    who = cast(act, *NAMES)
    case = _case(who, "restricted")
    with pytest.raises(Unseen):
        read_restricted(who["other officer"], case)
    assert _readers() == [(who["other officer"].user_id, "refused")]


@pytest.mark.usefixtures("_relaxed")
def test_the_trace_is_written_from_a_page_that_only_reads(act: Act, committed: str) -> None:
    """With real transactions: the page reads in one that cannot write, the trace has one of its own."""
    with writing(SYSTEM):
        who = cast(act, *NAMES)
        case = _case(who, "restricted")
    page = signed_in(who["officer"]).get(reverse("cases:case", args=[case.pk]))
    assert (page.status_code, case.reference in page.content.decode()) == (200, True)
    assert _readers() == [(who["officer"].user_id, "done")]
