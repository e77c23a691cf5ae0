"""A plan is weighed: part by part, then to the end; the answers stay pinned to the instrument they were given to."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from radrum.accounts.keep import keep
from radrum.collaborations.assess import assess, choose, offers, sheet_of
from radrum.collaborations.describe import describe
from radrum.collaborations.models import Answer, Assessment, Collaboration
from radrum.collaborations.sheet import Given, Place, Sheet
from radrum.core.actor import SYSTEM
from radrum.core.operation import Forbidden, Refused, Stale
from radrum.guidance import enact
from radrum.guidance.engine import LAW_FIRST, OPEN
from radrum.guidance.instruments import shipped
from radrum.guidance.models import Instrument
from radrum.guidance.policy import instruments_on_offer
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db
BENEFIT, SHARED = ("plan.benefit", None), ("plan.unpublished", None)


def _of(plan: Collaboration) -> Assessment:
    found: Assessment = Assessment.unguarded.get(collaboration=plan)
    return found


def _sheet(plan: Collaboration) -> Sheet:
    return sheet_of(Collaboration.unguarded.get(pk=plan.pk))


def test_no_answer_some_answers_and_all_of_them(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    everything_answered = factories.answers(plan)
    some = dict(list(everything_answered.items())[:3])
    for version, answers in enumerate(({}, some)):
        assess(owner, plan, answers=answers, version=version)
        with pytest.raises(Refused, match=r"obesvara|still unanswered"):
            assess(owner, plan, answers=answers, finished=True, version=version + 1)
        assert (_of(plan).version, _of(plan).finished_at) == (version + 1, None)
    assert Answer.unguarded.count() == 3
    assess(owner, plan, answers=everything_answered, finished=True, version=2)
    assert (_of(plan).finished_at is not None, Answer.unguarded.count()) == (True, len(everything_answered))


def test_only_what_can_change_the_outcome_is_needed_to_finish(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    possible, given = factories.answers(plan, "no"), 0
    while left := _sheet(plan).left:
        place = _sheet(plan).place(left[0])
        assess(owner, plan, answers={place: possible[place]})
        given += 1
    assess(owner, plan, answers={}, finished=True)
    assert (_of(plan).finished_at is not None, 15 < given < len(possible)) == (True, True)


def test_a_prompt_that_wants_words_is_not_answered_by_spaces(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    answers = {**factories.answers(plan), BENEFIT: Given((), "  ")}
    with pytest.raises(Refused, match="1"):
        assess(owner, plan, answers=answers, finished=True)
    assert Assessment.unguarded.count() == 0


def test_what_is_finished_is_so_no_longer_when_an_answer_is_taken_away(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    answers = factories.answers(plan)
    assess(owner, plan, answers=answers, finished=True, version=0)
    first = _of(plan).finished_at
    assess(owner, plan, answers=answers, version=1)
    assert (_of(plan).finished_at, _of(plan).version) == (first, 1)  # nothing was changed
    assess(owner, plan, answers={SHARED: Given()}, version=1)
    assert (_of(plan).finished_at, _of(plan).version) == (None, 2)


def test_a_new_partner_brings_its_own_prompts_and_one_that_goes_takes_its_answers(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    assess(owner, plan, answers=factories.answers(plan), finished=True)
    about = Answer.unguarded.filter(partner__isnull=False).count()
    two = [("Velgrads tekniska universitet", "Norvelia"), ("Harviks Cellverk", "Tavarien")]
    describe(owner, plan, version=1, partners=two)
    assert Answer.unguarded.filter(partner__isnull=False).count() == about  # a mended country keeps them
    asked = {asked.partner for asked in _sheet(plan).left}
    assert asked == {1}
    describe(owner, plan, version=2, partners=two[1:])
    assert Answer.unguarded.filter(partner__isnull=False).count() == 0


WRONG: list[tuple[Place, Given]] = [
    (("no.such", None), Given(("yes",))),
    (("plan.title", None), Given((), "Annan")),  # described, never asked
    (("partner.known", None), Given(("yes",))),  # of no partner
    (SHARED, Given(("perhaps",))),
]


@pytest.mark.parametrize(("place", "given"), WRONG)
def test_what_is_not_asked_cannot_be_answered(act: Act, place: Place, given: Given) -> None:
    owner = cast(act, "owner")["owner"]
    plan, before = factories.plan(owner), None
    before = everything()
    with pytest.raises(Refused):
        assess(owner, plan, answers={place: given})
    assert everything() == before


def test_another_plans_partner_cannot_be_answered_about(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan, other = factories.plan(owner), factories.plan(owner)
    theirs = other.partners.get().pk
    with pytest.raises(Refused):
        assess(owner, plan, answers={("partner.known", theirs): Given(("yes",))})


def test_of_two_who_answer_the_same_the_second_is_told_and_of_two_who_do_not_neither(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    assess(who["adviser"], plan, answers={SHARED: Given(("no",), "Deras.")}, version=1)
    before = everything()
    with pytest.raises(Stale) as stale:
        assess(who["owner"], plan, answers={SHARED: Given(("yes",), "Mitt.")}, version=1)
    assert (stale.value.current, everything()) == (_of(plan), before)
    assess(who["owner"], plan, answers={("law.permit", None): Given(("no",))}, version=1)
    assess(who["owner"], plan, answers={SHARED: Given(("no",), "Deras.")}, version=1)  # the same as theirs
    with pytest.raises(Stale) as stale:
        assess(who["owner"], factories.plan(who["owner"]), answers={}, version=4)
    assert stale.value.current is None


def test_the_database_keeps_one_answer_for_each_place(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    assess(owner, plan, answers={SHARED: Given(("no",))})
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.unguarded.create(assessment=_of(plan), attribute=SHARED[0], chosen=["yes"])


def test_an_instrument_is_chosen_and_answers_come_along_to_another(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    long, short = instruments_on_offer()
    choose(owner, plan, instrument=short, profile="arts", version=0)
    assess(owner, plan, answers=factories.answers(plan), finished=True, version=1)
    count = Answer.unguarded.count()
    choose(owner, plan, instrument=long, profile="arts", version=2)
    assert (_of(plan).instrument, Answer.unguarded.count(), _of(plan).finished_at) == (long, count, None)
    assert _sheet(plan).answers[SHARED] == Given(("unsure",), "Vi vet inte än.")
    choose(owner, plan, instrument=short)
    assert (_sheet(plan).left, _of(plan).finished_at) == ([], None)


def test_what_is_not_offered_cannot_be_chosen_and_two_do_not_choose_at_once(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    long, short = instruments_on_offer()
    choose(owner, plan, instrument=long, version=0)
    with pytest.raises(Stale):
        choose(owner, plan, instrument=short, version=0)
    enact.withdraw(SYSTEM, short)
    with pytest.raises(Refused):
        choose(owner, plan, instrument=Instrument.objects.get(pk=short.pk))
    enact.withdraw(SYSTEM, long)
    assert [row.pk for row in offers(Collaboration.unguarded.get(pk=plan.pk))[0]] == [long.pk]
    choose(owner, plan, instrument=long, profile="arts")  # the plan's own may stay


def test_answers_stay_pinned_to_the_version_they_were_given_to(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    begun, untouched = factories.plan(owner), factories.plan(owner)
    assess(owner, begun, answers={}, version=0)
    old = _of(begun).instrument
    new = {**shipped()[1][0], "version": "2.0.0"}
    newer = enact.put_in_force(SYSTEM, enact.draft_instrument(SYSTEM, new))
    assess(owner, untouched, answers={}, version=0)
    assert (_of(begun).instrument, _of(untouched).instrument) == (old, newer)
    assess(owner, begun, answers=factories.answers(begun), finished=True)
    assert _of(begun).instrument == old


def test_unsure_leaves_everything_open_and_nothing_settled(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.handed_in(owner)
    assert set(_sheet(plan).weighing.outcome().states.values()) == {LAW_FIRST, OPEN}


def test_after_the_decision_nothing_is_weighed_again(act: Act) -> None:
    who = cast(act, "owner", "adviser", "decider")
    plan = factories.decided(factories.prepared(who["owner"], who["adviser"]), who["decider"])
    for name in ("owner", "adviser"):
        with pytest.raises(Forbidden):
            assess(who[name], plan, answers=factories.answers(plan, "no"), finished=True)
        with pytest.raises(Forbidden):
            choose(who[name], plan, instrument=instruments_on_offer()[1])


# --- The pages ---------------------------------------------------------------------------------------


def _fields(page: str, value: str = "unsure") -> dict[str, Any]:
    """The group's form, filled in: only what is asked, not what stands below it."""
    asked, fields = page.partition('id="not-asked"')[0], {}
    for name in re.findall(r'name="(value_[\w-]+)"', asked):
        values = re.findall(rf'name="{name}" value="([\w-]+)"', asked)
        fields[name] = next(one for one in (value, "not_done", "not_needed", "none") if one in values)
    for name in re.findall(r'<textarea name="(text_[\w-]+)"', asked):
        fields[name] = "Ord."
    version = re.search(r'name="version" value="(\d+)"', page)
    return {**fields, "version": version[1] if version else "", "step": "next"}


@pytest.mark.usefixtures("_relaxed")
def test_a_plan_is_weighed_part_by_part_to_the_end(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    browser, start = signed_in(owner), reverse("collaborations:assess", args=[plan.pk])
    chosen = browser.post(start, {"instrument": instruments_on_offer()[0].pk, "version": "0"}, follow=True)
    address, seen = chosen.redirect_chain[-1][0], []
    page = chosen.content.decode()
    while address != start:
        seen.append(address)
        answer = browser.post(address, _fields(page), follow=True)
        address, page = answer.redirect_chain[-1][0], answer.content.decode()
        assert len(seen) < 15
    partner = plan.partners.get().pk
    assert list(dict.fromkeys(part.split("/")[-2] for part in seen)) == [
        "1",
        f"2-{partner}",
        "3",
        f"4-{partner}",
        "5",
    ]
    assert _of(plan).finished_at is None
    done = browser.post(start, {"step": "finish", "version": _of(plan).version})
    assert (done.status_code, _of(plan).finished_at is not None) == (302, True)


@pytest.mark.usefixtures("_relaxed")
def test_what_was_typed_stays_when_it_cannot_be_saved(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    assess(owner, plan, answers={})
    address = reverse("collaborations:assess_group", args=[plan.pk, f"2-{plan.partners.get().pk}"])
    sent = {
        "value_partner-lists": ["binding", "not_done"],
        "text_partner-lists": "Halvfärdigt.",
        "version": "1",
    }
    page = signed_in(owner).post(address, sent)
    assert (page.status_code, Answer.unguarded.count()) == (200, 0)
    assert "Halvfärdigt." in page.content.decode()
    assert "value_partner-lists" in page.context["form"].errors


@pytest.mark.usefixtures("_relaxed")
def test_the_page_says_why_it_asks_and_why_not_and_takes_an_answer_all_the_same(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    assess(owner, plan, answers={SHARED: Given(("no",)), ("tech.military_use", None): Given(("yes",))})
    browser, address = signed_in(owner), reverse("collaborations:assess_group", args=[plan.pk, "3"])
    context = browser.get(address).context
    asked = {prompt["text"]: prompt for prompt in context["prompts"]}
    skipped = {prompt["text"]: prompt for prompt in context["skipped"]}
    export = next(
        prompt for text, prompt in asked.items() if "exportkontroll" in text or "export control" in text
    )
    assert (bool(export["because"]), [one["number"] for one in export["touches"]]) == (True, ["1.3"])
    lead = next(
        prompt for text, prompt in skipped.items() if "världsledande" in text or "world-leading" in text
    )
    assert lead["skipped"].startswith(
        ("Ställs inte därför att ni svarade ”Nej”", "Not asked because you answered “No”")
    )
    browser.post(
        address, {"value_tech-lead": "yes", "value_plan-unpublished": "no", "version": "1", "step": "later"}
    )
    assert _sheet(plan).answers["tech.lead", None] == Given(("yes",))
    assert _sheet(plan).weighing.holds({"eq": ["tech.lead", "yes"]}) is False  # kept aside


@pytest.mark.usefixtures("_relaxed")
def test_the_page_shows_both_answers_in_words(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    assess(who["adviser"], plan, answers={SHARED: Given(("no",), "Deras ord.")}, version=1)
    mine = {"value_plan-unpublished": "yes", "text_plan-unpublished": "Mina ord.", "version": "1"}
    address = reverse("collaborations:assess_group", args=[plan.pk, "3"])
    page = signed_in(who["owner"]).post(address, mine)
    found = [(str(theirs), str(yours)) for _label, theirs, yours in page.context["form"].theirs]
    assert (page.status_code, ("Nej", "Ja") in found or ("No", "Yes") in found) == (409, True)
    assert ("Deras ord.", "Mina ord.") in found


@pytest.mark.usefixtures("_relaxed")
def test_a_group_that_does_not_exist_is_not_found(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan, other = factories.plan(owner), factories.plan(owner)
    for group in ("0", "9", f"2-{other.partners.get().pk}"):
        address = reverse("collaborations:assess_group", args=[plan.pk, group])
        assert (group, signed_in(owner).get(address).status_code) == (group, 404)


@pytest.mark.usefixtures("_relaxed")
def test_what_the_plan_is_worth_is_not_asked_twice(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner, worth_doing="Vattnet räcker längre.")
    address = reverse("collaborations:assess_group", args=[plan.pk, "1"])
    assert "Vattnet räcker längre." in signed_in(owner).get(address).content.decode()


@pytest.mark.usefixtures("_relaxed")
def test_a_draft_that_comes_after_its_answers_were_saved_is_not_put_back(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    assess(owner, plan, answers={("law.permit", None): Given(("no",))})
    browser, address = signed_in(owner), reverse("collaborations:assess_group", args=[plan.pk, "3"])
    draft, key = "version=1&text_plan-unpublished=Halvt", f"assess:{plan.pk}:3"
    keep(owner, key, draft)
    assert browser.get(address).context["form"]["text_plan-unpublished"].value() == "Halvt"
    browser.post(address, {"value_plan-unpublished": "yes", "text_plan-unpublished": "Helt.", "version": "1"})
    keep(owner, key, draft)
    form = browser.get(address).context["form"]
    assert (form["text_plan-unpublished"].value(), form["version"].value(), form.kept_at) == (
        "Helt.",
        2,
        None,
    )
