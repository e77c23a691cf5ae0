"""The embedded PostgreSQL: shared, stopped by the last, back after a crash, and opening no closed folder."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from radrum import cluster, database, embedded

ROOT = Path(__file__).parent.parent


def test_a_named_server_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in embedded.NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://radrum_app:x@db.example/radrum")
    monkeypatch.setenv("RADRUM_DATA", str(tmp_path / "data"))
    assert embedded.ensure() == {"DATABASE_URL": "postgresql://radrum_app:x@db.example/radrum"}
    assert not (tmp_path / "data").exists()


def test_secrets_are_made_once_and_kept_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RADRUM_DATA", str(tmp_path / "data"))
    first = embedded.secret("one")
    assert len(first) >= 64
    assert (embedded.secret("one"), embedded.secret("two") == first) == (first, False)
    keys = tmp_path / "data" / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys.iterdir()} == {0o600}
    assert len(list(keys.iterdir())) == 2


def test_a_data_folder_that_cannot_be_made_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RADRUM_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(embedded.Unavailable, match="set RADRUM_DATA to a folder you may write in"):
        embedded.data_folder()


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/var/lib/radrum/0a1b2c3d/pg", True),
        ("/home/åsa/.local/share/radrum/pg", False),
        ("/home/a b/pg", False),
        ("/" + "x" * 82, True),
        ("/" + "x" * 83, False),
    ],
)
def test_sockets_lie_in_the_cluster_when_its_path_is_short_and_plain(path: str, plain: bool) -> None:
    assert bool(cluster.PLAIN_PATH.fullmatch(path)) == plain


HOLD = """
import os, sys, psycopg
from radrum import embedded
embedded.ensure("test")
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(connection.execute("SELECT current_user, upper('å')").fetchone(), flush=True)
sys.stdin.read()
"""


def hold(data: Path) -> "subprocess.Popen[str]":
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "RADRUM_"))
    }
    return subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=clean | {"RADRUM_DATA": str(data), "PYTHONUTF8": "1", "PGPORT": "9", "PGHOST": "nowhere.example"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.slow
def test_the_last_to_let_go_stops_the_database(open_folder: Path) -> None:
    folder = open_folder / "test"
    with hold(open_folder) as killed, hold(open_folder) as second:
        for process in (killed, second):
            assert process.stdout
            assert process.stdout.readline() == "('radrum_app', 'Å')\n"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        killed.kill()
        killed.wait()
        assert cluster.is_running(folder)
        second.communicate("")
    assert not cluster.is_running(folder)


@pytest.mark.slow
def test_the_database_comes_back_after_it_was_killed(open_folder: Path) -> None:
    folder = open_folder / "test"
    with hold(open_folder) as first:
        assert first.stdout
        assert first.stdout.readline() == "('radrum_app', 'Å')\n"
        number = int((folder / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGKILL)
        with hold(open_folder) as second:
            assert second.stdout
            assert second.stdout.readline() == "('radrum_app', 'Å')\n"
            first.communicate("")
            assert cluster.is_running(folder)
            second.communicate("")
    assert not cluster.is_running(folder)


@pytest.fixture
def open_folder(tmp_path: Path):
    """Long, with spaces and å; as root in a place that PostgreSQL's user may pass."""
    place = cluster.SHARED / f"test-{os.getpid()}" if os.geteuid() == 0 else tmp_path
    data = place / "en mapp å" / ("lång" * 20)
    data.mkdir(parents=True)
    yield data
    shutil.rmtree(place, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's PostgreSQL runs as another user")
def test_root_opens_no_closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("RADRUM_DATA", str(tmp_path / "data"))
    with pytest.raises(
        embedded.Unavailable, match=rf"because {tmp_path} is closed: set RADRUM_DATA to an open place"
    ):
        embedded.ensure()
    embedded.release()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_no_role_of_ours_is_mighty() -> None:
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles "
            "WHERE rolname LIKE 'radrum%' ORDER BY rolname"
        ).fetchall()
    assert rows == [
        (database.APP, False, False, False, False),
        (database.BACKUP, False, False, False, True),
        (database.OWNER, False, False, False, False),
    ]


def test_databases_are_alike_on_every_server() -> None:
    admin, name = os.environ["DATABASE_ADMIN_URL"], f"radrum_way_in_{os.getpid()}"
    database.create_database(admin, name)
    database.create_database(admin, name)  # again: nothing happens
    try:
        with psycopg.connect(admin, dbname=name) as connection:
            facts = connection.execute(
                "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), upper('åäö'), 'Z' < 'å', "
                "has_database_privilege('public', oid, 'CONNECT') "
                "FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        assert facts == (database.OWNER, "UTF8", "ÅÄÖ", True, False)
    finally:
        database.drop_database(admin, name)
