"""Lists are fetched from the open internet over https and from nowhere else; never for long, never too much."""

import datetime
import http.client
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from radrum.screening import fetch, folder
from radrum.screening.fetch import NotFetched, read
from radrum.screening.reach import is_public
from radrum.screening.sources import Source, sources
from tests.screening import samples

DAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("::ffff:127.0.0.1", False),
        ("224.0.0.1", False),
        ("ff0e::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_connected_to(address: str, public: bool) -> None:
    assert is_public(address) == public


class Answer:
    """What a keeper says, without a network."""

    def __init__(self, status: int = 200, body: bytes = b"", location: str = "") -> None:
        self.status, self._body, self._location = status, body, location

    def getheader(self, _name: str, default: str = "") -> str:
        return self._location or default

    def read1(self, size: int) -> bytes:
        part, self._body = self._body[:size], self._body[size:]
        return part


@pytest.fixture
def keepers(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Answer]], list[str]]:
    """Answers by host and path; gives the list of what was asked."""

    def make(answers: dict[str, Answer]) -> list[str]:
        asked: list[str] = []

        class Connection:
            def __init__(self, host: str, *_: Any) -> None:
                self.host = host

            def request(self, _method: str, path: str, **_: Any) -> None:
                self.path = path
                asked.append(f"{self.host}{path}")

            def getresponse(self) -> Answer:
                if f"{self.host}{self.path}" not in answers:
                    raise OSError("no such keeper")
                return answers[f"{self.host}{self.path}"]

            def close(self) -> None: ...

        monkeypatch.setattr(fetch, "_Checked", Connection)
        return asked

    return make


def later() -> float:
    return time.monotonic() + 20


@pytest.mark.parametrize(
    "url", ["http://lists.example/a", "file:///etc/passwd", "https://user@lists.example/a", "https:///a", "a"]
)
def test_only_https_is_asked(keepers: Any, url: str) -> None:
    asked = keepers({})
    with pytest.raises(NotFetched):
        read(url, deadline=later())
    assert asked == []


def test_a_way_on_is_followed_a_few_times_and_checked_each_time(keepers: Any) -> None:
    keepers({"a.example/1": Answer(302, location="/2"), "a.example/2": Answer(200, b"list")})
    assert read("https://a.example/1", deadline=later()) == b"list"
    keepers({"a.example/1": Answer(302, location="http://a.example/2")})
    with pytest.raises(NotFetched):
        read("https://a.example/1", deadline=later())
    asked = keepers({"a.example/1": Answer(302, location="/1")})
    with pytest.raises(NotFetched):
        read("https://a.example/1", deadline=later())
    assert len(asked) == fetch.REDIRECTS + 1


def test_too_much_too_late_and_not_there_are_refused(keepers: Any) -> None:
    keepers({"a.example/1": Answer(200, b"x" * 300_000), "a.example/2": Answer(404)})
    with pytest.raises(NotFetched, match="larger"):
        read("https://a.example/1", deadline=later(), largest=200_000)
    with pytest.raises(NotFetched, match="404"):
        read("https://a.example/2", deadline=later())
    with pytest.raises(NotFetched, match="time"):
        read("https://a.example/1", deadline=time.monotonic() - 1)


def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(NotFetched, match="open internet"):
        read("https://lists.example/a", deadline=later())


def test_what_comes_is_laid_where_it_is_read_with_the_day_it_was_fetched(
    keepers: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    two = [
        Source("us-csl", "x", "US list", download="https://a.example/consolidated.csv"),
        Source("un-sc", "x", "UN list", download="https://b.example/un.xml"),
        Source("uk-sl", "x", "UK list", download="https://c.example/uk.xml"),
    ]
    monkeypatch.setattr(fetch, "wanted", lambda: two)
    csv = samples.CSL if isinstance(samples.CSL, bytes) else samples.CSL.encode()
    keepers(
        {"a.example/consolidated.csv": Answer(200, csv), "b.example/un.xml": Answer(200, samples.UN.encode())}
    )
    fetched = fetch.fetch(tmp_path, today=DAY)
    assert (fetched.came, fetched.missed) == (["UN list", "US list"], {"UK list": "no such keeper"})
    found = {one.key: (str(one.date), one.date_from) for one in folder.find(tmp_path).deliveries}
    assert found == {"us-csl": ("2026-11-24", "source_md"), "un-sc": ("2026-02-27", "file")}


def test_a_keeper_that_does_not_answer_keeps_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fetch, "wanted", lambda: [Source("a", "A", "A", download="https://a.example/")])
    monkeypatch.setattr(fetch, "read", lambda *_, **__: time.sleep(30))
    began = time.monotonic()
    fetched = fetch.fetch(tmp_path, today=DAY, total=0.2)
    assert (fetched.came, fetched.missed) == ([], {"A": "no answer within 0 seconds"})
    assert time.monotonic() - began < 5


def test_the_addresses_in_the_catalogue_are_https() -> None:
    downloads = [about.download for about in sources().values() if about.download]
    assert (len(downloads) >= 5, [one for one in downloads if not one.startswith("https://")]) == (True, [])
    assert issubclass(fetch._Checked, http.client.HTTPSConnection)
