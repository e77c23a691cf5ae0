"""The processes of the demo: started with a log each, started again when they die, ended together."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from logging import Formatter, makeLogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from radrum.cluster import command_of
from radrum.supervise import GaveUp
from radrum.supervise.ports import HOST


def web_and_worker(port: int, logs: Path) -> list["Child"]:
    """The two processes beside the database."""
    granian = ["-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    threads = ["--workers", "1", "--blocking-threads", "4"]
    return [
        Child("web", [sys.executable, *granian, *threads, "radrum.wsgi:application"], logs),
        Child("worker", [sys.executable, "-m", "radrum.manage", "worker"], logs),
    ]


class Budget:
    """How often something may be started again: five times in a minute."""

    def __init__(self, times: int = 5, seconds: float = 60) -> None:
        self.times, self.seconds = times, seconds
        self.spent: deque[float] = deque()

    def allows(self, now: float) -> bool:
        """Spend one start, if one is left."""
        while self.spent and now - self.spent[0] > self.seconds:
            self.spent.popleft()
        if len(self.spent) >= self.times:
            return False
        self.spent.append(now)
        return True


class Child:
    """One process and its log, where each line begins with the time and the name."""

    def __init__(self, name: str, command: Sequence[str], logs: Path) -> None:
        self.name, self.command, self.log = name, command, logs / f"{name}.log"
        self.budget = Budget()
        self.process: subprocess.Popen[bytes] | None = None
        self._last: deque[str] = deque(maxlen=15)
        self._handler = RotatingFileHandler(self.log, maxBytes=5_000_000, backupCount=2, encoding="utf-8")
        self._handler.setFormatter(Formatter(f"%(asctime)s {name} | %(message)s"))

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, args=[self.process.stdout], daemon=True)
        self._reader.start()

    def _read(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                text = line.decode(errors="replace").rstrip()
                self._last.append(text)
                self._handler.emit(makeLogRecord({"msg": text}))

    def has_died(self) -> bool:
        """Whether it was started and is gone."""
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> str:
        """Start it again and say so, unless that happens too often."""
        code = None
        if self.process:
            code = self.process.returncode
            end_group(self.process.pid, signal.SIGKILL)  # what it had started would still hold the port
        if not self.budget.allows(time.monotonic()):
            raise GaveUp(
                f"The {self.name} process died {self.budget.times + 1} times within a minute, so the demo "
                f"stops. Its log is {self.log}, and ends:\n{self.tail()}"
            )
        self.start()
        return (
            f"The {self.name} process died (exit code {code}) and was started again; its log is {self.log}."
        )

    def tail(self) -> str:
        """Its last lines."""
        time.sleep(0.1)  # the reader may be a moment behind
        return "\n".join(f"  {line}" for line in list(self._last)) or "  (it said nothing)"

    def stop(self) -> None:
        """Ask it to end, and end it after ten seconds."""
        if self.process is not None:
            end_group(self.process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
            end_group(self.process.pid, signal.SIGKILL)  # and whatever it started itself
            self.process.wait()
            self._reader.join(2)
        self._handler.close()


def end_group(leader: int, how: signal.Signals) -> None:
    """Send a signal to a process and to all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, how)


def end_leftovers(leaders: Sequence[int]) -> list[int]:
    """End what a killed demo left running; the numbers may be other processes' by now."""
    ours = [leader for leader in leaders if b"radrum." in command_of(leader)]
    for leader in ours:
        end_group(leader, signal.SIGTERM)
    give_up = time.monotonic() + 10
    while any(map(command_of, ours)) and time.monotonic() < give_up:
        time.sleep(0.1)
    for leader in ours:
        end_group(leader, signal.SIGKILL)
    return ours
