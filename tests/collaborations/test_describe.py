"""A collaboration is described; bad dates are refused, and two who save at once are both shown both."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from radrum.collaborations.describe import begin, describe
from radrum.collaborations.models import Collaboration
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from tests import factories
from tests.cast import cast, everything, signed_in
from tests.conftest import Act

pytestmark = pytest.mark.django_db
GIVEN = {"title": "Snö", "kind": "research", "phase": "planned", "summary": "Mäta.", "worth_doing": "Vatten."}
NOW = date(2026, 11, 24)


def _again(plan: Collaboration) -> Collaboration:
    return Collaboration.unguarded.get(pk=plan.pk)


def test_whoever_begins_owns_it_for_the_organisation_they_act_for(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = begin(owner, partners=[("B", "Serranien"), ("A", "Norden"), ("B", "Serranien")], **GIVEN)
    assert (plan.owner_id, plan.organisation_id, plan.version, plan.handed_in_at) == (
        owner.user_id,
        owner.organisation_id,
        1,
        None,
    )
    assert [(p.name, p.country) for p in plan.partners.all()] == [("B", "Serranien"), ("A", "Norden")]
    entry = Entry.unguarded.last()
    assert (entry.verb, entry.outcome, entry.subject_id) == ("collaboration.begun", "done", str(plan.pk))


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"starts_on": NOW, "ends_on": NOW - timedelta(days=1)}, True),
        ({"starts_on": NOW, "ends_on": NOW}, False),
        ({"ends_on": NOW}, False),
        ({"starts_on": NOW}, False),
        ({"phase": "ongoing"}, True),
        ({"phase": "ongoing", "review_on": NOW}, False),
    ],
)
def test_dates_that_cannot_be_are_refused(act: Act, fields: dict[str, Any], refused: bool) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner)
    before = everything()
    if refused:
        with pytest.raises(Refused):
            begin(owner, partners=[], **{**GIVEN, **fields})
        with pytest.raises(Refused):
            describe(owner, plan, version=1, partners=[], **{**GIVEN, **fields})
        assert everything() == before
    else:
        begin(owner, partners=[], **{**GIVEN, **fields})
        describe(owner, plan, version=1, partners=[], **{**GIVEN, **fields})
        assert {name: getattr(_again(plan), name) for name in fields} == fields


def test_a_partner_that_stays_keeps_its_row_and_one_that_goes_is_removed(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = begin(owner, partners=[("A", "Norden"), ("B", "Serranien"), ("C", "Velgrad")], **GIVEN)
    before = {partner.name: partner.pk for partner in plan.partners.all()}
    describe(owner, plan, version=1, partners=[("C", "Velgrad"), ("D", "Norden"), ("A", "Norden")], **GIVEN)
    after = [(partner.name, partner.pk) for partner in _again(plan).partners.all()]
    assert after[0] == ("C", before["C"])
    assert after[2] == ("A", before["A"])
    assert ([name for name, _pk in after], after[1][1] in before.values()) == (["C", "D", "A"], False)


def test_of_two_who_save_the_second_is_told_and_gets_what_the_first_saved(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    describe(
        who["adviser"], plan, version=1, partners=factories.PARTNERS, **{**GIVEN, "title": "Rådgivarens"}
    )
    before = everything()
    with pytest.raises(Stale) as stale:
        describe(who["owner"], plan, version=1, partners=[], **{**GIVEN, "title": "Ägarens"})
    assert isinstance(stale.value.current, Collaboration)
    assert (stale.value.current.title, stale.value.current.changed_by_id) == (
        "Rådgivarens",
        who["adviser"].user_id,
    )
    assert everything() == before
    entry = Entry.unguarded.last()
    assert (entry.verb, entry.outcome, entry.reason) == ("collaboration.described", "refused", "Stale")


@pytest.mark.usefixtures("_relaxed")
def test_the_page_shows_both_texts_and_the_next_save_goes_through(act: Act) -> None:
    who = cast(act, "owner", "adviser")
    plan = factories.handed_in(who["owner"])
    describe(who["adviser"], plan, version=1, partners=[("Nya", "Norden")], **{**GIVEN, "kind": "visit"})
    browser, address = signed_in(who["owner"]), reverse("collaborations:describe", args=[plan.pk])
    mine = {**GIVEN, "summary": "Min text.", "partner_1": "Gamla", "country_1": "Serranien", "version": "1"}
    response = browser.post(address, mine)
    form = response.context["form"]
    assert (response.status_code, form.theirs_by.pk, form["summary"].value()) == (
        409,
        who["adviser"].user_id,
        "Min text.",
    )
    assert {(str(theirs), str(yours)) for _label, theirs, yours in form.theirs} == {
        ("Besök, gäst eller föreläsning", "Forskning"),
        ("Mäta.", "Min text."),
        ("Nya", "Gamla"),
        ("Norden", "Serranien"),
    }
    assert browser.post(address, {**mine, "version": form["version"].value()}).status_code == 302
    saved = _again(plan)
    assert (saved.summary, saved.version, saved.changed_by_id) == ("Min text.", 3, who["owner"].user_id)


def test_what_was_there_before_is_still_in_the_history(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner, summary="Först.")
    describe(owner, plan, version=1, partners=[], **{**GIVEN, "summary": "Sedan."})
    history = Collaboration.pgh_event_model.unguarded.filter(pgh_obj_id=plan.pk).order_by("pgh_id")
    assert [(event.pgh_label, event.summary) for event in history] == [
        ("insert", "Först."),
        ("update", "Sedan."),
    ]


def test_others_are_refused_and_it_is_written_down(act: Act) -> None:
    who = cast(act, "owner", "colleague", "steering", "their adviser")
    plan, before = factories.handed_in(who["owner"]), everything()
    for name, error in (("steering", Forbidden), ("colleague", Unseen), ("their adviser", Unseen)):
        before = everything()
        with pytest.raises(error):
            describe(who[name], plan, version=1, partners=[], **GIVEN)
        entry = Entry.unguarded.last()
        assert (entry.outcome, entry.reason, entry.person_id) == (
            "refused",
            error.__name__,
            who[name].user_id,
        )
        assert everything() == before


def test_a_day_for_review_today_is_no_error(act: Act) -> None:
    owner = cast(act, "owner")["owner"]
    plan = factories.plan(owner, phase="ongoing", review_on=timezone.localdate())
    assert _again(plan).review_on == timezone.localdate()
