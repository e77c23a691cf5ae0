"""Instruments are drafted, put in force and withdrawn; what is in force does not change, even by hand."""

import copy
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from radrum.core.actor import STRANGER, SYSTEM
from radrum.core.operation import Forbidden, Refused
from radrum.guidance import catalogue, enact, instruments
from radrum.guidance.models import Instrument, Vocabulary
from radrum.guidance.policy import instruments_on_offer, visible_instruments

pytestmark = pytest.mark.django_db
KEY = "03-before-application"


def _document(**changes: Any) -> dict[str, Any]:
    document = next(one for one in instruments.shipped()[1] if one["id"] == KEY)
    return {**copy.deepcopy(document), **changes}


def _in_force() -> Instrument:
    return Instrument.objects.get(key=KEY, version="1.0.0")


def _by_hand(change: str) -> None:
    with transaction.atomic():
        connection.cursor().execute(change)


def test_what_ships_is_in_force_and_loading_it_again_changes_nothing() -> None:
    before = list(Instrument.objects.values())
    assert {row["status"] for row in before} == {"in_force"}
    enact.enact_what_ships(SYSTEM)
    assert list(Instrument.objects.values()) == before
    assert Vocabulary.objects.count() == 2


def test_a_changed_text_under_a_version_in_use_is_refused() -> None:
    for status in ("in_force", "withdrawn"):
        with pytest.raises(Refused):
            enact.draft_instrument(SYSTEM, _document(title_sv="Ändrad"))
        assert _in_force().status == status
        if status == "in_force":
            enact.withdraw(SYSTEM, _in_force())
    attributes = instruments.shipped()[0]
    with pytest.raises(Refused):
        enact.add_vocabulary(
            SYSTEM, {**attributes, "attributes": attributes["attributes"][:-1]}, kind="attributes"
        )
    known = catalogue.shipped()
    with pytest.raises(Refused):
        enact.add_vocabulary(SYSTEM, {**known, "checked": "2027-01-01"}, kind="catalogue")


def test_what_the_format_does_not_allow_is_refused_whole_with_every_place() -> None:
    bad = _document(version="2.0.0")
    bad["rules"][0]["measures"], bad["prompts"][0]["aspect"] = ["m-99"], "D9.9"
    with pytest.raises(Refused, match=r"(?s)no aspect D9\.9.*nothing called m-99"):
        enact.draft_instrument(SYSTEM, bad)
    assert Instrument.objects.count() == 2


def test_a_draft_is_not_offered_may_be_written_anew_and_then_takes_the_place_of_the_older() -> None:
    old = _in_force()
    made = enact.draft_instrument(SYSTEM, _document(version="1.1.0"))
    assert made not in visible_instruments()
    again = enact.draft_instrument(SYSTEM, _document(version="1.1.0", title_sv="Ny rubrik"))
    assert (again.pk, again.title_sv) == (made.pk, "Ny rubrik")
    enact.put_in_force(SYSTEM, again)
    old.refresh_from_db()
    assert (old.status, old.withdrawn_on is not None) == ("withdrawn", True)
    assert [row.version for row in instruments_on_offer().filter(key=KEY)] == ["1.1.0"]
    with pytest.raises(Refused):
        enact.put_in_force(SYSTEM, again)
    with pytest.raises(Refused):
        enact.withdraw(SYSTEM, old)


def test_nobody_but_the_system() -> None:
    for step in (
        lambda: enact.draft_instrument(STRANGER, _document(version="2.0.0")),
        lambda: enact.put_in_force(STRANGER, _in_force()),
        lambda: enact.withdraw(STRANGER, _in_force()),
        lambda: enact.add_vocabulary(STRANGER, instruments.shipped()[0], kind="attributes"),
    ):
        with pytest.raises(Forbidden):
            step()


CHANGES = [
    "SET title_sv = 'x'",
    """SET document = '{"a": 1}'""",
    "SET status = 'draft'",
    "SET status = 'withdrawn', digest = 'x'",
    "SET minutes = 1",
    "SET edition_id = edition_id + 1",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_is_in_force(change: str) -> None:
    before = list(Instrument.objects.values())
    with pytest.raises(IntegrityError, match="is in_force and is not changed"):
        _by_hand(f"UPDATE guidance_instrument {change} WHERE key = '{KEY}'")
    with pytest.raises(IntegrityError, match="is in_force and is not removed"):
        _by_hand(f"DELETE FROM guidance_instrument WHERE key = '{KEY}'")
    assert list(Instrument.objects.values()) == before


def test_the_database_lets_it_be_withdrawn_once_and_never_come_back() -> None:
    _by_hand(
        f"UPDATE guidance_instrument SET status = 'withdrawn', withdrawn_on = current_date WHERE key = '{KEY}'"
    )
    for status in ("in_force", "draft"):
        with pytest.raises(IntegrityError, match="is withdrawn and is not changed"):
            _by_hand(f"UPDATE guidance_instrument SET status = '{status}' WHERE key = '{KEY}'")


def test_one_version_at_a_time_is_in_force() -> None:
    enact.draft_instrument(SYSTEM, _document(version="1.1.0"))
    with pytest.raises(IntegrityError):
        _by_hand("UPDATE guidance_instrument SET status = 'in_force' WHERE version = '1.1.0'")


@pytest.mark.parametrize(
    "table", ["guidance_vocabulary", "guidance_vocabularyevent", "guidance_instrumentevent"]
)
def test_vocabulary_and_history_are_added_to_and_never_changed(table: str) -> None:
    for change in (f"UPDATE {table} SET version = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            _by_hand(change)


def test_anyone_reads_what_is_or_was_in_force_and_nobody_a_draft(client: Client) -> None:
    enact.draft_instrument(SYSTEM, _document(version="1.1.0"))
    address = f"/guidelines/questions/{KEY}/"
    assert client.get("/guidelines/questions/").status_code == 200
    assert (client.get(f"{address}1.0.0/").status_code, client.get(f"{address}1.1.0/").status_code) == (
        200,
        404,
    )
    page = client.get(f"{address}1.0.0/").content.decode()
    for prompt in _document()["prompts"]:
        assert prompt["text_sv"] in page.replace("&#x27;", "'").replace("&quot;", '"'), prompt["id"]
    enact.withdraw(SYSTEM, _in_force())
    assert client.get(f"{address}1.0.0/").status_code == 200
