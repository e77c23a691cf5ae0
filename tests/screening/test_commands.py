"""The operator's commands: their answers, their sentences and their exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases, factories
from tests.conftest import Act
from tests.screening import samples
from tests.screening.conftest import WORLD
from tests.screening.test_folder import lay

Run = Callable[..., tuple[int, str, str]]


def command(data: Path, database: str) -> Run:
    """The command line as another process, with a data folder of its own."""

    def run(*words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "radrum.manage", *words],
            cwd=settings.CHECKOUT,
            env={**os.environ, "RADRUM_DATA": str(data), "DATABASE_URL": database},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def radrum(tmp_path: Path) -> Run:
    """Without any database."""
    return command(tmp_path / "data", "postgres://nobody@127.0.0.1:1/none")


@pytest.fixture
def with_database(committed: str, tmp_path: Path) -> Run:
    """On this test's database."""
    return command(tmp_path / "data", databases.url(committed))


def test_lists_are_loaded_and_asked_without_the_database(with_database: Run, tmp_path: Path) -> None:
    world = lay(tmp_path / "world", {**WORLD, "notes.txt": "not a list"})
    code, said, progress = with_database("lists", "load", str(world))
    assert (code, said.splitlines()[-2:-1], said.splitlines()[-1].split(" in ")[0]) == (
        0,
        ["skipped notes.txt: not a list"],
        "3 lists with 6 entries, the register apart,",
    )
    assert "storing un-sc: 2 entries" in progress
    code, said, _ = with_database("lists", "status", "--json")
    assert (code, [row["key"] for row in json.loads(said)]) == (0, ["ror", "seven-sons", "uk-sl", "un-sc"])
    code, said, _ = with_database("screen", "韦尔格拉德理工大学", "--json")
    assert (code, [hit["entry_id"] for hit in json.loads(said)["hits"]]) == (0, ["0aaaaaa11"])
    code, said, _ = with_database("screen", "Nobody Known")
    assert (code, said.startswith("Not found on these lists, as of these dates: ")) == (0, True)
    code, said, _ = with_database("resolve", "velgrad.example")
    assert (code, said) == (0, "Velgrad Polytechnic, Velgrad, RS: https://ror.org/0aaaaaa11\n")


def test_the_real_update_is_told_by_reference_number(with_database: Run, tmp_path: Path) -> None:
    older = samples.UN.replace("2026-02-27", "2025-04-19").replace("XXi.001", "XXi.000")
    lay(tmp_path, {"old.xml": older, "new.xml": samples.UN, "cut.xml": samples.UN[:900]})
    with_database("lists", "load", str(tmp_path / "old.xml"))
    code, said, _ = with_database("lists", "load", str(tmp_path / "new.xml"))
    assert (code, said.splitlines()[:3]) == (
        0,
        [
            "loaded UN Security Council consolidated list: 2 entries, of 2026-02-27; "
            "1 added, 1 removed, 0 changed",
            "  added: XXi.001",
            "  removed: XXi.000",
        ],
    )
    code, said, error = with_database("lists", "load", str(tmp_path / "cut.xml"))
    assert (code, said.splitlines()[0].split(":")[0]) == (1, "refused cut.xml, line 17")
    assert "what was in use before stays in use" in error


def test_loading_tells_the_owners_whom_a_change_concerns(
    with_database: Run, act: Act, tmp_path: Path
) -> None:
    owner = act("Fjällby universitet", "institution", "researcher")
    factories.plan(owner, partners=[("Velgrad Institute of Propulsion", "Serranien")])
    older = samples.UN.replace("2026-02-27", "2025-04-19").replace("VELGRAD INSTITUTE", "OSTMARK ACADEMY")
    older = older.replace("XXe.002", "XXe.001").replace("VIP Velgrad; Velgradski institut", "")
    lay(tmp_path, {"old.xml": older, "new.xml": samples.UN})
    with_database("lists", "load", str(tmp_path / "old.xml"))
    code, said, _ = with_database("lists", "load", str(tmp_path / "new.xml"))
    assert (code, said.splitlines()[-1]) == (0, "partners concerned: 1; owners told: 1")
    code, said, _ = with_database("lists", "load", str(tmp_path / "new.xml"), "--json")
    told = json.loads(said)
    assert (code, told["partners"], told["owners"], len(told["unchanged"])) == (0, 0, 0, 1)


def test_when_no_keeper_is_reached_it_says_so_and_what_is_there_stays(
    with_database: Run, tmp_path: Path
) -> None:
    with_database("lists", "load", str(lay(tmp_path / "world", {"un.xml": samples.UN})))
    code, _said, error = with_database("lists", "fetch", "--seconds", "0")
    assert (code, "No keeper could be reached" in error, "not fetched: UN Security" in error) == (
        1,
        True,
        True,
    )
    code, said, _ = with_database("lists", "status")
    assert said.startswith("UN Security Council consolidated list: 2 entries, of 2026-02-27, ")
    assert (code, said.rstrip().endswith("binding (not confirmed by a lawyer)")) == (0, True)


def test_many_names_are_compared_with_a_folder_without_a_database(radrum: Run, tmp_path: Path) -> None:
    lay(tmp_path, {"lists/own.jsonl": samples.GENERIC, "lists/queries.jsonl": '{"q": "x"}\n'})
    lay(
        tmp_path,
        {"names.csv": "id,name,kind,country\n7,Prova AB,organisation,Sweden\n8,Nobody,person,\n9,,,\n"},
    )
    code, said, progress = radrum(
        "screen", "--input", str(tmp_path / "names.csv"), "--lists", str(tmp_path / "lists"), "--json-lines"
    )
    rows = [json.loads(line) for line in said.splitlines()]
    assert (code, [next(iter(row)) for row in rows]) == (0, ["id", "id", "id"])
    assert [(row["id"], [hit["entry_id"] for hit in row["hits"]]) for row in rows] == [
        ("7", ["a"]),
        ("8", []),
        ("9", []),
    ]
    assert (rows[2]["searched"], rows[2]["gaps"][0]["what"]) == ([], "the name")  # never "not found"
    assert "skipped queries.jsonl: not a list" in progress


def test_affiliations_are_resolved_row_by_row(radrum: Run, tmp_path: Path) -> None:
    lay(tmp_path, {"lists/ror.jsonl": samples.ROR_LINES})
    lay(tmp_path, {"a.csv": 'id,text\n1,"Dept. X, Fjällby University, Sweden"\n2,VPU\n3,Nobody\n'})
    code, said, _ = radrum(
        "resolve", "--input", str(tmp_path / "a.csv"), "--lists", str(tmp_path / "lists"), "--json-lines"
    )
    rows = [json.loads(line) for line in said.splitlines()]
    assert (code, [list(row) for row in rows[:1]]) == (0, [["id", "ror", "name", "certainty", "candidates"]])
    assert [(row["id"], row["certainty"], row["ror"]) for row in rows] == [
        ("1", "certain", "https://ror.org/0bbbbbb22"),
        ("2", "ask", None),
        ("3", "none", None),
    ]


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["screen", "Velgrad"], 1, "Load lists first"),
        (["resolve", "Velgrad"], 1, "No register is loaded"),
        (["screen"], 2, "Give one name"),
        (["screen", "???"], 2, "nothing to compare"),
        (["screen", "Velgrad", "--kind", "planet"], 2, "invalid choice"),
        (["screen", "Velgrad", "--lists", "/nowhere"], 2, "There is no /nowhere"),
        (["screen", "--help"], 0, ""),
        (["resolve", "--help"], 0, ""),
    ],
)
def test_exit_codes_mean_something(radrum: Run, words: list[str], code: int, why: str) -> None:
    got, _said, error = radrum(*words)
    assert (got, why in error) == (code, True)


@pytest.mark.parametrize("command", ["screen", "resolve"])
def test_a_table_that_cannot_be_read_is_said_in_a_sentence(radrum: Run, tmp_path: Path, command: str) -> None:
    place = lay(
        tmp_path,
        {"lists/ror.jsonl": samples.ROR_LINES, "lists/un.xml": samples.UN, "odd.csv": "id,who\n1,X\n"},
    )
    (place / "latin.csv").write_bytes("text,name\nFjällby,Fjällby\n".encode("latin-1"))
    column = {"screen": "name", "resolve": "text"}[command]
    for file, why in (
        ("none.csv", f"There is no {place / 'none.csv'}."),
        ("latin.csv", "latin.csv is not UTF-8 text."),
        ("odd.csv", f"odd.csv has no column called {column}."),
    ):
        code, said, error = radrum(command, "--input", str(place / file), "--lists", str(place / "lists"))
        assert (code, said, why in error) == (2, "", True)
