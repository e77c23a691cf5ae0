"""A partner is looked up: who is meant, every name compared, each hit explained, and a person judges."""

from pathlib import Path

import pytest
from django.utils.translation import override

from radrum.collaborations import ask as gate
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Hit, Partner, PartnerVerdict, Screening
from radrum.collaborations.screen import identify, judge_hit, judged, screen_partner, verdict_on
from radrum.collaborations.show import partner_page
from radrum.core.actor import Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import reading
from radrum.screening.models import Verdict
from radrum.screening.provide import exercise
from radrum.screening.screen import NoList
from tests import factories
from tests.cast import cast, everything
from tests.collaborations.lists import CHANGED, LISTED, NEWER, UNLISTED, load, load_register
from tests.conftest import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "colleague", "adviser", "decider", "their adviser", "officer")


def partner_of(owner: Actor, name: str = LISTED, country: str = "Serranien") -> Partner:
    plan = factories.plan(owner, partners=[(name, country)])
    return Partner.unguarded.get(collaboration=plan)


def hits(screening: Screening) -> list[str]:
    return [hit.entry_id for hit in screening.hits.all()]


def test_a_hit_is_kept_with_list_date_names_reasons_and_effect(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    screening = screen_partner(who["owner"], partner_of(who["owner"]))
    hit = screening.hits.get()
    kept = (hit.list_key, str(hit.list_date), hit.name, hit.asked_name, hit.effect, hit.entry_id)
    assert kept == ("un-sc", "2026-11-23", "VELGRAD INSTITUTE OF PROPULSION", LISTED, "binding", "XXe.002")
    assert [{"sv", "en", "for", "feature"} == set(reason) for reason in hit.reasons] == [True]
    assert [row["key"] for row in screening.searched] == ["un-sc"]
    assert {"sv": "inte inläst", "en": "not loaded"} in [gap["why"] for gap in screening.gaps]
    trail = [(one.verb, one.person_id) for one in Entry.unguarded.order_by("pk")]
    assert trail[-1] == ("partner.screened", who["owner"].user_id)


def test_what_is_not_found_is_said_with_lists_and_dates(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    partner = partner_of(who["owner"], UNLISTED)
    screen_partner(who["owner"], partner)
    with reading(who["owner"]), override("en"):
        shown = partner_page(who["owner"], partner)
    said = "Not found on these lists, as of these dates: UN Security Council consolidated list (2026-11-23)."
    assert (shown["outcome"], shown["hits"], shown["searched"][0]["outcome"]) == (said, [], "not found")


def test_an_old_copy_is_called_too_old(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER.replace("2026-11-23", "2020-01-01"), "un")
    partner = partner_of(who["owner"], UNLISTED)
    screen_partner(who["owner"], partner)
    with reading(who["owner"]), override("en"):
        shown = partner_page(who["owner"], partner)
    said = "Not found in these dated copies; too old to rely on: "
    assert (shown["outcome"].startswith(said), shown["searched"][0]["outcome"]) == (
        True,
        "not found; too old to rely on",
    )


def test_without_a_list_it_refuses_and_keeps_nothing(who: dict[str, Actor]) -> None:
    partner = partner_of(who["owner"])
    before = everything()
    with pytest.raises(NoList):
        screen_partner(who["owner"], partner)
    assert everything() == before


def test_an_exercise_list_is_never_taken_for_real(who: dict[str, Actor]) -> None:
    exercise()
    found, nothing = (
        partner_of(who["owner"], "Velgrads tekniska universitet"),
        partner_of(who["owner"], UNLISTED),
    )
    said = "Only an exercise list of invented names was searched: nothing can be said about anyone."
    for partner, count in ((found, 1), (nothing, 0)):
        screen_partner(who["owner"], partner)
        with reading(who["owner"]), override("en"):
            shown = partner_page(who["owner"], partner)
        assert (shown["outcome"], len(shown["hits"]), shown["invented"]) == (said, count, True)


def test_every_name_of_the_register_is_compared(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER.replace("VELGRAD INSTITUTE OF PROPULSION", "VELGRAD POLYTECHNIC"), "un")
    load_register(tmp_path)
    screening = screen_partner(who["owner"], partner_of(who["owner"], "韦尔格拉德理工大学"))
    assert (screening.certainty, screening.record_name) == ("certain", "Velgrad Polytechnic")
    assert (hits(screening), "韦尔格拉德理工大学" in screening.names) == (["XXe.002"], True)


def test_the_choice_of_who_is_meant_stays_with_the_partner(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER.replace("VELGRAD INSTITUTE OF PROPULSION", "VELGRAD POLYTECHNIC"), "un")
    load_register(tmp_path)
    partner = partner_of(who["owner"], UNLISTED)
    with pytest.raises(Refused):
        identify(who["owner"], partner, ror="0zzzzzz99")
    chosen = identify(who["owner"], partner, ror="0aaaaaa11")
    again = screen_partner(who["owner"], partner)
    assert [(one.certainty, one.ror, hits(one)) for one in (chosen, again)] == [
        ("chosen", "0aaaaaa11", ["XXe.002"])
    ] * 2
    none = identify(who["owner"], partner, ror="")
    assert (none.certainty, none.ror, hits(none), none.names) == ("none", "", [], [UNLISTED])
    assert Screening.unguarded.count() == 3  # earlier look-ups stay


def test_a_verdict_holds_until_the_entry_changes(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    partner = partner_of(who["owner"])
    first = screen_partner(who["owner"], partner)
    judge_hit(who["owner"], partner, hit=first.hits.get(), conclusion="different", reason="Annan stad.")
    again = screen_partner(who["owner"], partner)
    held = verdict_on(again.hits.get(), again, judged([again, first]))
    assert (held and held.conclusion) == "different"
    remembered = Verdict.unguarded.get()
    assert (remembered.conclusion, remembered.entry_id) == ("different", "XXe.002")
    load(tmp_path, CHANGED, "later")
    later = screen_partner(who["owner"], partner)
    assert verdict_on(later.hits.get(), later, judged([later, again, first])) is None


@pytest.mark.parametrize(("conclusion", "reason"), [("same", " "), ("clean", "Därför."), ("", "Därför.")])
def test_a_verdict_needs_a_conclusion_and_a_reason(
    who: dict[str, Actor], tmp_path: Path, conclusion: str, reason: str
) -> None:
    load(tmp_path, NEWER, "un")
    partner = partner_of(who["owner"])
    hit = screen_partner(who["owner"], partner).hits.get()
    with pytest.raises(Refused):
        judge_hit(who["owner"], partner, hit=hit, conclusion=conclusion, reason=reason)
    assert (PartnerVerdict.unguarded.count(), Verdict.unguarded.count()) == (0, 0)


def test_a_hit_of_another_partner_is_not_judged(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    hit = screen_partner(who["owner"], partner_of(who["owner"])).hits.get()
    with pytest.raises(Refused, match="annan partner"):
        judge_hit(who["owner"], partner_of(who["owner"], UNLISTED), hit=hit, conclusion="same", reason="X")


@pytest.mark.parametrize(
    ("name", "handed_in", "may"),
    [
        ("owner", False, True),
        ("colleague", False, False),
        ("adviser", False, False),
        ("adviser", True, True),
        ("decider", True, True),
        ("their adviser", True, False),
        ("officer", True, False),
    ],
)
def test_whoever_sees_the_plan_looks_its_partner_up_and_nobody_else(
    who: dict[str, Actor], tmp_path: Path, name: str, handed_in: bool, may: bool
) -> None:
    load(tmp_path, NEWER, "un")
    made = (factories.handed_in if handed_in else factories.plan)(who["owner"], partners=[(LISTED, "X")])
    partner = Partner.unguarded.get(collaboration=made)
    hit = screen_partner(who["owner"], partner).hits.get()
    before = everything()
    if may:
        screen_partner(who[name], partner)
        judge_hit(who[name], partner, hit=hit, conclusion="unsure", reason="Vet inte.")
        with reading(who[name]):
            assert policy.visible_screenings(who[name]).count() == 2
        return
    for step in (
        lambda: screen_partner(who[name], partner),
        lambda: identify(who[name], partner, ror=""),
        lambda: judge_hit(who[name], partner, hit=hit, conclusion="same", reason="Ja."),
    ):
        with pytest.raises((Forbidden, Unseen)):
            step()
    with reading(who[name]):
        assert (policy.visible_screenings(who[name]).count(), Hit.unguarded.count()) == (0, 0)
    assert everything() == before


def test_a_partner_of_another_name_has_not_been_looked_up(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    partner = partner_of(who["owner"])
    screen_partner(who["owner"], partner)
    Partner.unguarded.filter(pk=partner.pk).update(name=UNLISTED)
    with reading(who["owner"]):
        shown = partner_page(who["owner"], Partner.unguarded.get(pk=partner.pk))
    assert shown["looked_up"] == ""


def test_what_was_found_and_concluded_can_go_with_a_question(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, NEWER, "un")
    partner = partner_of(who["owner"])
    judge_hit(
        who["owner"],
        partner,
        hit=screen_partner(who["owner"], partner).hits.get(),
        conclusion="different",
        reason="Annan stad.",
    )
    plan = Collaboration.unguarded.get(pk=partner.collaboration_id)
    (passage,) = [one for one in gate.passages(plan) if one.key == f"screening.{partner.pk}"]
    for words in (
        "VELGRAD INSTITUTE OF PROPULSION",
        "23 november 2026",
        "bindande här",
        "Annan stad.",
        "inte inläst",
    ):
        assert words in passage.text
    assert (passage.label, passage.required) == (f"Uppslagen: {LISTED}", False)
