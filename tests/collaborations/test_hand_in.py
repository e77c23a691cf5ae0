"""A plan is handed in: only by its owner, only when weighed, and the advisory group is told."""

import re
from typing import Any

import pytest
from django.urls import reverse

from radrum.collaborations.assess import assess
from radrum.collaborations.describe import describe
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.models import Collaboration
from radrum.collaborations.policy import visible_collaborations
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading
from radrum.guidance.wording import Doubtful, mark
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = pytest.mark.django_db


def test_from_now_on_those_who_prepare_and_decide_see_it(act: Act) -> None:
    who = cast(act)
    plan = factories.plan(who["owner"])
    assess(who["owner"], plan, answers=factories.answers(plan), finished=True, version=0)

    def seeing() -> set[str]:
        found = set()
        for name, actor in who.items():
            with reading(actor):
                found |= {name} if visible_collaborations(actor).filter(pk=plan.pk).exists() else set()
        return found

    assert seeing() == {"owner"}
    hand_in(who["owner"], plan)
    assert seeing() == {"owner", "adviser", "steering", "contact", "decider"}


def test_the_advisory_group_is_told_where_and_not_what(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.handed_in(owner, title="Hemsnö")
    assert waiting() == [
        {
            "organisation_id": owner.organisation_id,
            "roles": ["adviser"],
            "also": [],
            "notice": "plan_handed_in",
            "reference": str(plan.pk),
            "path": f"/collaborations/{plan.pk}/",
        }
    ]


def test_not_before_it_is_weighed_not_twice_and_not_by_another(act: Act) -> None:
    who = cast(act, "owner", "adviser", "colleague")
    plan = factories.plan(who["owner"])
    with pytest.raises(Forbidden):
        hand_in(who["owner"], plan)
    assess(who["owner"], plan, answers={}, finished=False, version=0)
    with pytest.raises(Forbidden):
        hand_in(who["owner"], plan)
    assess(who["owner"], plan, answers=factories.answers(plan), finished=True, version=1)
    with pytest.raises(Unseen):
        hand_in(who["colleague"], plan)
    hand_in(who["owner"], plan)
    first, before = Collaboration.unguarded.get(pk=plan.pk).handed_in_at, everything()
    for name in ("owner", "adviser"):
        with pytest.raises(Forbidden):
            hand_in(who[name], plan)
    assert (first is not None, everything()) == (True, before)


def _weighed(owner: Actor, text: str = "Vi vet inte än.", **fields: Any) -> Collaboration:
    plan = factories.plan(owner, **fields)
    assess(owner, plan, answers=factories.answers(plan, text=text), finished=True, version=0)
    return plan


@pytest.mark.parametrize(
    "bad", [{"summary": "HEMLIG"}, {"text": "Hon har 811218 9876."}, {"funding": "Enligt NATO SECRET."}]
)
def test_markings_and_identity_numbers_do_not_leave_their_author(act: Act, bad: dict[str, str]) -> None:
    owner = cast(act, "owner")["owner"]
    plan, before = _weighed(owner, **bad), everything()
    for confirmed in ("", mark(["HEMLIG"])):
        with pytest.raises(Refused) as refused:
            hand_in(owner, plan, confirmed=confirmed)
        assert type(refused.value) is Refused
    assert (everything(), Collaboration.unguarded.get(pk=plan.pk).handed_in_at) == (before, None)


def test_doubtful_words_go_on_when_exactly_they_are_confirmed(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = _weighed(owner, text="En kinesisk doktorand, Anna Lindqvist, deltar.")
    with pytest.raises(Doubtful, match=r"kinesisk doktorand.*Anna Lindqvist") as doubt:
        hand_in(owner, plan)
    with pytest.raises(Doubtful):
        hand_in(owner, plan, confirmed=mark(["kinesisk doktorand"]))
    hand_in(owner, plan, confirmed=doubt.value.mark)
    assert Collaboration.unguarded.get(pk=plan.pk).handed_in_at is not None


@pytest.mark.usefixtures("_relaxed")
def test_the_page_shows_the_words_and_asks_for_a_tick(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = _weighed(owner, summary="Anna Lindqvist leder arbetet.")
    browser, address = signed_in(owner), reverse("collaborations:hand_in", args=[plan.pk])
    assert "checkbox" not in browser.get(address).content.decode()
    shown = browser.post(address, {}).content.decode()
    found = re.search(r'<input type="checkbox" name="confirmed" value="([0-9a-f]{16})"', shown)
    assert found is not None
    assert ("Anna Lindqvist" in shown, "checked" in found.group(0)) == (True, False)
    assert browser.post(address, {"confirmed": found[1]}).status_code == 302


def test_after_the_handing_in_what_is_new_is_looked_at_when_it_is_saved(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = _weighed(owner)
    hand_in(owner, plan)
    for text, error in (("Hon är född i Velgrad.", Doubtful), ("KONFIDENTIELL", Refused)):
        with pytest.raises(error):
            assess(owner, plan, answers=factories.answers(plan, text=text))
        with pytest.raises(error):
            describe(owner, plan, version=1, partners=factories.PARTNERS, summary=text)
    describe(
        owner,
        plan,
        version=1,
        partners=factories.PARTNERS,
        summary="Hon är född i Velgrad.",
        confirmed=mark(["född i Velgrad"]),
    )
    assert Collaboration.unguarded.get(pk=plan.pk).summary == "Hon är född i Velgrad."
