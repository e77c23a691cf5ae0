"""A plan is weighed: partly, then wholly; the answers stay pinned to the edition they were given to."""

import pytest
from django.urls import reverse
from django.utils import timezone

from radrum.collaborations.assess import assess, outcome, prompts_for
from radrum.collaborations.models import Answer, Assessment, Collaboration
from radrum.core.operation import Forbidden, Refused, Stale
from radrum.guidance import engine
from radrum.guidance.models import Aspect, Dimension, Edition, Prompt
from radrum.guidance.policy import current_edition
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db


def _of(plan: Collaboration) -> Assessment:
    found: Assessment = Assessment.unguarded.get(collaboration=plan)
    return found


def test_no_answer_some_answers_and_all_of_them(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    everything_answered = factories.answers(plan)
    some = dict(list(everything_answered.items())[:3])
    for version, answers in enumerate(({}, some)):
        assess(owner, plan, answers=answers, finished=False, version=version)
        with pytest.raises(Refused, match=r"obesvara|still unanswered"):
            assess(owner, plan, answers=answers, finished=True, version=version + 1)
        assert (_of(plan).version, _of(plan).finished_at) == (version + 1, None)
    assert Answer.unguarded.exclude(value="", text="").count() == 3
    assess(owner, plan, answers=everything_answered, finished=True, version=2)
    assert (_of(plan).finished_at is not None, Answer.unguarded.count()) == (True, len(everything_answered))


def test_a_prompt_that_wants_words_is_not_answered_by_spaces(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    in_words = next(prompt for prompt in prompts_for(plan) if prompt.kind == "text")
    with pytest.raises(Refused, match="1"):
        assess(owner, plan, answers={**factories.answers(plan), in_words.key: ("", "  ")}, finished=True)
    assert Assessment.unguarded.count() == 0


def test_what_is_finished_is_so_no_longer_when_an_answer_is_taken_away(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    answers = factories.answers(plan)
    assess(owner, plan, answers=answers, finished=True, version=0)
    first = _of(plan).finished_at
    assess(owner, plan, answers=answers, finished=False, version=1)
    assert _of(plan).finished_at == first
    assess(owner, plan, answers={}, finished=False, version=2)
    assert _of(plan).finished_at is None


def test_of_two_who_weigh_the_second_is_told(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    assess(who["adviser"], plan, answers=factories.answers(plan, "no"), finished=True, version=1)
    before = everything()
    with pytest.raises(Stale) as stale:
        assess(who["owner"], plan, answers=factories.answers(plan, "yes"), finished=True, version=1)
    assert (stale.value.current, everything()) == (_of(plan), before)
    with pytest.raises(Stale) as stale:
        assess(who["owner"], factories.plan(who["owner"]), answers={}, finished=False, version=4)
    assert stale.value.current is None


@pytest.mark.usefixtures("_relaxed")
def test_the_page_shows_both_answers_in_words(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    key = next(prompt.key for prompt in prompts_for(plan) if prompt.kind == "ynu")
    theirs = {**factories.answers(plan), key: ("no", "Deras ord.")}
    assess(who["adviser"], plan, answers=theirs, finished=True, version=1)
    mine = {f"value_{name}": value for name, (value, _text) in factories.answers(plan).items()}
    mine |= {f"text_{name}": text for name, (_value, text) in factories.answers(plan).items()}
    mine |= {f"value_{key}": "yes", f"text_{key}": "Mina ord.", "version": "1"}
    response = signed_in(who["owner"]).post(reverse("collaborations:assess", args=[plan.pk]), mine)
    found = {(str(theirs), str(yours)) for _label, theirs, yours in response.context["form"].theirs}
    assert (response.status_code, found) == (409, {("Nej", "Ja"), ("Deras ord.", "Mina ord.")})


@pytest.mark.usefixtures("_relaxed")
def test_one_may_save_and_go_on_later(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    key = next(prompt.key for prompt in prompts_for(plan) if prompt.kind == "ynu")
    browser, address = signed_in(owner), reverse("collaborations:assess", args=[plan.pk])
    one = {f"value_{key}": "unsure", f"text_{key}": " Kanske. ", "version": "0"}
    finished = browser.post(address, {**one, "step": "finish"})
    assert (finished.status_code, Assessment.unguarded.count()) == (200, 0)
    assert "Kanske." in finished.content.decode()
    assert browser.post(address, {**one, "step": "later"}).status_code == 302
    assert [(a.prompt.key, a.text) for a in _of(plan).answers.exclude(value="")] == [(key, "Kanske.")]


def _next_edition() -> Prompt:
    """A newer edition with one prompt."""
    edition = Edition.objects.create(key="next", in_force_from=timezone.localdate(), status="official")
    dimension = Dimension.objects.create(edition=edition, key="D1", order=1)
    aspect = Aspect.objects.create(dimension=dimension, key="D1.1", order=1, text={})
    return Prompt.objects.create(
        edition=edition, aspect=aspect, key="only", order=1, kind="ynu", effect="opens"
    )


def test_answers_stay_pinned_to_the_edition_they_were_given_to(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    before, begun, untouched = current_edition(), factories.plan(owner), factories.plan(owner)
    assess(owner, begun, answers={}, finished=False, version=0)
    new = _next_edition()
    assert [prompt.key for prompt in prompts_for(untouched)] == [new.key]
    begun = Collaboration.unguarded.get(pk=begun.pk)
    assess(owner, begun, answers=factories.answers(begun), finished=True, version=1)
    assess(owner, untouched, answers={"only": ("yes", "")}, finished=True, version=0)
    assert (_of(begun).edition, _of(untouched).edition) == (before, new.edition)


def test_the_outcome_names_what_it_rests_on_in_the_order_of_the_guidelines(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.handed_in(owner)
    benefits, weighed = outcome(_of(plan))
    assert [answer.prompt.effect for answer in benefits] == ["benefit"] * len(benefits)
    assert len(benefits) == sum(prompt.effect == "benefit" for prompt in prompts_for(plan)) > 0
    places = [(one.aspect.dimension.order, one.aspect.order) for one in weighed]
    assert (places, {one.state for one in weighed}) == (sorted(places), {engine.LAW_FIRST, engine.OPEN})
    assert all(answer.prompt.aspect == one.aspect for one in weighed for answer in one.answers)


def test_after_the_decision_nothing_is_weighed_again(act: Act) -> None:
    who = cast(act, "owner", "adviser", "decider")
    plan = factories.decided(factories.prepared(who["owner"], who["adviser"]), who["decider"])
    for name in ("owner", "adviser"):
        with pytest.raises(Forbidden):
            assess(who[name], plan, answers=factories.answers(plan, "no"), finished=True)
