"""A case in words: for the desk, and for whoever asked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from radrum.cases import show
from radrum.cases.models import Case, Handling
from radrum.cases.policy import visible_cases
from radrum.cases.receive import working_days_after
from radrum.core.actor import Actor
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast
from tests.conftest import Act

NAMES = ("owner", "adviser", "contact", "officer", "other officer", "lead")


@pytest.mark.parametrize(
    ("status", "days", "said"),
    [
        ("received", 1, "1 working day is left."),
        ("triaged", 3, "3 working days are left."),
        ("triaged", -1, "The promised day has passed."),
        ("answered", 3, ""),
    ],
)
def test_how_long_is_left(status: str, days: int, said: str) -> None:
    today = timezone.localdate()
    promised = working_days_after(today, days) if days > 0 else today + timedelta(days=days)
    case = Case(status=status, promised_on=promised)
    with override("en"):
        assert show.promised_in(case) == said


@pytest.mark.parametrize("status", Case.Status.values)
def test_where_it_is_in_plain_words(status: str) -> None:
    with override("en"):
        text = show.plain_status(Case(status=status, promised_on=date(2026, 12, 8)))
    assert ("8 December 2026" in text, text.startswith("Answered")) == (
        status != "answered",
        status == "answered",
    )


def _page(actor: Actor, case: Case) -> dict[str, object]:
    with reading(actor):
        return show.page(actor, visible_cases(actor).get(pk=case.pk))


@pytest.mark.django_db
def test_the_three_steps_look_the_same_from_both_sides(act: Act) -> None:
    who = cast(act, *NAMES)
    case = factories.asked(who["owner"], who["adviser"], who["contact"])

    def states() -> list[list[str]]:
        return [
            [step["state"] for step in _page(who[name], case)["steps"]] for name in ("officer", "contact")
        ]  # type: ignore[attr-defined]

    assert states() == [["done", "now", "next"]] * 2
    factories.triaged(case, who["officer"], note="Bara för oss.", secrecy_ground="OSL 15:2")
    assert states() == [["done", "done", "now"]] * 2
    inside, outside = _page(who["officer"], case), _page(who["contact"], case)
    assert [step["who"] for step in inside["steps"]][1] == who["officer"].user.name  # type: ignore[attr-defined]
    assert [step["who"] for step in outside["steps"]] == ["", "", ""]  # type: ignore[attr-defined]
    assert (len(inside["notes"]), outside["notes"]) == (1, [])  # type: ignore[arg-type]
    assert ("OSL 15:2" in str(inside["case"]), "OSL 15:2" in str(outside["case"])) == (True, False)
    factories.answered(case, who["officer"])
    assert states() == [["done", "done", "done"]] * 2
    assert (outside["action"], outside["doing"], outside["at_desk"]) == (None, [], False)


@pytest.mark.django_db
def test_what_can_be_done_next(act: Act) -> None:
    who = cast(act, *NAMES)
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    urls = []
    for step in (
        lambda: None,
        lambda: factories.triaged(case, who["officer"]),
        lambda: factories.answered(case, who["officer"]),
    ):
        step()
        action = _page(who["officer"], case)["action"]
        urls.append(action["url"] if action else None)  # type: ignore[index]
    assert urls == [f"/desk/{case.pk}/triage/", f"/desk/{case.pk}/draft/", f"/desk/{case.pk}/anonymise/"]


@pytest.mark.django_db
def test_a_row_of_the_queue(act: Act) -> None:
    who = cast(act, *NAMES)
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    assert show.row(case, None, who["officer"])["officer"] == ""
    factories.triaged(case, who["officer"], urgent=True, access="restricted")
    handling = Handling.unguarded.get(case=case)
    case = Case.unguarded.get(pk=case.pk)
    with override("en"):
        rows = [show.row(case, handling, who[name]) for name in ("officer", "lead")]
    assert [row["officer"] for row in rows] == ["You", who["officer"].user.name]
    assert [(row["kind"], row["state"]) for row in rows] == [
        ("Security question, urgent", "being handled, restricted")
    ] * 2
    assert rows[0]["due"] == case.promised_on
