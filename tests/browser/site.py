"""The real server: web and worker as processes of their own, on a database and a port of their own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from radrum.supervise.ports import any_free_port
from tests import databases

PATIENCE = 40  # seconds until the pages must answer


@dataclass(frozen=True)
class Site:
    """Where it answers, which database it has, and what it wrote to its logs."""

    url: str
    database: str
    folder: Path

    def log(self) -> str:
        """What web and worker have said."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))


@contextmanager
def run(database: str, folder: Path) -> Iterator[Site]:
    """Start both on the database, and end them by their process ids."""
    port = any_free_port()
    site = Site(f"http://127.0.0.1:{port}", database, folder)
    environment = {
        **os.environ,
        "DATABASE_URL": databases.url(database),
        "DATABASE_OWNER_URL": databases.url(database, variable="DATABASE_OWNER_URL"),
        "RADRUM_DEMO": "1",
        "RADRUM_RELAX_TOTP": "1",
        "RADRUM_BASE_URL": site.url,
        "RADRUM_DATA": os.fspath(folder),
    }
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    commands = {
        "web": [*web, "--blocking-threads", "4", "radrum.wsgi:application"],
        "worker": ["radrum.manage", "worker"],
    }
    running = [_start(words, folder / f"{name}.log", environment) for name, words in commands.items()]
    try:
        _wait_until_ready(site, running)
        yield site
    finally:
        for process in running:
            _stop(process)


def _start(words: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_ready(site: Site, running: list[subprocess.Popen[bytes]]) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and all(process.poll() is None for process in running):
        try:
            urllib.request.urlopen(f"{site.url}/health/", timeout=5).close()  # noqa: S310  (our own address)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server does not answer. Its logs:\n{site.log()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
