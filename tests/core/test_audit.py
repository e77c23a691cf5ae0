"""The trail says who did what, and whoever rewrites or cuts what was sealed is found out."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from radrum.core import audit
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry, Seal
from radrum.core.scope import reading, writing
from tests import databases
from tests.core.meanwhile import meanwhile, wait_until_somebody_waits_for_a_lock

Change = Callable[[str], None]
ROOT = Path(__file__).parent.parent.parent
ANNA = Actor(user_id=1, organisation_id=10, kind="institution", roles=frozenset({"adviser", "council"}))


def seal_and_export() -> int:
    """As the schedule does each minute."""
    with writing(SYSTEM):
        count = audit.seal()
    with writing(SYSTEM):
        audit.export_head()
    return count


def note(verb: str, actor: Actor = ANNA) -> None:
    with writing(actor):
        audit.write(actor, verb)


def verify() -> audit.Verdict:
    with writing(SYSTEM):
        return audit.verify()


@pytest.fixture(scope="module")
def sealed_once(
    django_db_setup: None, django_db_blocker: Any, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Three seals (what was there, two entries, one entry), one entry not sealed; and what was exported."""
    name = databases.clone(f"radrum_sealed_{worker_id}_{os.getpid()}")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), override_settings(DATA=tmp_path_factory.mktemp("sealed")):
        databases.connect_to(name)
        seal_and_export()
        for batch in (["first", "second"], ["third"]):
            for verb in batch:
                note(f"test.{verb}")
            seal_and_export()
        note("test.fourth")
        databases.connect_to(before)
        heads = audit.heads_file().read_text()
    yield name, heads
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture
def sealed(sealed_once: tuple[str, str], django_db_blocker: Any) -> Iterator[Callable[[str], None]]:
    """That trail, in the hands of the owner of its tables: what a test does to it is rolled back."""
    name, heads = sealed_once
    before = connection.settings_dict["NAME"]
    audit.heads_file().parent.mkdir()
    audit.heads_file().write_text(heads)
    with django_db_blocker.unblock():
        databases.connect_to(name, owner=True)
        with transaction.atomic():
            yield connection.cursor().execute
            transaction.set_rollback(True)
        databases.connect_to(before)


# --- Writing ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_entry_holds_ids_and_verbs() -> None:
    note("test.done")
    row = Entry.unguarded.values().latest("pk")
    assert (row.pop("id") > 0, row.pop("at") is not None) == (True, True)
    assert row == {
        "verb": "test.done",
        "outcome": "done",
        "reason": "",
        "person_id": 1,
        "organisation_id": 10,
        "roles": "adviser,council",
        "subject_type": "",
        "subject_id": "",
    }


@pytest.mark.django_db
def test_a_person_sees_their_own_entries_and_nobody_elses() -> None:
    note("test.done")
    note("test.done", Actor(user_id=2))
    with reading(ANNA):
        assert list(Entry.unguarded.values_list("verb", "person_id")) == [("test.done", 1)]


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 0", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize(("table", "column"), [("core_entry", "person_id"), ("core_seal", "count")])
@pytest.mark.django_db
def test_the_application_can_neither_change_nor_remove(statement: str, table: str, column: str) -> None:
    note("test.done")
    with pytest.raises(ProgrammingError, match="permission denied"), writing(SYSTEM):
        connection.cursor().execute(statement.format(table, column))


# --- Sealing ---------------------------------------------------------------------------------------


def test_what_was_sealed_is_verified_and_what_was_not_is_counted(sealed: Change) -> None:
    verdict = verify()
    assert (verdict.unsealed, verdict.problems) == (1, [])
    assert seal_and_export() == 1
    assert verify() == (verdict.sealed + 1, 0, [])
    assert seal_and_export() == 0
    numbers = [head["number"] for head in audit.exported_heads()]
    assert numbers == [1, 2, 3, 4]  # nothing new, no new line


def test_the_first_verification_of_an_empty_trail_is_well(sealed: Change) -> None:
    sealed("TRUNCATE core_entry, core_seal")
    audit.heads_file().unlink()
    assert (verify(), seal_and_export(), audit.exported_heads()) == ((0, 0, []), 0, [])


LAST = "(SELECT max(last_id) FROM core_seal)"
FIRST_OF_SECOND = "(SELECT last_id + 1 FROM core_seal WHERE number = 1)"


CHANGES = {
    f"UPDATE core_entry SET verb = 'test.fjrst' WHERE id = {FIRST_OF_SECOND}": {"seal 2"},
    f"UPDATE core_entry SET person_id = NULL WHERE id = {FIRST_OF_SECOND}": {"seal 2"},
    f"UPDATE core_entry SET at = at + interval '1 us' WHERE id = {FIRST_OF_SECOND}": {"seal 2"},
    f"DELETE FROM core_entry WHERE id = {FIRST_OF_SECOND}": {"seal 2"},
    f"DELETE FROM core_entry WHERE id = {LAST}": {"seal 3"},
    "DELETE FROM core_entry WHERE verb = 'test.fourth'": set(),  # was not sealed: nobody can know
    f"DELETE FROM core_entry WHERE id >= {LAST}; DELETE FROM core_seal WHERE number = 3": {
        "seal 3 was exported"
    },
    "DELETE FROM core_seal WHERE number = 3": {"seal 3 was exported"},
    "DELETE FROM core_seal WHERE number = 2": {"seal 2 is missing", "seal 3", "seal 2 was exported"},
    "DELETE FROM core_seal": {"seal 1 was exported", "seal 2 was exported", "seal 3 was exported"},
    "UPDATE core_seal SET digest = repeat('0', 64) WHERE number = 3": {"seal 3", "seal 3 was exported"},
    "UPDATE core_seal SET count = count + 1 WHERE number = 2": {"seal 2"},
    "UPDATE core_seal SET last_id = last_id - 1 WHERE number = 2": {"seal 2", "seal 3"},
}


def found() -> list[str]:
    """What is wrong, as far as it says which seal."""
    return [problem.split(": entries")[0].split(" but")[0] for problem in verify().problems]


@pytest.mark.parametrize(("change", "problems"), CHANGES.items())
def test_what_the_owner_of_the_tables_changes_is_found(
    sealed: Change, change: str, problems: set[str]
) -> None:
    assert found() == []
    sealed(change)
    assert set(found()) == problems


def test_a_seal_made_with_another_key_is_found(sealed: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "AUDIT_KEY", "guessed")
    assert found() == ["seal 1", "seal 2", "seal 3"]


def test_a_chain_made_anew_does_not_match_what_was_exported(sealed: Change) -> None:
    """Even with the key: whoever seals a changed trail again cannot change the heads that were exported."""
    sealed(f"UPDATE core_entry SET person_id = 2 WHERE id = {FIRST_OF_SECOND}; DELETE FROM core_seal")
    with writing(SYSTEM):
        audit.seal()
    assert found() == [f"seal {number} was exported" for number in (1, 2, 3)]


def test_a_whole_batch_taken_out_is_found_by_the_chain_alone(sealed: Change) -> None:
    """Even without what was exported: each seal rests on the one before it."""
    audit.heads_file().unlink()
    sealed("DELETE FROM core_entry WHERE verb IN ('test.first', 'test.second')")
    sealed("DELETE FROM core_seal WHERE number = 2; UPDATE core_seal SET number = 2 WHERE number = 3")
    assert found() == ["seal 2", "the exported head is missing or older than the newest seals"]


# --- Two at once -----------------------------------------------------------------------------------


def test_sealing_waits_for_whoever_has_begun_to_write(committed: str) -> None:
    """Without the wait, an entry with a lower number would come after a seal that should have held it."""
    seal_and_export()
    begun, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with writing(ANNA):
            audit.write(ANNA, "test.slow")
            begun.set()
            assert go_on.wait(20)

    with ThreadPoolExecutor(2) as pool:
        slow = meanwhile(pool, write_slowly)
        assert begun.wait(20)
        note("test.quick")
        sealing = meanwhile(pool, seal_and_export)
        wait_until_somebody_waits_for_a_lock()
        go_on.set()
        assert (slow.result(20), sealing.result(20)) == (None, 2)
    assert verify()[1:] == (0, [])


def test_many_who_write_while_it_is_sealed_lose_nothing(committed: str) -> None:
    done = threading.Event()
    sealed_before = seal_and_export()

    def write_some() -> None:
        for _ in range(25):
            note("test.many")

    def seal_all_the_time() -> int:
        count = 0
        while not done.is_set():
            count += seal_and_export()
        return count

    with ThreadPoolExecutor(5) as pool:
        sealing = meanwhile(pool, seal_all_the_time)
        writers = [meanwhile(pool, write_some) for _ in range(4)]
        assert [writer.result(60) for writer in writers] == [None] * 4
        done.set()
        sealed = sealing.result(60) + seal_and_export()
    assert (sealed, verify()) == (100, (sealed_before + 100, 0, []))
    with writing(SYSTEM):
        assert Seal.unguarded.count() > 2


# --- The command -----------------------------------------------------------------------------------


@pytest.fixture
def radrum(
    committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """The command line as another process, on this test's database."""
    monkeypatch.setenv("DATABASE_URL", databases.url(committed))
    monkeypatch.setenv("RADRUM_DATA", str(tmp_path))

    def run(*words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "radrum.manage", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def test_the_command_seals_and_verifies_and_its_exit_code_tells(
    committed: str, radrum: Callable[..., tuple[int, str, str]]
) -> None:
    with writing(SYSTEM):
        count = Entry.unguarded.count()
    assert radrum("audit", "seal") == (0, f"{count} entries sealed.\n", "")
    assert radrum("audit", "verify") == (0, f"{count} sealed entries verified, 0 not sealed yet.\n", "")
    with psycopg.connect(databases.url(committed, variable="DATABASE_OWNER_URL")) as owner:
        owner.execute("UPDATE core_entry SET verb = 'x' WHERE id = (SELECT min(id) FROM core_entry)")
    code, said, error = radrum("audit", "verify", "--json")
    found = json.loads(said)
    assert (code, found["sealed"], found["unsealed"], len(found["problems"])) == (1, count, 0, 1)
    assert "The audit trail has been changed or cut after it was sealed." in error


def test_the_command_says_each_problem(sealed: Change) -> None:
    sealed("DELETE FROM core_seal WHERE number = 3")
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("audit", "verify", stdout=said)
    first, last = said.getvalue().splitlines()
    assert first == "seal 3 was exported but is missing or changed"
    assert last.endswith("sealed entries verified, 2 not sealed yet.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "keys"), [("seal", ["sealed"]), ("verify", ["problems", "sealed", "unsealed"])]
)
def test_the_command_can_answer_in_json(what: str, keys: list[str]) -> None:
    said = StringIO()
    call_command("audit", what, "--json", stdout=said)
    assert sorted(json.loads(said.getvalue())) == keys
