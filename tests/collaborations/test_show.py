"""One plan as one page: where it stands, what may be done next, and nothing of what the desk does inside."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from radrum.collaborations import show
from radrum.collaborations.assess import assess
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.review import review
from radrum.core.actor import Actor
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast
from tests.conftest import Act
from tests.test_pages import carried

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "adviser", "contact", "decider", "officer", "steering")


def _page(actor: Actor, key: int) -> dict[str, Any]:
    with override("en"), reading(actor):
        return show.page(actor, visible_collaborations(actor).get(pk=key))


# fmt: off
STAGES = {
    # how far          steps done, now, next               the main action of owner, adviser, contact point, decision maker
    "described":  (["done", "now", "next", "next", "next"], "assess",   None,       None,  None),
    "assessed":   (["done", "done", "now", "next", "next"], "hand_in",  None,       None,  None),
    "handed_in":  (["done", "done", "done", "now", "next"], "assess",   "prepare",  None,  "decide"),
    "prepared":   (["done", "done", "done", "done", "now"], "assess",   "prepare",  "ask", "decide"),
    "received":   (["done", "done", "done", "done", "done", "now", "next"], "assess", "prepare", None, "decide"),
    "decided":    (["done", "done", "done", "done", "done", "now"], "review",  "review",   None,  None),
}
# fmt: on


@pytest.mark.parametrize("stage", STAGES)
def test_the_time_line_and_the_main_action_of_each(who: dict[str, Actor], stage: str) -> None:
    states, *actions = STAGES[stage]
    key = carried(who, stage)["collaborations"]
    assert [step["state"] for step in _page(who["owner"], key)["steps"]] == states
    for name, expected in zip(("owner", "adviser", "contact", "decider"), actions, strict=True):
        if stage in {"described", "assessed"} and name != "owner":
            continue
        action = _page(who[name], key)["action"]
        assert (name, action and action["name"]) == (name, expected)


def test_no_score_and_an_aspect_rests_on_its_answers(who: dict[str, Actor]) -> None:
    plan = factories.handed_in(who["owner"])
    shown = _page(who["owner"], plan.pk)["assessment"]
    assert shown["others"] == []
    assert {aspect["state"] for aspect in shown["aspects"]} == {
        "To be settled under the law first",
        "Open: needs a design or an answer",
    }
    assert all(
        "Unsure" in str(aspect) and aspect["url"].startswith("/guidelines/") for aspect in shown["aspects"]
    )
    assert not any(word in str(shown).lower() for word in ("score", "percent"))
    assert all(aspect["answers"] and aspect["findings"] for aspect in shown["aspects"])
    assert len({design["id"] for design in shown["designs"]}) == len(shown["designs"]) in range(3, 6)
    for entry in [*shown["designs"], *shown["aspects"][0]["measures"]]:
        assert (entry["url"].startswith("/guidelines/catalogue/"), bool(entry["mark"])) == (True, True)


def test_what_is_settled_says_which_answers_it_rests_on(who: dict[str, Actor]) -> None:
    plan = factories.plan(who["owner"])
    answers = factories.answers(plan, "no")
    answers["law.protective", None] = answers["law.protective", None]._replace(chosen=("yes",))
    assess(who["owner"], plan, answers=answers)
    shown = _page(who["owner"], plan.pk)["assessment"]
    settled = next(group for group in shown["others"] if "settled" in group["title"])
    assert all(row["answers"] for row in settled["rows"])
    assert {row["said"] for row in settled["rows"][0]["answers"]} == {"No. Vi vet inte än."}


def test_the_statement_stands_on_the_plan_and_nothing_of_its_making(who: dict[str, Actor]) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    factories.triaged(case, who["officer"], note="ord-inne", secrecy_ground="ord-grund")
    key = factories.plan_of(case).pk
    assert _page(who["owner"], key)["statement"] is None
    factories.answered(case, who["officer"])
    page = _page(who["owner"], key)
    assert (page["statement"]["text"], page["statement"]["limits"]) == ("Vi känner till detta.", "Ägarna.")
    assert case.reference in page["statement"]["source"]
    assert [word in str(page) for word in ("ord-inne", "ord-grund")] == [False, False]


def test_reviews_and_the_next_one_follow(who: dict[str, Actor]) -> None:
    today = timezone.localdate()
    plan = factories.plan(who["owner"], phase="ongoing", review_on=today)
    review(who["owner"], plan, note="Bra.", review_on=today + timedelta(days=30))
    page = _page(who["owner"], plan.pk)
    assert [row["text"] for row in page["follow_up"]] == ["Bra.", "To be looked at again."]
    review(who["owner"], plan, note="Slut.", review_on=None)
    assert [row["text"] for row in _page(who["owner"], plan.pk)["follow_up"]] == [
        "Bra.",
        "Slut.",
    ]


def test_who_decides_is_named_before_it_is_done(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    nobody = _page(owner, plan.pk)["decision_text"]
    cast(act, "decider")
    assert ("decider" in nobody, "decider" in _page(owner, plan.pk)["decision_text"]) == (False, True)
