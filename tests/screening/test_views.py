"""Looking up, open to all: nothing is stored, it is limited, and it is not for persons."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from radrum.accounts.models import Draft
from radrum.core.actor import SYSTEM
from radrum.core.models import Entry
from radrum.core.scope import writing
from radrum.screening import limit, lists
from radrum.screening.models import PersonCheck
from radrum.screening.provide import exercise
from tests.cast import cast, everything, signed_in
from tests.conftest import Act
from tests.screening.conftest import WORLD
from tests.screening.test_folder import lay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]
PAGE, LISTS, PERSON = "/look-up/", "/look-up/lists/", "/look-up/person/"


@pytest.fixture
def loaded(tmp_path: Path) -> None:
    lists.load_place(SYSTEM, lay(tmp_path / "world", WORLD))


def asked(client: Client, **fields: str) -> Any:
    return client.post(PAGE, {"name": "", "country": "", "ror": "", **fields})


def test_a_stranger_looks_an_organisation_up_and_nothing_is_stored(client: Client, loaded: None) -> None:
    before, entries = everything(), Entry.unguarded.count()
    response = asked(client, name="Velgrad Institute of Propulsion")
    text = response.content.decode()
    for words in ("VELGRAD INSTITUTE OF PROPULSION", "bindande här", "Talar för", "23 november 2026"):
        assert words in text
    assert (everything(), Entry.unguarded.count(), Draft.unguarded.count()) == (before, entries, 0)
    assert response.status_code == 200


def test_an_entry_on_two_lists_is_one_hit_with_both(client: Client, loaded: None) -> None:
    (hit,) = asked(client, name="Velgrad Institute of Propulsion").context["answer"]["hits"]
    assert (hit["list"], len(hit["also"])) == ("FN:s säkerhetsråds konsoliderade sanktionslista", 1)
    assert hit["also"][0].startswith("Storbritanniens sanktionslista, kopia från 10 september 2026")


def test_not_found_is_said_with_the_dates_and_never_as_clean(client: Client, loaded: None) -> None:
    text = asked(client, name="Sjöhem").content.decode()
    assert "Finns inte på dessa listor, per dessa datum" in text
    for word in ("godkänd", "frikänd", "riskfri", " ren "):
        assert word not in text.lower()


def test_persons_are_not_found_here(client: Client, loaded: None) -> None:
    assert asked(client, name="Testin Exemplov").context["answer"]["hits"] == []


def test_several_may_be_meant_and_one_may_be_chosen(client: Client, loaded: None) -> None:
    answer = asked(client, name="VPU").context["answer"]
    assert {one["ror"] for one in answer["candidates"]} == {"0aaaaaa11", "0bbbbbb22"}
    chosen = asked(client, name="VPU", ror="0aaaaaa11").context["answer"]
    assert (chosen["record"]["name"], chosen["candidates"]) == ("Velgrad Polytechnic", [])
    none = asked(client, name="VPU", ror="none").context["answer"]
    assert (none["record"], none["names"]) == (None, ["VPU"])


@pytest.mark.parametrize("name", ["", " ", "x" * 201])
def test_what_is_wrong_is_said_and_stays(client: Client, loaded: None, name: str) -> None:
    response = asked(client, name=name)
    assert (response.status_code, response.context["answer"], bool(response.context["form"].errors)) == (
        200,
        None,
        True,
    )


def test_without_lists_it_refuses_with_a_sentence(client: Client) -> None:
    response = asked(client, name="Velgrad")
    assert response.context["answer"] is None
    assert "går det inte att säga något om någon" in response.content.decode()


def test_it_is_limited_and_what_was_typed_stays(client: Client, loaded: None) -> None:
    for _ in range(limit.TRIES):
        assert asked(client, name="Sjöhem").status_code == 200
    response = asked(client, name="Sjöhem")
    assert (response.status_code, response.context["answer"]) == (429, None)
    assert 'value="Sjöhem"' in response.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert asked(elsewhere, name="Sjöhem").status_code == 200


def test_only_a_trusted_proxy_says_whose_address_it_is(client: Client, loaded: None, settings: Any) -> None:
    for number in range(limit.TRIES):
        asked(Client(headers={"X-Forwarded-For": f"192.0.2.{number}"}), name="Sjöhem")
    assert asked(client, name="Sjöhem").status_code == 429
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = Client(headers={"X-Forwarded-For": "6.6.6.6, 192.0.2.200", "X-Forwarded-Proto": "https"})
    assert asked(behind, name="Sjöhem").status_code == 200


def test_the_lists_are_shown_with_keeper_date_effect_and_age(client: Client, loaded: None) -> None:
    rows = {row["key"]: row for row in client.get(LISTS).context["lists"]}
    assert set(rows) == {"un-sc", "uk-sl", "seven-sons", "ror"}
    un, uk = rows["un-sc"], rows["uk-sl"]
    assert (un["date"], un["effect"], un["entries"], un["stale"]) == (
        "23 november 2026",
        "bindande här",
        2,
        "aktuell",
    )
    assert (uk["effect"], uk["stale"]) == ("utländsk rätt som kan nå dig", "för gammal att lita på")
    text = client.get(LISTS).content.decode()
    assert ("Ingen jurist" in text, "aldrig ett godkännande" in text) == (True, True)


def test_before_anything_is_loaded_the_page_says_so(client: Client) -> None:
    assert "Ingen lista är inläst" in client.get(LISTS).content.decode()


def test_the_exercise_list_is_shown_as_invented_and_not_beside_real_ones(
    client: Client, tmp_path: Path
) -> None:
    exercise()
    (row,) = client.get(LISTS).context["lists"]
    assert (row["invented"], "påhittade" in client.get(LISTS).content.decode()) == (True, True)
    found = asked(client, name="Velgrads tekniska universitet").context["answer"]
    assert (found["invented"], len(found["hits"])) == (True, 1)
    lists.load_place(SYSTEM, lay(tmp_path / "world", WORLD))
    assert [row["invented"] for row in client.get(LISTS).context["lists"]] == [False] * 4
    real = asked(client, name="Velgrads tekniska universitet").context["answer"]
    assert (real["invented"], [hit["list"] for hit in real["hits"] if "Övning" in hit["list"]]) == (False, [])


def test_whoever_may_look_up_people_is_led_there(act: Act, client: Client) -> None:
    who = cast(act, "adviser", "owner")
    assert [PERSON in signed_in(who[name]).get(PAGE).content.decode() for name in who] == [True, False]
    assert PERSON not in client.get(PAGE).content.decode()


# --- Persons -------------------------------------------------------------------------------------------


def stored() -> str:
    with writing(SYSTEM):
        return str([*PersonCheck.unguarded.values(), *Draft.unguarded.values()])


def test_a_person_is_looked_up_with_a_ground_and_the_name_is_not_kept(act: Act, loaded: None) -> None:
    who = cast(act, "adviser", "owner", "their adviser")
    browser = signed_in(who["adviser"])
    nothing = browser.post(PERSON, {"name": "Testin Exemplov", "ground": ""})
    assert (nothing.status_code, PersonCheck.unguarded.count()) == (200, 0)
    response = browser.post(PERSON, {"name": "Testin Exemplov", "ground": "Anställning, 4.2"})
    (hit,) = response.context["hits"]
    assert (hit["list_key"], hit["entry_id"]) == ("un-sc", "XXi.001")
    assert ("Anställning" in stored(), "xemplov" in stored().lower()) == (True, False)
    assert "xemplov" not in browser.get(PERSON).content.decode().lower()
    assert signed_in(who["owner"]).get(PERSON).status_code == 403
    assert "Anställning" not in signed_in(who["their adviser"]).get(PERSON).content.decode()


def test_a_hit_is_confirmed_with_a_reason_and_only_then_the_name_is_kept(act: Act, loaded: None) -> None:
    who = cast(act, "adviser", "decider", "their adviser")
    browser = signed_in(who["adviser"])
    browser.post(PERSON, {"name": "Testin Exemplov", "ground": "Anställning"})
    page = f"{PERSON}{PersonCheck.unguarded.get().pk}/"
    fields = {"name": "Testin Exemplov", "list_key": "un-sc", "entry_id": "XXi.001"}
    opened = browser.post(page, fields)
    assert (opened.status_code, opened.context["form"].is_bound) == (200, False)
    assert browser.post(page, {**fields, "reason": " "}).status_code == 200
    assert browser.post(page, {**fields, "entry_id": "XXi.9", "reason": "Samma."}).status_code == 200
    assert signed_in(who["decider"]).post(page, {**fields, "reason": "Samma."}).status_code == 403
    assert signed_in(who["their adviser"]).post(page, {**fields, "reason": "Samma."}).status_code == 404
    assert "xemplov" not in stored().lower()
    assert browser.post(page, {**fields, "reason": "Passet visar det."}).status_code == 302
    kept = PersonCheck.unguarded.get()
    assert (kept.confirmed_name, kept.confirmed_why) == ("Testin Exemplov", "Passet visar det.")
    assert "Testin Exemplov" in browser.get(PERSON).content.decode()
