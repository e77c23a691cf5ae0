"""Meetings: who sees them, who comes, who waits, who is told, and that the link goes to nobody else."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError
from django.db.transaction import atomic
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from radrum.community import policy
from radrum.community.arrange import arrange, cancel, change
from radrum.community.attend import register, withdraw
from radrum.community.models import Door, Event, Registration
from radrum.community.remind import forget_old_registrations, remind
from radrum.core.actor import STRANGER, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from radrum.core.scope import reading, writing
from tests.cast import CAST, cast, signed_in
from tests.conftest import Act
from tests.jobs import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
LINK = "https://mote.example/hemligt-rum"
STARTS = (timezone.now() + timedelta(days=14)).replace(microsecond=0)
ARRANGERS = {"officer", "other officer", "lead", "editor"}


def event(editor: Actor, **fields: Any) -> Event:
    """An open meeting with a link."""
    given = {
        "title_sv": "Öppet samtal",
        "title_en": "Open talk",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2),
        "link": LINK,
        **fields,
    }
    made: Event = arrange(editor, **given)
    return made


@pytest.fixture
def editor(act: Act) -> Actor:
    return cast(act, "editor")["editor"]


def _state(actor: Actor) -> list[str]:
    return list(Registration.unguarded.filter(person_id=actor.user_id).values_list("state", flat=True))


def _own(actor: Actor) -> Registration:
    return Registration.unguarded.get(person_id=actor.user_id)


# --- Arranging -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAST)
def test_the_desk_and_the_editor_arrange_and_nobody_else(act: Act, name: str) -> None:
    actor = cast(act, name)[name]
    if name in ARRANGERS:
        event(actor)
    else:
        with pytest.raises(Forbidden):
            event(actor)
    status = 200 if name in ARRANGERS else 403
    assert (Event.unguarded.count(), signed_in(actor).get("/meetings/new/").status_code) == (
        int(name in ARRANGERS),
        status,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": STARTS},
        {"starts_at": timezone.now() - timedelta(hours=1)},
        {"audience": "kind"},
        {"kind": "funder"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_does_not_hold_is_refused(editor: Actor, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        event(editor, **wrong)
    assert Event.unguarded.count() == 0


def test_a_form_with_the_clock_of_another_place(editor: Actor) -> None:
    day = f"{STARTS:%Y-%m-%d}"
    fields = {
        "title_sv": "Samtal", "title_en": "Talk", "starts_at": f"{day}T13:00", "ends_at": f"{day}T14:00",
        "time_zone": "Europe/Helsinki", "audience": "open", "link": LINK,
    }  # fmt: skip
    browser = signed_in(editor)
    assert browser.post("/meetings/new/", fields).status_code == 302
    made = Event.unguarded.get()
    assert made.starts_at == datetime.fromisoformat(f"{day}T13:00").replace(
        tzinfo=ZoneInfo("Europe/Helsinki")
    )
    page = browser.get(f"/meetings/{made.pk}/edit/").context["form"].initial
    assert (page["starts_at"], page["link"]) == (f"{day}T13:00", LINK)
    wrong = browser.post("/meetings/new/", {**fields, "starts_at": "i morgon", "title_sv": "Kvar"})
    assert (wrong.status_code, "Kvar" in wrong.content.decode(), Event.unguarded.count()) == (200, True, 1)


def test_two_who_change_at_once(editor: Actor) -> None:
    made = event(editor)
    change(editor, made, version=1, place="Mittby", link=LINK)
    with pytest.raises(Stale):
        change(editor, made, version=1, place="Sjöby", link=LINK)
    assert Event.unguarded.get().place == "Mittby"


def test_seats_cannot_be_taken_from_those_who_have_them(act: Act, editor: Actor) -> None:
    made = event(editor, seats=2)
    for actor in cast(act, "owner", "adviser").values():
        register(actor, event=made)
    with pytest.raises(Refused):
        change(editor, made, seats=1, link=LINK)
    change(editor, made, seats=None, link=LINK)


# --- Seeing ----------------------------------------------------------------------------------------


def test_each_sees_what_is_for_them(act: Act, editor: Actor) -> None:
    for title, more in {
        "open": {}, "members": {"audience": "members"}, "funders": {"audience": "kind", "kind": "funder"},
    }.items():  # fmt: skip
        event(editor, title_sv=title, **more)
    seen = {}
    for name, actor in {**cast(act, "owner", "funder", "expert", "officer"), "": STRANGER}.items():
        with reading(actor):
            seen[name] = set(policy.visible_events(actor).values_list("title_sv", flat=True))
            assert seen[name] == set(
                Event.unguarded.values_list("title_sv", flat=True)
            )  # the net says the same
    everything = {"open", "members", "funders"}
    assert seen == {
        "owner": {"open", "members"},
        "expert": {"open", "members"},
        "funder": everything,
        "officer": everything,
        "": {"open"},
    }


def test_a_meeting_for_others_does_not_exist(act: Act, editor: Actor, client: Client) -> None:
    closed = event(editor, audience="kind", kind="funder")
    who = cast(act, "owner", "funder")
    own, other = signed_in(who["funder"]), signed_in(who["owner"])
    for end in ("", "event.ics"):
        assert own.get(f"/meetings/{closed.pk}/{end}").status_code == 200
        for browser in (other, client):
            assert browser.get(f"/meetings/{closed.pk}/{end}").status_code == 404
            assert browser.get(f"/meetings/999999/{end}").status_code == 404
    assert other.post(f"/meetings/{closed.pk}/register/").status_code == 404
    with pytest.raises(Unseen):
        register(who["owner"], event=closed)
    texts = [client.get(path).content.decode() for path in ("/meetings/", "/meetings/calendar.ics")]
    assert ["Öppet samtal" in text for text in texts] == [False, False]


def test_the_link_is_for_whoever_has_a_place(act: Act, editor: Actor, client: Client) -> None:
    made = event(editor, seats=1)
    who = cast(act, "owner", "adviser", "colleague")
    register(who["owner"], event=made)
    register(who["adviser"], event=made)  # waits
    page = f"/meetings/{made.pk}/"
    shows = {name: LINK in signed_in(actor).get(page).content.decode() for name, actor in who.items()}
    assert shows == {"owner": True, "adviser": False, "colleague": False}
    assert LINK in signed_in(editor).get(page).content.decode()
    for path in (page, "/meetings/", "/meetings/calendar.ics", f"{page}event.ics"):
        for browser in (client, signed_in(who["owner"])):
            text = browser.get(path).content.decode().replace("\r\n ", "")
            assert (LINK in text) is (path == page and browser is not client)
    assert [job for job in waiting() if LINK in str(job) or "samtal" in str(job)] == []
    withdraw(who["owner"], _own(who["owner"]))
    assert LINK not in signed_in(who["owner"]).get(page).content.decode()
    assert LINK in signed_in(who["adviser"]).get(page).content.decode()
    for name, count in {"owner": 0, "adviser": 1, "colleague": 0}.items():
        with reading(who[name]):
            assert Door.unguarded.count() == count  # the net under the policy


def test_those_who_come_see_those_who_agreed(act: Act, editor: Actor) -> None:
    made = event(editor)
    who = cast(act, "owner", "adviser", "their contact", "colleague")
    register(who["owner"], event=made, shows_name=True)
    register(who["adviser"], event=made, shows_name=False)
    register(who["their contact"], event=made, shows_name=True)
    names = {
        name: {row["name"] for row in signed_in(actor).get(f"/meetings/{made.pk}/").context["people"]}
        for name, actor in {**who, "editor": editor}.items()
    }
    assert names == {
        "owner": {"owner", "their contact"},
        "adviser": {"owner", "their contact"},
        "their contact": {"owner", "their contact"},
        "colleague": set(),
        "editor": {"owner", "adviser", "their contact"},
    }
    for name, count in {"owner": 2, "adviser": 3, "colleague": 0}.items():
        with reading(who[name]):
            assert Registration.unguarded.count() == count
    assert signed_in(who["owner"]).get(f"/meetings/{made.pk}/").context["people"][0]["email"] == ""


# --- Coming ----------------------------------------------------------------------------------------


def test_a_full_meeting_has_a_waiting_list_and_the_first_moves_up(act: Act, editor: Actor) -> None:
    made = event(editor, seats=1)
    who = cast(act, "owner", "adviser", "contact")
    for actor in who.values():
        register(actor, event=made)
    assert [_state(actor) for actor in who.values()] == [["place"], ["waiting"], ["waiting"]]
    withdraw(who["owner"], _own(who["owner"]))
    assert [_state(actor) for actor in who.values()] == [["withdrawn"], ["place"], ["waiting"]]
    told = [(job["person_id"], job["notice"]) for job in waiting("send_notice")]
    assert told == [
        (who["owner"].user_id, "event_place"),
        (who["adviser"].user_id, "event_waiting"),
        (who["contact"].user_id, "event_waiting"),
        (who["adviser"].user_id, "event_place"),
    ]
    change(editor, made, seats=2, link=LINK)
    assert _state(who["contact"]) == ["place"]
    verbs = list(Entry.unguarded.order_by("pk").values_list("verb", flat=True))
    assert verbs[-4:] == [
        "registration.moved_up",
        "registration.withdrawn",
        "registration.moved_up",
        "event.changed",
    ]


def test_registering_again_goes_to_the_end_of_the_line(act: Act, editor: Actor) -> None:
    made = event(editor, seats=1)
    who = cast(act, "owner", "adviser")
    for actor in who.values():
        register(actor, event=made)
    with pytest.raises(Refused):
        register(who["owner"], event=made)
    withdraw(who["owner"], _own(who["owner"]))
    with pytest.raises(Refused):
        withdraw(who["owner"], _own(who["owner"]))
    register(who["owner"], event=made)
    assert (_state(who["owner"]), _state(who["adviser"]), Registration.unguarded.count()) == (
        ["waiting"],
        ["place"],
        2,
    )


def test_nobody_withdraws_or_registers_for_another(act: Act, editor: Actor) -> None:
    made, who = event(editor), cast(act, "owner", "adviser")
    register(who["owner"], event=made, shows_name=True)
    for other in (who["adviser"], editor):
        with pytest.raises((Forbidden, Unseen)):
            withdraw(other, _own(who["owner"]))
    row = {
        "event": made,
        "person_id": who["owner"].user_id,
        "organisation_id": 1,
        "since": STARTS,
        "state": "place",
    }
    with pytest.raises(ProgrammingError, match="row-level security"), atomic(), writing(who["adviser"]):
        Registration.unguarded.create(**row)
    assert signed_in(who["adviser"]).post(f"/meetings/{made.pk}/withdraw/").status_code == 404


def test_what_has_begun_or_is_cancelled_takes_nobody(act: Act, editor: Actor) -> None:
    who = cast(act, "owner", "adviser")
    begun, called_off = event(editor), event(editor)
    register(who["owner"], event=begun)
    now = timezone.now()
    Event.unguarded.filter(pk=begun.pk).update(starts_at=now - timedelta(minutes=1))
    cancel(editor, called_off)
    for made in (begun, called_off):
        with pytest.raises(Refused):
            register(who["adviser"], event=made)
    with pytest.raises(Refused):
        withdraw(who["owner"], _own(who["owner"]))
    with pytest.raises(Refused):
        cancel(editor, called_off)


def test_a_cancelled_or_moved_meeting_is_told_to_those_who_come_or_wait(act: Act, editor: Actor) -> None:
    made = event(editor, seats=1)
    who = cast(act, "owner", "adviser", "contact")
    for actor in who.values():
        register(actor, event=made)
    withdraw(who["contact"], _own(who["contact"]))
    before = len(waiting("send_notice"))
    change(editor, made, about_sv="Mer text.", link=LINK)
    assert len(waiting("send_notice")) == before
    change(editor, made, place="Mittby", link=LINK)
    cancel(editor, made)
    told = [(job["person_id"], job["notice"]) for job in waiting("send_notice")[before:]]
    both = [who["owner"].user_id, who["adviser"].user_id]
    assert told == [*[(pk, "event_changed") for pk in both], *[(pk, "event_cancelled") for pk in both]]


def test_reminded_once_the_day_before(act: Act, editor: Actor) -> None:
    who = cast(act, "owner", "adviser")
    soon, later = event(editor, starts_at=timezone.now() + timedelta(hours=20)), event(editor)
    register(who["owner"], event=soon)
    register(who["adviser"], event=later)
    assert [remind(timezone.now()) for _again in range(2)] == [1, 0]
    assert [job["person_id"] for job in waiting() if job["notice"] == "event_tomorrow"] == [
        who["owner"].user_id
    ]


def test_who_came_is_forgotten_after_a_year_with_its_history(act: Act, editor: Actor) -> None:
    who = cast(act, "owner", "adviser")
    old, new = event(editor), event(editor)
    register(who["owner"], event=old)
    register(who["adviser"], event=new)
    for made, days in ((old, 366), (new, 364)):
        ended = timezone.now() - timedelta(days=days)
        Event.unguarded.filter(pk=made.pk).update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    for _again in range(2):
        forget_old_registrations(timezone.now())
    history = Registration.pgh_event_model.unguarded.values_list("person_id", flat=True)  # type: ignore[attr-defined]
    assert (_state(who["owner"]), _state(who["adviser"]), set(history)) == (
        [],
        ["place"],
        {who["adviser"].user_id},
    )


def test_on_the_pages(act: Act, editor: Actor) -> None:
    made, owner = event(editor), cast(act, "owner")["owner"]
    browser, page = signed_in(owner), f"/meetings/{made.pk}/"
    assert browser.post(f"{page}register/", {"shows_name": "on"}).status_code == 302
    assert ("Du har en plats" in browser.get(page).content.decode(), _own(owner).shows_name) == (True, True)
    [section] = [one for one in browser.get("/room/").context["sections"] if one["id"] == "meetings"]
    assert [row["url"] for row in section["rows"]] == [page]
    assert browser.post(f"{page}withdraw/").status_code == 302
    assert _state(owner) == ["withdrawn"]
    assert browser.post(f"{page}cancel/").status_code == 403
    assert signed_in(editor).post(f"{page}cancel/").status_code == 302
    assert "Inställt" in browser.get(page).content.decode()


# --- The calendar file -----------------------------------------------------------------------------


def test_a_calendar_reads_it(client: Client, editor: Actor) -> None:
    made = event(editor, place="Mittby, Övningshuset; stora salen", about_sv="Rad ett\nRad två")
    [entry] = Calendar.from_ical(client.get(f"/meetings/{made.pk}/event.ics").content).walk("VEVENT")
    assert (str(entry["SUMMARY"]), entry["DTSTART"].dt, str(entry["LOCATION"]), entry["SEQUENCE"]) == (
        "Öppet samtal",
        STARTS,
        "Mittby, Övningshuset; stora salen",
        0,
    )
    assert entry["DTSTART"].params["TZID"] == "Europe/Stockholm"
    first = str(entry["UID"])
    cancel(editor, made)
    [entry] = Calendar.from_ical(client.get("/meetings/calendar.ics").content).walk("VEVENT")
    assert (str(entry["UID"]), str(entry["STATUS"]), entry["SEQUENCE"]) == (first, "CANCELLED", 1)


def test_the_calendar_to_subscribe_to_is_the_same_for_all(act: Act, editor: Actor, client: Client) -> None:
    event(editor, audience="members")
    mine = signed_in(cast(act, "owner")["owner"]).get("/meetings/calendar.ics").content
    assert b"VEVENT" not in mine
    assert mine == client.get("/meetings/calendar.ics").content
