"""A list changes: the partners it concerns are compared again, their owners are told once, nobody else is."""

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from radrum.collaborations import policy
from radrum.collaborations.look_again import CHANGED as CHANGED_ENTRY
from radrum.collaborations.look_again import GONE, NEW, differs, follow, look_again, read_alert
from radrum.collaborations.models import ListAlert, Partner, Screening
from radrum.collaborations.pass_on import pass_on
from radrum.collaborations.screen import screen_partner
from radrum.collaborations.show import alert_rows
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Unseen
from radrum.core.scope import reading
from radrum.screening import watch
from radrum.screening.models import ListVersion
from tests import factories
from tests.cast import cast, signed_in
from tests.collaborations.lists import ACADEMY, CHANGED, LISTED, NEWER, OLDER, UNLISTED, load
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "colleague", "adviser", "decider", "their researcher", "officer")


def plan_with(owner: Actor, *names: str, **fields: Any) -> list[Partner]:
    made = factories.plan(owner, partners=[(name, "Serranien") for name in names], **fields)
    return list(made.partners.all())


def told() -> dict[int, list[tuple[str, str]]]:
    return {
        alert.person_id: [(row["partner"], row["what"]) for row in alert.partners]
        for alert in ListAlert.unguarded.all()
    }


def mails() -> list[tuple[int, str]]:
    sent = [(job["person_id"], job["notice"]) for job in waiting("send_notice")]
    return [mail for mail in sent if mail[1] == "list_changed"]


def test_owners_of_the_partners_concerned_are_told_once_and_nobody_else(
    who: dict[str, Actor], tmp_path: Path
) -> None:
    load(tmp_path, OLDER, "older")
    plan_with(who["owner"], LISTED, UNLISTED)
    plan_with(who["colleague"], UNLISTED)
    gone = plan_with(who["their researcher"], ACADEMY)
    screen_partner(who["their researcher"], gone[0])
    assert look_again() == []
    (version,) = load(tmp_path, NEWER, "newer").loaded
    alerts = look_again()
    owner, theirs = who["owner"].user_id, who["their researcher"].user_id
    assert told() == {owner: [(LISTED, NEW)], theirs: [(ACADEMY, GONE)]}
    assert (len(alerts), mails()) == (2, [(owner, "list_changed"), (theirs, "list_changed")])
    assert look_again() == []
    assert follow(SYSTEM, version) == []
    assert (len(told()), len(mails())) == (2, 2)


def test_what_was_found_stands_on_the_plan_with_why_it_was_looked_up(
    who: dict[str, Actor], tmp_path: Path
) -> None:
    load(tmp_path, OLDER, "older")
    (partner,) = plan_with(who["owner"], LISTED)
    load(tmp_path, NEWER, "newer")
    look_again()
    screening = Screening.unguarded.get(collaboration_id=partner.collaboration_id)
    assert (screening.because, screening.screened_by_id, [hit.entry_id for hit in screening.hits.all()]) == (
        "list_changed",
        None,
        ["XXe.002"],
    )


def test_an_unchanged_hit_is_not_raised_again_and_a_changed_one_is(
    who: dict[str, Actor], tmp_path: Path
) -> None:
    load(tmp_path, OLDER, "older")
    load(tmp_path, NEWER, "newer")
    (partner,) = plan_with(who["owner"], LISTED)
    screen_partner(who["owner"], partner)
    assert (look_again(), Screening.unguarded.count()) == ([], 1)
    load(tmp_path, CHANGED, "changed")
    look_again()
    assert (told(), Screening.unguarded.count()) == (
        {who["owner"].user_id: [(LISTED, CHANGED_ENTRY)]},
        2,
    )


def test_plans_that_were_declined_or_have_ended_are_not_watched(
    who: dict[str, Actor], tmp_path: Path
) -> None:
    load(tmp_path, OLDER, "older")
    made = factories.prepared(who["owner"], who["adviser"], partners=[(LISTED, "X")])
    factories.decide(who["decider"], made, outcome="refrain", reasons="Nej.", given_up="Allt.")
    plan_with(who["owner"], LISTED, starts_on="2020-01-01", ends_on="2020-12-31")
    load(tmp_path, NEWER, "newer")
    assert (look_again(), told(), mails()) == ([], {}, [])


def test_the_first_copy_of_a_list_changes_nothing(who: dict[str, Actor], tmp_path: Path) -> None:
    plan_with(who["owner"], LISTED)
    load(tmp_path, NEWER, "first")
    assert (look_again(), told()) == ([], {})


@pytest.mark.parametrize(
    ("before", "now", "what"),
    [
        ({}, {("l", "1"): "a"}, NEW),
        ({("l", "1"): "a"}, {("l", "1"): "b"}, CHANGED_ENTRY),
        ({("l", "1"): "a"}, {("l", "1"): "a"}, ""),
        ({("l", "9"): "a"}, {}, GONE),
        ({}, {("l", "2"): "a"}, ""),  # another list's entry, not this change
        ({("l", "8"): "a"}, {}, ""),
        ({("l", "9"): "a", ("l", "1"): "a"}, {("l", "1"): "b"}, CHANGED_ENTRY),
    ],
)
def test_what_a_change_means_for_a_partner(
    before: dict[tuple[str, str], str], now: dict[tuple[str, str], str], what: str
) -> None:
    change = watch.Changed(frozenset({("l", "1")}), frozenset({("l", "9")}))
    assert differs(before, now, change) == what


def test_only_candidates_are_compared_with_the_whole_lists(
    who: dict[str, Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from radrum.collaborations import look_again as step

    load(tmp_path, OLDER, "older")
    plan_with(who["owner"], LISTED, *(f"Fjärran {place} akademi" for place in ("Nord", "Syd", "Öst")))
    load(tmp_path, NEWER, "newer")
    compared: list[str] = []
    real = step.compare
    monkeypatch.setattr(step, "compare", lambda one, book: compared.append(one.name) or real(one, book))
    look_again()
    assert compared == [LISTED]


def test_an_alert_stands_in_its_owners_room_until_it_is_put_aside(
    who: dict[str, Actor], tmp_path: Path
) -> None:
    load(tmp_path, OLDER, "older")
    plan_with(who["owner"], LISTED)
    load(tmp_path, NEWER, "newer")
    (alert,) = look_again()
    with reading(who["owner"]), override("en"):
        (row,) = alert_rows(who["owner"], 8)
    said = "UN Security Council consolidated list, copy of 23 November 2026. "
    assert row["text"] == f"{said}{LISTED}: a new hit to judge."
    for name in ("colleague", "adviser", "officer"):
        with reading(who[name]):
            assert (alert_rows(who[name], 8), ListAlert.unguarded.count()) == ([], 0)
            assert policy.visible_alerts(who[name]).count() == 0
        with pytest.raises((Forbidden, Unseen)):
            read_alert(who[name], alert)
        assert signed_in(who[name]).post(f"/collaborations/alerts/{alert.pk}/read/").status_code == 404
    browser = signed_in(who["owner"])
    assert LISTED in browser.get("/room/").content.decode()
    assert browser.post(f"/collaborations/alerts/{alert.pk}/read/").status_code == 302
    assert LISTED not in browser.get("/room/").content.decode()


def test_only_the_system_follows_a_list(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, OLDER, "older")
    (version,) = load(tmp_path, NEWER, "newer").loaded
    for name in ("owner", "officer"):
        with pytest.raises(Forbidden):
            follow(who[name], version)
    assert ListVersion.objects.get(pk=version.pk).told_at is None


def test_an_unread_alert_goes_along_when_the_plan_is_passed_on(who: dict[str, Actor], tmp_path: Path) -> None:
    load(tmp_path, OLDER, "older")
    (partner,) = plan_with(who["owner"], LISTED)
    plan_with(who["owner"], LISTED)  # another plan of the same owner stays
    load(tmp_path, NEWER, "newer")
    look_again()
    owner, colleague = who["owner"].user_id, who["colleague"].user_id
    assert told() == {owner: [(LISTED, NEW)] * 2}
    pass_on(who["owner"], partner.collaboration, to=who["colleague"].user)
    assert told() == {owner: [(LISTED, NEW)], colleague: [(LISTED, NEW)]}
    with reading(who["colleague"]):
        assert len(alert_rows(who["colleague"], 8)) == 1
