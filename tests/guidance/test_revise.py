"""A proposal: made by the office, decided by somebody else, taken up by an edition; editions never change."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils.translation import override

from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Refused
from radrum.core.scope import reading
from radrum.guidance import policy
from radrum.guidance.load import content, put_in_force
from radrum.guidance.models import ChangeProposal, Edition
from radrum.guidance.revise import decide, propose, take_up
from tests.cast import CAST, cast, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
TEXT = {"aspect": "2.1", "what": "Fråga också efter rådata.", "why": "Rådata säger mer än resultat."}
DESK = ("Nationella funktionen", "national")


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return {**cast(act), "council": act(*DESK, "council"), "other editor": act(*DESK, "editor", name="Två")}


@pytest.fixture
def proposal(who: dict[str, Actor]) -> ChangeProposal:
    return propose(who["officer"], **TEXT)


def test_it_is_against_the_edition_in_force(proposal: ChangeProposal) -> None:
    assert (proposal.edition, proposal.state, proposal.office.kind) == (
        policy.current_edition(),
        "proposed",
        "national",
    )


@pytest.mark.parametrize("name", [*CAST, "council"])
def test_the_office_proposes_and_nobody_else(who: dict[str, Actor], name: str) -> None:
    if name in {"officer", "other officer", "lead", "editor"}:
        assert propose(who[name], **TEXT).proposed_by_id == who[name].user_id
        return
    with pytest.raises(Forbidden):
        propose(who[name], **TEXT)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"aspect": "9.9"}, "no aspect 9.9"),
        ({"what": "Det är KVALIFICERAT HEMLIGT, HEMLIG"}, "HEMLIG"),
    ],
)
def test_what_cannot_be_proposed(who: dict[str, Actor], more: dict[str, str], refusal: str) -> None:
    with override("en"), pytest.raises(Refused, match=refusal):
        propose(who["officer"], **{**TEXT, **more})
    assert ChangeProposal.unguarded.count() == 0


def _seen(who: dict[str, Actor]) -> tuple[set[str], set[str]]:
    """Who sees a proposal through the policy, and who in the database."""
    through, below = set(), set()
    for name, actor in who.items():
        with reading(actor):
            through |= {name} if policy.visible_proposals(actor).exists() else set()
            below |= {name} if ChangeProposal.unguarded.exists() else set()
    return through, below


def test_the_office_and_the_council_see_it_until_it_is_accepted(
    who: dict[str, Actor], proposal: ChangeProposal
) -> None:
    inside = {"officer", "other officer", "lead", "editor", "other editor", "council"}
    assert _seen(who) == (inside, inside)
    assert "rådata" not in Client().get("/guidelines/proposals/").content.decode()
    decide(who["editor"], proposal, state="accepted")
    assert _seen(who) == (set(who), set(who))
    assert "rådata" in Client().get("/guidelines/proposals/").content.decode()


def test_a_declined_one_is_never_shown_outside(who: dict[str, Actor], proposal: ChangeProposal) -> None:
    decide(who["editor"], proposal, state="declined", reason="Det står redan i 2.2.")
    assert "rådata" not in Client().get("/guidelines/proposals/").content.decode()
    assert "står redan" in signed_in(who["officer"]).get("/guidelines/proposals/").content.decode()


DECIDERS = {"lead", "editor", "other editor"}


@pytest.mark.parametrize("name", [*CAST, "council", "other editor"])
def test_editors_decide_and_nobody_else(who: dict[str, Actor], proposal: ChangeProposal, name: str) -> None:
    page = f"/guidelines/proposals/{proposal.pk}/"
    expected = 302 if name in DECIDERS else 403 if name in {"officer", "other officer", "council"} else 404
    browser = signed_in(who[name])
    assert browser.post(page, {"state": "accepted"}).status_code == expected
    proposal = ChangeProposal.unguarded.get(pk=proposal.pk)
    assert proposal.state == ("accepted" if name in DECIDERS else "proposed")


def test_whoever_proposed_it_does_not_decide(who: dict[str, Actor]) -> None:
    own = propose(who["editor"], **TEXT)
    with pytest.raises(Forbidden):
        decide(who["editor"], own, state="accepted")
    assert decide(who["other editor"], own, state="accepted").decided_by_id == who["other editor"].user_id


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"state": "declined"}, "Say why"),
        ({"state": "in_edition"}, "Choose whether"),
        ({"state": "accepted", "reason": "HEMLIG"}, "HEMLIG"),
    ],
)
def test_a_decision_needs_its_reason(
    who: dict[str, Actor], proposal: ChangeProposal, given: dict[str, Any], refusal: str
) -> None:
    with override("en"), pytest.raises(Refused, match=refusal):
        decide(who["editor"], proposal, **given)
    assert ChangeProposal.unguarded.get().state == proposal.state


def test_it_is_decided_once(who: dict[str, Actor], proposal: ChangeProposal) -> None:
    decide(who["editor"], proposal, state="accepted")
    with override("en"), pytest.raises(Refused, match="already been decided"):
        decide(who["lead"], proposal, state="declined", reason="Ångrar oss.")
    assert ChangeProposal.unguarded.get().state == "accepted"


def test_the_next_edition_answers_it_and_the_one_in_force_is_as_it_was(
    who: dict[str, Actor], proposal: ChangeProposal
) -> None:
    before = policy.current_edition()
    digest = before.digest
    decide(who["editor"], proposal, state="accepted")
    texts = content()
    texts["edition"] = {**texts["edition"], "key": "2027-r1"}
    new = put_in_force(SYSTEM, {**texts, "answers_proposals": [proposal.pk]})
    now = ChangeProposal.unguarded.get(pk=proposal.pk)
    assert (now.state, now.edition, now.taken_up_in) == ("in_edition", before, new)
    assert Edition.objects.get(pk=before.pk).digest == digest


def test_an_edition_cannot_answer_what_was_not_accepted(proposal: ChangeProposal) -> None:
    texts = content()
    texts["edition"] = {**texts["edition"], "key": "2027-r1"}
    with override("en"), pytest.raises(Refused, match="not accepted"):
        put_in_force(SYSTEM, {**texts, "answers_proposals": [proposal.pk]})
    with pytest.raises(ObjectDoesNotExist):
        Edition.objects.get(key="2027-r1")


def test_only_the_system_takes_up(who: dict[str, Actor]) -> None:
    with pytest.raises(Forbidden):
        take_up(who["editor"], edition=policy.current_edition(), numbers=[])
