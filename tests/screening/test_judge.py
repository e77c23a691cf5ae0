"""Verdicts hold until the entry changes; checks of persons keep no name unless a hit is confirmed."""

from pathlib import Path
from typing import Any

import pytest

from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Refused
from radrum.core.scope import reading, writing
from radrum.screening import lists, policy
from radrum.screening.judge import confirm_person, entry_of, judge, screen_person, verdicts_on
from radrum.screening.kept import subject_of
from radrum.screening.models import PersonCheck, Verdict
from radrum.screening.screen import Answer, screen
from tests.conftest import Act
from tests.screening import samples
from tests.screening.conftest import WORLD
from tests.screening.test_folder import lay

FJALLBY, SJOBY = ("Fjällby universitet", "institution"), ("Sjöby högskola", "institution")


@pytest.fixture
def loaded(committed: str, tmp_path: Path) -> Path:
    lists.load_place(SYSTEM, lay(tmp_path / "world", WORLD))
    return tmp_path


def verdicts(actor: Actor, answer: Answer) -> list[tuple[str, str, str]]:
    with reading(actor):
        return [(*entry[:2], verdict.conclusion) for entry, verdict in verdicts_on(actor, answer).items()]


def about(answer: Answer) -> dict[str, Any]:
    return {"subject": subject_of(answer), "entry": entry_of(answer.hits[0])}


def test_a_verdict_is_the_organisations_own_and_holds_until_the_entry_changes(act: Act, loaded: Path) -> None:
    researcher, colleague, stranger = (
        act(*FJALLBY, "researcher"),
        act(*FJALLBY, "adviser"),
        act(*SJOBY, "adviser"),
    )
    answer = screen("Velgrad Institute of Propulsion")
    judge(researcher, **about(answer), conclusion="different", reason="Another town.")
    held = [("un-sc", "XXe.002", "different")]
    assert (verdicts(colleague, answer), verdicts(stranger, answer)) == (held, [])
    assert verdicts(colleague, screen("VELGRAD institute of propulsion")) == held  # the same words
    judge(colleague, **about(answer), conclusion="same", reason="It moved.")
    assert verdicts(colleague, answer) == [("un-sc", "XXe.002", "same")]  # the newest of the two
    assert verdicts(researcher, answer) == held  # each has their own
    assert verdicts(act(*FJALLBY, "researcher", name="Sven"), answer) == []
    changed = samples.UN.replace("2026-02-27", "2026-11-24").replace("Tehran", "Shiraz")
    lists.load_place(SYSTEM, lay(loaded / "later", {"un.xml": changed}))
    assert verdicts(researcher, screen("Velgrad Institute of Propulsion")) == []


@pytest.mark.parametrize(("conclusion", "reason"), [("same", "  "), ("clean", "Because.")])
def test_a_verdict_needs_a_reason_and_a_known_conclusion(
    act: Act, loaded: Path, conclusion: str, reason: str
) -> None:
    answer = screen("Velgrad Institute of Propulsion")
    with pytest.raises(Refused):
        judge(act(*FJALLBY, "adviser"), **about(answer), conclusion=conclusion, reason=reason)
    with writing(SYSTEM):
        assert Verdict.unguarded.count() == 0


@pytest.mark.parametrize(
    ("organisation", "role", "allowed"),
    [
        (FJALLBY, "adviser", True),
        (FJALLBY, "decision_maker", True),
        (FJALLBY, "contact_point", True),
        (FJALLBY, "researcher", False),
        (FJALLBY, "organisation_admin", False),
        (("Nationella funktionen", "national"), "desk_officer", True),
        (("Nationella funktionen", "national"), "editor", False),
    ],
)
def test_who_looks_up_a_person(
    act: Act, loaded: Path, organisation: tuple[str, str], role: str, allowed: bool
) -> None:
    actor = act(*organisation, role)
    if allowed:
        assert screen_person(actor, name="Testin Exemplov", ground="Appointment").hits == 1
    else:
        with pytest.raises(Forbidden):
            screen_person(actor, name="Testin Exemplov", ground="Appointment")
    with writing(SYSTEM):
        assert PersonCheck.unguarded.count() == allowed


def stored() -> str:
    with writing(SYSTEM):
        return str(list(PersonCheck.unguarded.values()))


def test_only_binding_lists_are_searched_and_no_name_is_kept(act: Act, loaded: Path) -> None:
    actor = act(*FJALLBY, "adviser")
    check = screen_person(actor, name="Testin Exemplov", ground="Guest researcher, aspect 4.2")
    answer: Any = check.answer
    assert [(hit.listed.key, hit.legal_effect) for hit in answer.hits] == [("un-sc", "binding")]
    assert [one["list"] for one in check.searched] == ["UN Security Council consolidated list"]
    assert ("Guest researcher" in stored(), "xemplov" in stored().lower()) == (True, False)


def test_a_name_is_kept_when_the_hit_is_confirmed(act: Act, loaded: Path) -> None:
    actor, colleague = act(*FJALLBY, "adviser"), act(*FJALLBY, "decision_maker")
    check = screen_person(actor, name="Testin Exemplov", ground="Appointment")
    hit = check.answer.hits[0]
    which = {"list_key": hit.listed.key, "entry_id": hit.entry_id}
    with pytest.raises(Forbidden):
        confirm_person(colleague, check, name="Testin Exemplov", **which, reason="The same birth year.")
    with pytest.raises(Refused):
        confirm_person(actor, check, name="Testin Exemplov", **which, reason=" ")
    with pytest.raises(Refused, match="ingen träff"):
        confirm_person(actor, check, name="Somebody Else", **which, reason="The same birth year.")
    assert "Exemplov" not in stored()
    confirmed = confirm_person(actor, check, name="Testin Exemplov", **which, reason="The same birth year.")
    assert (confirmed.confirmed_name, confirmed.confirmed_list, confirmed.confirmed_entry) == (
        "Testin Exemplov",
        "un-sc",
        "XXi.001",
    )


def test_a_check_needs_a_ground(act: Act, loaded: Path) -> None:
    with pytest.raises(Refused):
        screen_person(act(*FJALLBY, "adviser"), name="Testin Exemplov", ground=" ")


@pytest.mark.parametrize(
    ("organisation", "role", "sees"),
    [(FJALLBY, "decision_maker", 1), (FJALLBY, "researcher", 0), (SJOBY, "adviser", 0)],
)
def test_who_sees_that_a_check_was_made(
    act: Act, loaded: Path, organisation: tuple[str, str], role: str, sees: int
) -> None:
    screen_person(act(*FJALLBY, "adviser"), name="Testin Exemplov", ground="Appointment")
    actor = act(*organisation, role)
    with reading(actor):
        assert (policy.visible_person_checks(actor).count(), PersonCheck.unguarded.count()) == (sees, sees)
