"""A decision to go ahead plans three days; each is looked back at, moved or missed, and its history stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from radrum.collaborations.follow_up import months_after, move_follow_ups
from radrum.collaborations.models import LATE, Collaboration, FollowUp, Review, planned
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.remind import remind
from radrum.collaborations.review import review
from radrum.collaborations.show import page
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading, writing
from radrum.room import _look_backs
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "colleague", "adviser", "decider", "their adviser")


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    return factories.decided(factories.prepared(who["owner"], who["adviser"]), who["decider"])


def _due(plan: Collaboration, months: int, day: date) -> FollowUp:
    FollowUp.unguarded.filter(collaboration=plan, months=months).update(due_on=day)
    return FollowUp.unguarded.get(collaboration=plan, months=months)


def _seen(actor: Actor) -> list[tuple[str, str]]:
    with reading(actor):
        return [(row["text"], row["url"].rstrip("/").rsplit("/", 1)[1]) for row in _look_backs(actor)]


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("outcome", "texts", "count"),
    [
        ("go_ahead", {}, 3),
        ("changed", {"changed": "x"}, 3),
        ("wait", {"delayed": "x"}, 0),
        ("refrain", {"given_up": "x"}, 0),
    ],
)
def test_going_ahead_plans_three_days(
    who: dict[str, Actor], outcome: str, texts: dict[str, Any], count: int
) -> None:
    today = timezone.localdate()
    for starts_on in (None, today - timedelta(days=90), today + timedelta(days=90)):
        plan = factories.handed_in(who["owner"], starts_on=starts_on)
        factories.decide(who["decider"], plan, outcome=outcome, reasons="Skäl.", **texts)
        first = max(starts_on or today, today)
        expected = [(months, months_after(first, months)) for months in (6, 12, 24)]
        assert [(one.months, one.due_on) for one in planned(plan)] == expected[:count]


def test_a_look_back_answers_the_planned_day_that_is_near(who: dict[str, Actor], plan: Collaboration) -> None:
    today = timezone.localdate()
    review(who["owner"], plan, note="För tidigt.")
    near = _due(plan, 6, today + timedelta(days=20))
    review(
        who["owner"],
        plan,
        note="Det går bra.",
        measures="partly",
        changes=["partner", "law"],
        changes_text="Ny ägare.",
        onward="adjust",
        onward_text="Avtalet skrivs om.",
    )
    assert [made.follow_up_id for made in Review.unguarded.order_by("pk")] == [None, near.pk]
    assert [one.months for one in planned(plan)] == [12, 24]
    with reading(who["adviser"]):
        shown = page(who["adviser"], visible_collaborations(who["adviser"]).get(pk=plan.pk))["follow_up"]
    assert [fact["value"] for fact in shown[1]["facts"]] == [
        "De håller delvis",
        "Partnern: ägare, uppdrag, kopplingar, lagen, en lista eller ett villkor. Ny ägare.",
        "Fortsätta, men justera något. Avtalet skrivs om.",
    ]
    assert [row["text"] for row in shown] == [
        "För tidigt.",
        "Det går bra.",
        "12 månader efter start.",
        "24 månader efter start.",
    ]


def test_when_it_ends_no_more_days_are_planned(who: dict[str, Actor], plan: Collaboration) -> None:
    before = everything()
    with pytest.raises(Refused):
        review(who["owner"], plan, note="Slut.", onward="end")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused):
        review(who["owner"], plan, note="Slut.", onward="end", onward_text="Klart.", review_on=tomorrow)
    assert everything() == before
    review(who["owner"], plan, note="Slut.", onward="end", onward_text="Klart.")
    assert (planned(plan), FollowUp.unguarded.exclude(cancelled_at=None).count()) == ([], 3)
    assert remind(timezone.localdate() + timedelta(days=900)) == 0


@pytest.mark.parametrize(("changes", "text"), [(["law"], " "), ([], "Något.")])
def test_what_has_changed_is_said_with_how(
    who: dict[str, Actor], plan: Collaboration, changes: list[str], text: str
) -> None:
    before = everything()
    with pytest.raises(Refused):
        review(who["owner"], plan, note="Bra.", changes=changes, changes_text=text)
    assert everything() == before


def test_days_are_moved_cancelled_and_added_and_what_they_were_stays(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    today = timezone.localdate()
    half, year, two = planned(plan)
    two.reminded_on = today
    two.save()
    later = today + timedelta(days=800)
    move_follow_ups(
        who["adviser"],
        plan,
        days={half.pk: half.due_on, year.pk: None, two.pk: later},
        more=today + timedelta(days=40),
    )
    assert [(one.months, one.due_on, one.reminded_on) for one in planned(plan)] == [
        (None, today + timedelta(days=40), None),
        (6, half.due_on, None),
        (24, later, None),
    ]
    history = apps.get_model("collaborations", "FollowUpEvent").unguarded.filter(pgh_obj_id=two.pk)
    assert [event.due_on for event in history.order_by("pgh_id")] == [two.due_on, two.due_on, later]


def test_a_day_that_is_past_used_or_foreign_is_refused(who: dict[str, Actor], plan: Collaboration) -> None:
    today = timezone.localdate()
    half = planned(plan)[0]
    other = factories.decided(factories.handed_in(who["owner"]), who["decider"])
    wrong: list[tuple[dict[int, date | None], date | None]] = [
        ({half.pk: today}, None),
        ({}, today - timedelta(days=1)),
        ({planned(other)[0].pk: None}, None),
        ({0: None}, None),
    ]
    before = everything()
    for days, more in wrong:
        with pytest.raises(Refused):
            move_follow_ups(who["owner"], plan, days=days, more=more)
    for name, error in (("colleague", Unseen), ("decider", Forbidden), ("their adviser", Unseen)):
        with pytest.raises(error):
            move_follow_ups(who[name], plan, days={half.pk: None}, more=None)
    assert everything() == before


def test_the_owner_is_reminded_once_and_the_advisers_when_it_is_missed(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    today = timezone.localdate()
    _due(plan, 6, today)
    sent = len(waiting())
    with writing(SYSTEM):
        assert (remind(today - timedelta(days=1)), remind(today), remind(today)) == (0, 1, 0)
        assert (remind(today + LATE), remind(today + LATE + timedelta(days=1))) == (0, 1)
        assert remind(today + LATE + timedelta(days=2)) == 0
    told = waiting()[sent:]
    assert [(job["notice"], job.get("person_id"), job.get("roles")) for job in told] == [
        ("review_due", who["owner"].user_id, None),
        ("follow_up_missed", None, ["adviser"]),
    ]


def test_it_waits_in_the_owners_room_and_once_missed_in_the_advisers(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    today = timezone.localdate()
    actors = ("owner", "adviser", "colleague", "decider", "their adviser")
    assert [_seen(who[name]) for name in actors] == [[]] * 5
    _due(plan, 6, today)
    assert [_seen(who[name]) for name in actors] == [[("Följ upp", "review")], [], [], [], []]
    _due(plan, 6, today - LATE - timedelta(days=1))
    missed = "Utebliven uppföljning"
    assert [_seen(who[name]) for name in actors] == [
        [(missed, "review")],
        [(missed, str(plan.pk))],
        [],
        [],
        [],
    ]
    review(who["owner"], plan, note="Till slut.")
    assert [_seen(who[name]) for name in actors] == [[]] * 5


def test_the_pages(who: dict[str, Actor], plan: Collaboration) -> None:
    browser = signed_in(who["owner"])
    half = planned(plan)[0]
    days, back = (
        reverse("collaborations:move", args=[plan.pk]),
        reverse("collaborations:review", args=[plan.pk]),
    )
    fields = {f"day_{one.pk}": one.due_on.isoformat() for one in planned(plan)}
    stopped = browser.post(days, {**fields, f"day_{half.pk}": timezone.localdate().isoformat()})
    assert (stopped.status_code, len(stopped.context["form"].non_field_errors())) == (200, 1)
    wrong = browser.post(days, {**fields, f"day_{half.pk}": "31 februari"})
    assert list(wrong.context["form"].errors) == [f"day_{half.pk}"]
    assert browser.post(days, {**fields, f"day_{half.pk}": ""}).status_code == 302
    assert [one.months for one in planned(plan)] == [12, 24]
    stopped = browser.post(back, {"note": "Bra.", "changes": ["law"]})
    assert set(stopped.context["form"].errors) == {"measures", "onward"}
    form = {"note": "Bra.", "measures": "yes", "onward": "continue"}
    stopped = browser.post(back, {**form, "changes": ["law"]})
    assert (stopped.context["form"]["note"].value(), Review.unguarded.count()) == ("Bra.", 0)
    assert browser.post(back, form).status_code == 302
    assert browser.get(reverse("collaborations:plan", args=[plan.pk])).status_code == 200
