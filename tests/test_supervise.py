"""The demo's supervisor: ports, sentences, children and what a killed one leaves behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from radrum import cluster
from radrum.supervise import GaveUp
from radrum.supervise.greeting import STORY, sign_ins
from radrum.supervise.ports import any_free_port, choose_port, is_free
from radrum.supervise.processes import Budget, Child, end_leftovers
from radrum.supervise.state import only_one

ROOT = Path(__file__).parent.parent


# --- The port --------------------------------------------------------------------------------------


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_wished_port_that_is_taken_is_a_sentence_with_a_way_on(taken: int) -> None:
    with pytest.raises(
        GaveUp, match=rf"^Port {taken} is taken by another program: .* RADRUM_PORT=\d+ script/demo\.$"
    ):
        choose_port(str(taken), print)
    free = any_free_port()
    assert choose_port(str(free), print) == free


def test_the_usual_port_gives_way_to_the_next_free_one(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("radrum.supervise.ports.PORT", taken)
    said: list[str] = []
    port = choose_port(None, said.append)
    assert taken < port < taken + 100
    assert is_free(port)
    assert said == [f"Port {taken} is taken by another program, so the demo uses {port}."]


@pytest.mark.parametrize("wished", ["80", "65536", "eight", "-1", " 8000"])
def test_a_port_that_is_none_is_a_sentence(wished: str) -> None:
    with pytest.raises(GaveUp, match="must be a number from 1024 to 65535"):
        choose_port(wished, print)


# --- The demo --------------------------------------------------------------------------------------


def demo(data: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "RADRUM_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "radrum.supervise", *words],
        env=clean | {"RADRUM_DATA": str(data), "PYTHONUTF8": "1"} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_second_demo_says_where_the_first_runs(tmp_path: Path) -> None:
    with only_one(tmp_path) as (state, ours):
        assert ours
        state.write("http://127.0.0.1:8123", [])
        second = demo(tmp_path)
    assert second.returncode == 0
    assert second.stdout.startswith("The demo already runs at http://127.0.0.1:8123/\n")
    assert f"kill {os.getpid()}" in second.stdout
    with only_one(tmp_path) as (state, ours):
        assert (ours, state.read()) == (True, {})


def test_the_demo_stays_out_of_a_server(tmp_path: Path) -> None:
    result = demo(tmp_path, DATABASE_URL="postgresql://somebody@db.example/radrum")
    assert result.returncode == 1
    assert result.stdout.startswith("DATABASE_URL names a server, and the demo would load invented people")


def test_a_taken_port_stops_the_demo_before_it_starts_anything(tmp_path: Path, taken: int) -> None:
    result = demo(tmp_path, RADRUM_PORT=str(taken))
    assert result.returncode == 1
    assert result.stdout.startswith(f"Port {taken} is taken by another program")
    assert [path.name for path in tmp_path.iterdir()] == ["demo.json"]


def test_everybody_in_the_story_can_be_found_in_the_table() -> None:
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    table = sign_ins(story)
    assert [line.split()[0] for line in table[1:]] == [person["email"] for person in story["people"]]
    roles = {role for person in story["people"] for role in person["roles"]}
    assert all(any(role.replace("_", " ") in line for line in table) for role in roles)


def test_five_restarts_a_minute() -> None:
    budget = Budget()
    assert [budget.allows(now) for now in (0, 1, 2, 3, 4, 5, 60, 61, 62)] == [True] * 5 + [
        False,
        False,
        True,
        True,
    ]


def test_a_child_that_dies_is_started_again_until_it_is_hopeless(tmp_path: Path) -> None:
    child = Child("web", ["sh", "-c", "echo 'Något gick fel'; exit 3"], tmp_path)
    child.budget = Budget(times=1)
    child.start()
    try:
        wait_for(child.has_died)
        assert child.restart() == (
            f"The web process died (exit code 3) and was started again; its log is {tmp_path / 'web.log'}."
        )
        wait_for(child.has_died)
        with pytest.raises(GaveUp, match=r"died 2 times within a minute[\s\S]*Något gick fel"):
            child.restart()
    finally:
        child.stop()
    lines = (tmp_path / "web.log").read_text(encoding="utf-8").splitlines()
    assert [re.sub(r"^[-\d]+ [:,\d]+ ", "", line) for line in lines] == ["web | Något gick fel"] * 2


def test_a_child_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    child = Child("web", ["sh", "-c", f"sleep 300 & echo $! >'{tmp_path}/grandchild'; wait"], tmp_path)
    child.start()
    wait_for(lambda: (tmp_path / "grandchild").exists() and (tmp_path / "grandchild").read_text().strip())
    child.stop()
    grandchild = int((tmp_path / "grandchild").read_text())
    wait_for(lambda: not cluster.command_of(grandchild))


def test_only_our_own_leftovers_are_ended() -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with (
        subprocess.Popen([*sleep, "radrum.manage"], start_new_session=True) as ours,
        subprocess.Popen(sleep, start_new_session=True) as other,
    ):
        try:
            wait_for(
                lambda: b"radrum.manage" in cluster.command_of(ours.pid) and cluster.command_of(other.pid)
            )
            assert end_leftovers([ours.pid, other.pid, 999_999_999]) == [ours.pid]
            assert (ours.wait(), other.poll()) == (-signal.SIGTERM, None)
        finally:
            other.kill()
            ours.kill()


def wait_for(truth) -> None:
    give_up = time.monotonic() + 10
    while not truth():
        assert time.monotonic() < give_up
        time.sleep(0.02)
