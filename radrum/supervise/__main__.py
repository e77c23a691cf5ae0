"""`script/demo`: all up to date, then web and worker until Ctrl-C; `--check` walks the chain instead."""

import argparse
import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from radrum import cluster, embedded
from radrum.supervise import GaveUp
from radrum.supervise.greeting import greeting
from radrum.supervise.ports import HOST, any_free_port, choose_port
from radrum.supervise.processes import Child, end_leftovers, web_and_worker
from radrum.supervise.state import State, only_one

PATIENCE = 60  # seconds until the pages must answer


def main() -> int:
    """Read the words of the command line; every way to end is a sentence."""
    parser = argparse.ArgumentParser(
        prog="script/demo", description="Start rådrum with invented people and a story."
    )
    parser.add_argument(
        "--check", action="store_true", help="start it on data of its own, walk the chain, and stop"
    )
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--lists", choices=("all", "invented"), help=argparse.SUPPRESS)
    words = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        if words.lists:
            return load_lists(online=words.lists == "all")
        return load() if words.load else check() if words.check else serve()
    except KeyboardInterrupt:
        say("\nThe demo has stopped.")
        return 130 if words.check else 0
    except (GaveUp, embedded.Unavailable) as sentence:
        say(str(sentence))
        return 1


def serve() -> int:
    """Run the demo, unless it runs already."""
    if os.environ.get("DATABASE_URL") and os.environ.get("RADRUM_DEMO") != "1":
        raise GaveUp(
            "DATABASE_URL names a server, and the demo would load invented people with a well-known password "
            "there: unset DATABASE_URL, or say that you mean it with RADRUM_DEMO=1 script/demo."
        )
    data = embedded.data_folder()
    with only_one(data) as (state, ours):
        seen = state.read()
        if not ours:
            say(f"The demo already runs at {seen.get('address', 'an address it is about to print')}/")
            say(f"Stop it with Ctrl-C where you started it, or with: kill {seen.get('process', '')}")
            return 0
        for leader in end_leftovers(seen.get("children", [])):
            say(f"A demo that was killed had left process {leader} behind; it is ended.")
        return run(choose_port(os.environ.get("RADRUM_PORT"), say), data, state)


def check() -> int:
    """Run everything once on data of its own, and leave nothing behind."""
    for name in (*embedded.NAMES, "RADRUM_DATA"):
        os.environ.pop(name, None)
    place = cluster.SHARED if os.geteuid() == 0 else Path(tempfile.gettempdir())
    data = place / f"check-{secrets.token_hex(8)}"
    os.environ["RADRUM_DATA"] = str(data)
    try:
        return run(any_free_port(), embedded.data_folder(), None)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def run(port: int, data: Path, state: State | None) -> int:
    """Run database, web and worker; with a state until told to stop, without one for a walk."""
    begun = time.monotonic()
    address = f"http://{HOST}:{port}"
    os.environ |= {
        "RADRUM_DEMO": "1",
        "RADRUM_PORT": str(port),
        "RADRUM_BASE_URL": address,
        "PYTHONUNBUFFERED": "1",
    }
    os.environ.setdefault("RADRUM_RELAX_TOTP", "1")
    running = web_and_worker(port, embedded.sub_folder("logs"))
    try:
        _note(state, address, running)
        prepare(data, lists="all" if state else "invented")
        for child in running:
            child.start()
        _note(state, address, running)
        wait_until_ready(port, running)
        if state is None:
            return walk(address, running)
        say(greeting(address, data, time.monotonic() - begun))
        while True:
            keep_alive(running, lambda: _note(state, address, running))
            time.sleep(0.5)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        for child in running:
            child.stop()
        embedded.release()


def prepare(data: Path, *, lists: str) -> None:
    """Start the database, migrate as its owner, and load what the demo shows as the application.

    A walk takes `lists="invented"`: it must end the same whatever the world outside says.
    """
    manage = [sys.executable, "-m", "radrum.manage"]
    log = data / "logs" / "prepare.log"
    _step("Starting the database", embedded.ensure)
    _step(
        "Bringing the database up to date", lambda: _command([*manage, "migrate", "--no-input", "-v0"], log)
    )
    _step("Loading the lists", lambda: _say_last([sys.executable, "-m", __package__, "--lists", lists], log))
    _step(
        "Loading the guidelines and the story",
        lambda: _command([sys.executable, "-m", __package__, "--load"], log),
    )


def load() -> int:
    """Load content and story; a process of its own, because the one above never needs Django."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "radrum.settings"
    django.setup()
    call_command("load_content")
    call_command("load_story")
    return 0


def load_lists(*, online: bool) -> int:
    """See that there are lists to compare with; the last line says which."""
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "radrum.settings"
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from radrum.screening.provide import provide  # noqa: PLC0415

    say(provide(settings.LISTS if online else "", online=online))
    return 0


def wait_until_ready(port: int, running: Sequence[Child]) -> None:
    """Wait for the first answer; a child that dies meanwhile is the answer too."""
    give_up = time.monotonic() + PATIENCE
    said = "nothing listens"
    while time.monotonic() < give_up:
        for child in running:
            if child.has_died():
                raise GaveUp(
                    f"The {child.name} process did not start. Its log is {child.log}:\n{child.tail()}"
                )
        with (
            contextlib.suppress(OSError, HTTPException),
            contextlib.closing(HTTPConnection(HOST, port, timeout=5)) as web,
        ):
            web.request("GET", "/health/")
            answer = web.getresponse()
            if answer.status == 200:
                return
            said = f"{answer.status} {answer.reason}"
        time.sleep(0.1)
    raise GaveUp(
        f"/health/ was not well within {PATIENCE} seconds ({said}). The web log:\n{running[0].tail()}"
    )


def keep_alive(running: Sequence[Child], note: Callable[[], None]) -> None:
    """Start again what died."""
    for child in running:
        if child.has_died():
            say(child.restart())
            note()


def walk(address: str, running: Sequence[Child]) -> int:
    """Walk the chain; a child that died on the way is a failure too."""
    from radrum import walk as chain  # noqa: PLC0415  (needs the environment set above)

    code = chain.walk(address)
    for child in running:
        if child.has_died():
            say(f"The {child.name} process died during the walk.")
            code = code or 1
        if code:
            say(f"The last lines of {child.name}:\n{child.tail()}")
    return code


def say(sentence: str) -> None:
    """Print at once; the terminal may be gone, the demo goes on."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()


def _step(words: str, work: Callable[[], object]) -> None:
    begun = time.monotonic()
    work()
    say(f"{words}: {time.monotonic() - begun:.1f} s")


def _say_last(command: Sequence[str], log: Path) -> None:
    """Run a command of ours, and say what it said last."""
    _command(command, log)
    say(log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2])


def _command(command: Sequence[str], log: Path) -> None:
    """Run a command of ours; what it says goes to a log, and is shown when it fails."""
    with log.open("ab") as file:
        start = file.tell()
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False
        ).returncode
    if code:
        said = log.read_bytes()[start:].decode(errors="replace").strip().splitlines()[-15:]
        words = " ".join(command[2:])
        raise GaveUp(f"`{words}` failed. Its log is {log}:\n" + "\n".join(f"  {line}" for line in said))


def _note(state: State | None, address: str, running: Sequence[Child]) -> None:
    if state:
        state.write(address, [child.process.pid for child in running if child.process])


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
