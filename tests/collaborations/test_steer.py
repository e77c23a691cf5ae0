"""A plan is lifted to the steering group with its goal conflicts, and comes back with a position on each."""

from typing import Any

import pytest
from django.urls import reverse

from radrum.collaborations.decide import decide
from radrum.collaborations.models import Collaboration, Position, Referral, SteeringView
from radrum.collaborations.passages import passages
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.prepare import prepare
from radrum.collaborations.show import page
from radrum.collaborations.steer import lift, steer
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from radrum.core.scope import reading
from radrum.room import _waiting_plans
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]

CONFLICTS = [
    ("openness", "security", "Rådata kan visa mer än snö."),
    ("benefit", "independence", "Bara en partner har mätserien."),
]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "adviser", "steering", "contact", "decider", "their steering", "officer")


@pytest.fixture
def plan(who: dict[str, Actor]) -> Collaboration:
    return factories.prepared(who["owner"], who["adviser"])


def _lift(who: dict[str, Actor], plan: Collaboration, **more: Any) -> Referral:
    return lift(who["adviser"], plan, **{"question": "Väger nyttan tyngst?", "conflicts": CONFLICTS, **more})


def _positions(referral: Referral, *weights: str) -> dict[int, str]:
    return dict(zip((c.pk for c in referral.conflicts.all()), weights, strict=True))


def _shown(actor: Actor, plan: Collaboration) -> dict[str, Any]:
    with reading(actor):
        return page(actor, visible_collaborations(actor).get(pk=plan.pk))


def _due(actor: Actor) -> list[str]:
    with reading(actor):
        return [row["url"].rsplit("/", 2)[1] for row in _waiting_plans(actor)]


def test_it_goes_up_and_comes_back(who: dict[str, Actor], plan: Collaboration) -> None:
    assert (_due(who["steering"]), _due(who["adviser"])) == ([], [])
    referral = _lift(who, plan)
    assert waiting()[-1]["roles"] == ["steering"]
    assert (_due(who["steering"]), _due(who["adviser"])) == (["steer"], [])
    steer(who["steering"], plan, text="Ja.", positions=_positions(referral, "both", "one"))
    told = waiting()[-1]
    assert (told["notice"], told["roles"], told["also"]) == ("plan_returned", ["adviser"], [plan.owner_id])
    assert (_due(who["steering"]), _due(who["adviser"])) == ([], ["prepare"])  # it is back, and unread
    shown = _shown(who["owner"], plan)
    [lifted] = shown["steering"]
    assert [(c["title"], c["text"]) for c in lifted["conflicts"]] == [
        ("Öppenhet mot säkerhet", CONFLICTS[0][2]),
        (
            "Nytta för forskning, utbildning och samhälle mot oberoende av en enskild partner eller finansiär",
            CONFLICTS[1][2],
        ),
    ]
    assert [p["word"] for p in lifted["views"][0]["positions"]] == [
        "Båda går att nå med ett annat upplägg",
        "Nytta för forskning, utbildning och samhälle väger tyngst",
    ]
    assert [s["state"] for s in shown["steps"] if s["anchor"] == "steering"] == ["done", "done"]
    assert [p.text for p in passages(plan) if p.key.startswith("view.")] == ["Ja."]


def test_members_may_add_views_until_it_is_returned(who: dict[str, Actor], plan: Collaboration) -> None:
    referral = _lift(who, plan)
    given = {"positions": _positions(referral, "unsure", "other")}
    steer(who["steering"], plan, text="Jag tvekar.", returns=False, **given)
    assert (len(waiting("send_notice_to_roles")), _due(who["steering"])) == (3, [])  # mine is given
    with pytest.raises(Forbidden):
        _lift(who, plan)  # it lies there already
    steer(who["steering"], plan, text="Vi tillsammans.", **given)
    with pytest.raises(Forbidden):
        steer(who["steering"], plan, text="En gång till.", **given)
    assert [view.returns for view in SteeringView.unguarded.order_by("pk")] == [False, True]
    assert Position.unguarded.count() == 4
    _lift(who, plan)  # a new question may follow
    assert Referral.unguarded.count() == 2


@pytest.mark.parametrize("conflicts", [[], [("openness", "openness", "x")]])
def test_without_a_conflict_between_two_goals_it_is_refused(
    who: dict[str, Actor], plan: Collaboration, conflicts: list[tuple[str, str, str]]
) -> None:
    before = everything()
    with pytest.raises(Refused):
        _lift(who, plan, conflicts=conflicts)
    assert everything() == before


def test_a_position_is_taken_on_each_conflict_and_on_no_other(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    referral = _lift(who, plan)
    other = _lift(who, factories.prepared(who["owner"], who["adviser"]))
    before, right = everything(), _positions(referral, "one", "one")
    first = next(iter(right))
    for wrong in (
        {},
        {first: "one"},
        {**right, **_positions(other, "one", "one")},
        _positions(other, "one", "one"),
    ):
        with pytest.raises(Refused):
            steer(who["steering"], plan, text="Ja.", positions=wrong)
    assert everything() == before


def test_what_changed_meanwhile_is_not_judged(who: dict[str, Actor], plan: Collaboration) -> None:
    with pytest.raises(Stale):
        _lift(who, plan, version=1)
    referral = _lift(who, plan)
    with pytest.raises(Stale):
        steer(who["steering"], plan, text="Ja.", positions=_positions(referral, "one", "one"), version=1)


def test_who_may_and_when(who: dict[str, Actor], plan: Collaboration) -> None:
    given = {"question": "?", "conflicts": CONFLICTS}
    for name, error in (
        ("owner", Forbidden),
        ("steering", Forbidden),
        ("decider", Forbidden),
        ("their steering", Unseen),
        ("officer", Unseen),
    ):
        with pytest.raises(error):
            lift(who[name], plan, **given)
    referral = _lift(who, plan)
    positions = _positions(referral, "one", "one")
    for name, error in (
        ("owner", Forbidden),
        ("adviser", Forbidden),
        ("decider", Forbidden),
        ("their steering", Unseen),
    ):
        with pytest.raises(error):
            steer(who[name], plan, text="Ja.", positions=positions)
    factories.decided(plan, who["decider"])  # may be done without the view
    with pytest.raises(Forbidden):
        steer(who["steering"], plan, text="Ja.", positions=positions)
    with pytest.raises(Forbidden):
        _lift(who, plan)


def test_whoever_decides_has_the_view_beside_the_form(who: dict[str, Actor], plan: Collaboration) -> None:
    browser, address = signed_in(who["decider"]), reverse("collaborations:decide", args=[plan.pk])
    referral = _lift(who, plan)
    assert "Styrgruppen har inte tagit ställning än" in browser.get(address).content.decode()
    steer(who["steering"], plan, text="Ord om vägval.", positions=_positions(referral, "both", "one"))
    text = browser.get(address).content.decode()
    assert ("Ord om vägval." in text, "Öppenhet mot säkerhet" in text) == (True, True)
    decide(who["decider"], plan, outcome="go_ahead", reasons="Ja.")


def test_the_pages_keep_what_is_written_and_say_what_is_missing(
    who: dict[str, Actor], plan: Collaboration
) -> None:
    adviser, steering = signed_in(who["adviser"]), signed_in(who["steering"])
    up = reverse("collaborations:lift", args=[plan.pk])
    version = adviser.get(up).context["form"].initial["version"]
    form = {
        "question": "Får vi?",
        "one_1": "openness",
        "other_1": "security",
        "at_stake_1": "",
        "version": version,
    }
    stopped = adviser.post(up, {**form, "one_2": "benefit"})
    assert set(stopped.context["form"].errors) == {"at_stake_1", "other_2", "at_stake_2"}
    assert stopped.context["form"]["question"].value() == "Får vi?"
    same = adviser.post(up, {**form, "other_1": "openness", "at_stake_1": "x"})
    assert list(same.context["form"].errors) == ["other_1"]
    assert adviser.post(up, {**form, "at_stake_1": "Rådata."}).status_code == 302
    down = reverse("collaborations:steer", args=[plan.pk])
    [conflict] = Referral.unguarded.get().conflicts.all()
    stopped = steering.post(down, {"text": "Vi anser.", "version": version})
    assert list(stopped.context["form"].errors) == [f"position_{conflict.pk}"]
    forged = {f"position_{conflict.pk}": "most", "text": "Vi anser.", "version": version}
    assert steering.post(down, forged).status_code == 200
    sent = {**forged, f"position_{conflict.pk}": "both", "returns": "on"}
    assert steering.post(down, sent).status_code == 302
    assert steering.get(down).status_code == 403


def test_it_is_no_ground_for_advice_on_ones_own_plan(act: Act) -> None:
    both = act("Fjällby universitet", "institution", "adviser", "steering", "researcher", name="Allt")
    other = cast(act, "adviser", "steering")
    plan = factories.handed_in(both)
    with pytest.raises(Forbidden):
        lift(both, plan, question="?", conflicts=CONFLICTS)
    prepare(other["adviser"], plan, text="Råd.")
    referral = lift(other["adviser"], plan, question="?", conflicts=CONFLICTS)
    with pytest.raises(Forbidden):
        steer(both, plan, text="Ja.", positions=_positions(referral, "one", "one"))
