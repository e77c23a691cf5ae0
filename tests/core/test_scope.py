"""The database knows who acts, for exactly as long as they do."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DataError, InternalError, OperationalError, connection, transaction

from radrum.accounts.models import Organisation
from radrum.core import operation as module
from radrum.core.actor import STRANGER, SYSTEM, Actor
from radrum.core.scope import Reading, reading, writing
from tests import databases
from tests.conftest import Act
from tests.core.filled import fill, protected_tables, rows_in

ANNA = Actor(user_id=1, organisation_id=10, kind="institution", roles=frozenset({"adviser", "council"}))
BO = Actor(user_id=2, organisation_id=20, kind="national")
Make = Callable[..., tuple[str, ...]]

NOBODY = ("", "", "", "", "")
AS_ANNA = ("1", "10", "institution", "adviser,council", "")
AS_BO = ("2", "20", "national", "", "")
AS_SYSTEM = ("", "", "", "", "on")


def told() -> tuple[str, ...]:
    """Who acts, as the database has it."""
    names = ("person", "organisation", "kind", "roles", "system")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"coalesce(current_setting('app.{name}', true), '')" for name in names)
        )
        return tuple(cursor.fetchone())


@pytest.fixture(scope="module")
def real(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """One database for all of this file, in which transactions are real."""
    name = databases.clone(f"radrum_scope_{worker_id}_{os.getpid()}")
    yield name
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture
def silent(real: str, django_db_blocker: Any) -> Iterator[None]:
    """A connection to it that has been told nothing."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.connect_to(real)
        yield
        databases.connect_to(before)


@contextmanager
def still_usable() -> Iterator[None]:
    yield
    assert (connection.in_atomic_block, told()) == (False, NOBODY)


# --- Nothing set -----------------------------------------------------------------------------------


def test_nothing_set_means_no_rows_in_any_protected_table(committed: str, act: Act) -> None:
    fill(act)
    tables = protected_tables()
    with psycopg.connect(databases.url(committed, variable="DATABASE_OWNER_URL")) as owner:
        empty = [table for table in tables if not owner.execute(f"SELECT 1 FROM {table}").fetchone()]
    assert (len(tables) > 30, empty) == (True, [])  # there is something to see in each
    with psycopg.connect(databases.url(committed)) as application:
        seen = {table: application.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables}
    assert seen == dict.fromkeys(tables, (0,))


@pytest.mark.django_db
def test_a_stranger_sees_no_row_of_any_protected_table(act: Act) -> None:
    fill(act)
    tables = protected_tables()
    assert [table for table in tables if not rows_in(table)] == []
    with reading(STRANGER):
        assert {table: rows_in(table) for table in tables} == dict.fromkeys(tables, 0)


# --- As long as the transaction --------------------------------------------------------------------


@pytest.mark.parametrize("scope", [reading, writing])
@pytest.mark.parametrize(
    ("actor", "expected"), [(ANNA, AS_ANNA), (BO, AS_BO), (SYSTEM, AS_SYSTEM), (STRANGER, NOBODY)]
)
@pytest.mark.django_db
def test_the_database_is_told_who_acts(
    scope: Callable[[Actor], Any], actor: Actor, expected: tuple[str, ...]
) -> None:
    with scope(actor):
        assert told() == expected
    assert told() == AS_SYSTEM  # as the test itself


def test_the_actor_ends_with_the_transaction(silent: None) -> None:
    for scope in (reading, writing):
        with still_usable(), scope(ANNA):
            assert told() == AS_ANNA
        with still_usable(), pytest.raises(ZeroDivisionError), scope(ANNA):
            raise ZeroDivisionError


def test_the_actor_ends_with_the_scope_inside_a_transaction_of_someone_else(silent: None) -> None:
    with still_usable(), transaction.atomic():
        with writing(SYSTEM):
            assert told() == AS_SYSTEM
        assert told() == NOBODY
        with reading(ANNA):
            assert told() == AS_ANNA
        assert told() == NOBODY
        with pytest.raises(ZeroDivisionError), writing(SYSTEM):
            raise ZeroDivisionError
        assert told() == NOBODY


def test_a_scope_that_cannot_open_leaves_the_connection_free(silent: None) -> None:
    with still_usable(), pytest.raises((DataError, ValueError)), reading(Actor(kind="\0")):
        raise AssertionError("it opened")
    with still_usable(), reading(ANNA):
        assert told() == AS_ANNA


def test_a_scope_ends_also_when_the_database_has_refused_something(silent: None) -> None:
    with still_usable(), pytest.raises(Exception, match="no_such_table"), reading(ANNA):
        rows_in("no_such_table")
    with still_usable(), pytest.raises(Exception, match="no_such_table"), writing(ANNA):
        rows_in("no_such_table")


def test_a_scope_ends_also_when_the_connection_is_lost(silent: None) -> None:
    for scope in (reading, writing):
        with still_usable(), pytest.raises(OperationalError), scope(ANNA):
            connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")


# --- Inside each other -----------------------------------------------------------------------------


def test_scopes_inside_each_other_give_back_who_was_there(silent: None) -> None:
    with still_usable(), writing(ANNA):
        with writing(ANNA):
            assert told() == AS_ANNA
        with writing(BO):
            with reading(SYSTEM):
                assert told() == AS_SYSTEM
            assert told() == AS_BO
        assert told() == AS_ANNA
        with pytest.raises(ZeroDivisionError), writing(BO):
            raise ZeroDivisionError
        assert told() == AS_ANNA
        with pytest.raises(ZeroDivisionError), reading(BO):
            raise ZeroDivisionError
        assert told() == AS_ANNA


# --- Reading ---------------------------------------------------------------------------------------


def test_a_reading_cannot_write(silent: None) -> None:
    before = list(Organisation.objects.values_list("pk", "city"))
    with still_usable(), pytest.raises(InternalError, match="read-only transaction"), reading(SYSTEM):
        Organisation.objects.update(city="Umeå")
    assert list(Organisation.objects.values_list("pk", "city")) == before


@pytest.mark.django_db
def test_a_reading_inside_a_transaction_is_rolled_back() -> None:
    before = Organisation.objects.count()
    with reading(SYSTEM):
        Organisation.objects.create(key="test", kind="other", name_sv="x", name_en="x")
        assert Organisation.objects.count() == before + 1
    assert Organisation.objects.count() == before


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Make:
    """An operation that is not in the program's own list; returns who acts while it runs."""
    monkeypatch.setattr(module, "registry", {})

    @module.operation("test.made", allowed=lambda actor: True)
    def make(actor: Actor, *, key: str, error: Exception | None = None) -> tuple[str, ...]:
        Organisation.objects.create(key=key, kind="other", name_sv=key, name_en=key)
        if error:
            raise error
        return told()

    return make


def test_an_operation_pauses_the_reading_and_is_seen_by_it_afterwards(silent: None, make: Make) -> None:
    with still_usable(), reading(ANNA):
        before = Organisation.objects.count()
        assert make(BO, key="first") == AS_BO
        assert (told(), Organisation.objects.count()) == (AS_ANNA, before + 1)
        with pytest.raises(ZeroDivisionError):
            make(BO, key="newer", error=ZeroDivisionError())
        assert (told(), Organisation.objects.count()) == (AS_ANNA, before + 1)
        with pytest.raises(InternalError, match="read-only transaction"):
            Organisation.objects.update(city="")
    assert (
        Organisation.objects.filter(key="first").count() == 1
    )  # committed, not rolled back with the reading


def test_an_operation_pauses_every_open_reading(silent: None, make: Make) -> None:
    with still_usable(), reading(ANNA):
        with reading(BO):
            assert make(SYSTEM, key="second") == AS_SYSTEM
            assert told() == AS_BO
        assert told() == AS_ANNA
    assert Organisation.objects.filter(key="second").count() == 1


def test_a_reading_can_be_opened_and_closed_by_hand(silent: None) -> None:
    scope = Reading(ANNA)
    with still_usable():
        scope.open()
        assert told() == AS_ANNA
        scope.close()
