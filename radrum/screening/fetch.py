"""Fetch the official lists from their keepers: quickly or not at all, and from nowhere but where we meant.

Only https, only addresses of the open internet, a limit for each file and for the whole. What came is laid
in a folder that `lists.load_place` reads; the day it was fetched from its keeper is the date of a list that
does not say its own.
"""

import datetime
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from radrum.screening.reach import is_public
from radrum.screening.sources import Source, sources

TOTAL = 20.0  # seconds for everything
PATIENCE = 5.0  # seconds for one answer
LARGEST = 100_000_000  # bytes of one file
REDIRECTS = 4
_AGENT = "radrum (lists for due diligence; one request a day)"

Allowed = Callable[[str], bool]


class NotFetched(Exception):
    """The sentence says why."""


@dataclass
class Fetched:
    """What came, and why the rest did not."""

    place: Path
    came: list[str] = field(default_factory=list)
    missed: dict[str, str] = field(default_factory=dict)


def wanted() -> list[Source]:
    """The lists whose keeper has an address for machines."""
    return [about for about in sources().values() if about.download]


def fetch(place: Path, *, today: datetime.date, total: float = TOTAL) -> Fetched:
    """All wanted lists at the same time, until `total` seconds have passed."""
    deadline = time.monotonic() + total
    result = Fetched(place)
    lock = threading.Lock()

    def one(about: Source) -> None:
        try:
            content = read(about.download, deadline=deadline)
            _lay(place / about.key, about, content, today)
        except Exception as error:  # noqa: BLE001  (whatever goes wrong with one list, the others come)
            with lock:
                result.missed[about.en] = str(error) or type(error).__name__
        else:
            with lock:
                result.came.append(about.en)

    # Threads of the kind that nobody waits for: a name server that does not answer must not keep us.
    threads = [threading.Thread(target=one, args=[about], daemon=True) for about in wanted()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    with lock:
        late = {about.en for about in wanted()} - set(result.came) - set(result.missed)
        result.missed |= dict.fromkeys(sorted(late), f"no answer within {total:.0f} seconds")
        return Fetched(place, sorted(result.came), dict(sorted(result.missed.items())))


def _lay(folder: Path, about: Source, content: bytes, today: datetime.date) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = urlsplit(about.download).path.rpartition("/")[2] or about.key
    partly = folder / f".{name}"
    partly.write_bytes(content)
    partly.replace(folder / name)
    told = f"Fetched from {about.keeper}.\n\nDate of the data: {today} (the day it was fetched)\n"
    (folder / "SOURCE.md").write_text(told, encoding="utf-8")


# --- One file ------------------------------------------------------------------------------------------


def read(url: str, *, deadline: float, allowed: Allowed = is_public, largest: int = LARGEST) -> bytes:
    """The file at that address; raises `NotFetched`, or what the network says."""
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.username:
            raise NotFetched("not an https address")
        connection = _Checked(parts.hostname, parts.port or 443, _left(deadline), allowed)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            if answer.status in {301, 302, 303, 307, 308}:
                url = urljoin(url, answer.getheader("Location", ""))
                continue
            if answer.status != http.client.OK:
                raise NotFetched(f"the keeper answered {answer.status}")
            return _body(answer, deadline, largest)
        finally:
            connection.close()
    raise NotFetched("sent on too many times")


def _left(deadline: float) -> float:
    left = min(PATIENCE, deadline - time.monotonic())
    if left <= 0:
        raise NotFetched("the time was up")
    return left


def _body(answer: http.client.HTTPResponse, deadline: float, largest: int) -> bytes:
    content = bytearray()
    while chunk := answer.read1(1 << 16):
        content += chunk
        if len(content) > largest:
            raise NotFetched(f"larger than {largest // 1_000_000} MB")
        _left(deadline)
    return bytes(content)


class _Checked(http.client.HTTPSConnection):
    """Looks the name up once, and connects to exactly the address it has checked."""

    def __init__(self, host: str, port: int, timeout: float, allowed: Allowed) -> None:
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self._allowed = allowed

    def connect(self) -> None:
        """To the first address of the open internet that the name has; the certificate must bear the name."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(row[4][0]) for row in found]
        if not addresses or not all(self._allowed(address) for address in addresses):
            raise NotFetched("not an address of the open internet")
        plain = socket.create_connection((addresses[0], self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
