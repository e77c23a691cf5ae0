"""Feeds are fetched from a real server; what lies inside, never ends, or unpacks without end is refused."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from radrum.monitoring import fetch
from radrum.monitoring.fetch import LOCAL, NotFetched, checked, reachable
from tests.monitoring.server import FEED, Answer, Site, site

OUTSIDE = "93.184.215.14"


@pytest.fixture
def there() -> Iterator[Site]:
    with site() as found:
        yield found


def _named(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A name server that gives these addresses, one list each time it is asked; tells what it was asked."""
    left, asked = list(answers), []

    def look_up(host: str, port: int, **more: Any) -> list[Any]:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(fetch.socket, "getaddrinfo", look_up)
    return asked


def test_no_address_of_this_machine_is_open_but_in_tests() -> None:
    assert frozenset() == LOCAL


# --- What comes ------------------------------------------------------------------------------------


def test_a_feed_comes_and_is_not_sent_twice(there: Site) -> None:
    there.answers["/feed"] = Answer(
        headers={"ETag": '"v1"', "Last-Modified": "Tue, 10 Nov 2026 08:00:00 GMT"}
    )
    came = fetch.fetch(f"{there.base}/feed")
    assert (came.body, came.etag) == (FEED.encode(), '"v1"')
    there.answers["/feed"] = Answer(304, {}, b"")
    again = fetch.fetch(f"{there.base}/feed", etag=came.etag, modified=came.modified)
    sent = there.asked[-1][1]
    assert (again.body, again.etag, again.modified) == (None, came.etag, came.modified)
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (came.etag, came.modified)
    assert (sent["Host"], sent["Accept-Encoding"]) == (there.base.removeprefix("http://"), "gzip")


def test_a_packed_feed_is_unpacked(there: Site) -> None:
    there.answers["/feed"] = Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(FEED.encode()))
    assert fetch.fetch(f"{there.base}/feed").body == FEED.encode()


def test_a_redirect_is_followed_and_a_circle_is_not(there: Site) -> None:
    there.answers.update({"/old": Answer(301, {"Location": "/feed"}), "/feed": Answer()})
    assert fetch.fetch(f"{there.base}/old").body == FEED.encode()
    there.answers["/feed"] = Answer(302, {"Location": "/old"})
    with pytest.raises(NotFetched, match="from address to address"):
        fetch.fetch(f"{there.base}/old")
    assert len(there.asked) == 2 + 5


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(404, {}, b""), "404"),
        (Answer(500, {}, b""), "500"),
        (Answer(body=b"x" * 2_000_001), "more than a feed"),
        (Answer(headers={"Content-Length": ""}, body=b"x" * 3_000_000), "more than a feed"),
        (
            Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"0" * 500_000_000, 9)),
            "more than a feed",
        ),
        (Answer(headers={"Content-Encoding": "gzip"}, body=b"not packed"), "cannot be unpacked"),
        (Answer(headers={"Content-Encoding": "deflate"}, body=zlib.compress(b"x")), "did not ask for"),
        (Answer(headers={"Content-Encoding": "br"}, body=b"x"), "did not ask for"),
        (Answer(302, {"Location": "file:///etc/passwd"}), "http"),
        (Answer(302, {"Location": "gopher://prov.example/"}), "http"),
        (Answer(302, {"Location": "http://127.0.0.1:22/"}), "usual ports"),
        (Answer(302, {"Location": "http://127.0.0.1/"}), "own network"),
        (Answer(302, {"Location": "http://169.254.169.254/latest/meta-data/"}), "own network"),
        (Answer(302, {"Location": "http://[::1]/"}), "own network"),
        (Answer(302, {"Location": "http://0x7f000001/"}), "own network"),
        (Answer(302, {"Location": "http://2130706433/"}), "own network"),
        (Answer(302, {"Location": ""}), "from address to address"),
    ],
    ids=lambda given: str(given)[:60],
)
def test_what_is_not_a_feed_of_decent_size_from_outside_is_refused(
    there: Site, answer: Answer, why: str
) -> None:
    there.answers["/feed"] = answer
    with pytest.raises(NotFetched, match=why):
        fetch.fetch(f"{there.base}/feed")


def test_a_slow_source_is_left(there: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    there.answers["/feed"] = Answer()
    moments = iter([0.0, 26.0, 27.0, 28.0])
    monkeypatch.setattr(fetch.time, "monotonic", lambda: next(moments, 30.0))
    with pytest.raises(NotFetched, match="in time"):
        fetch.fetch(f"{there.base}/feed")


def test_a_source_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(fetch, "LOCAL", frozenset({("127.0.0.1", port)}))
        monkeypatch.setattr(fetch.httpx, "Timeout", lambda *_given, **_named: 0.2)
        began = time.perf_counter()
        with pytest.raises(NotFetched, match="in time"):
            fetch.fetch(f"http://127.0.0.1:{port}/")
        assert time.perf_counter() - began < 5


# --- Where it lies ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "ftp://prov.example/feed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://user@prov.example/",
        "http://user:word@prov.example/",
        "http://prov.example:8080/",
        "https://prov.example:22/",
        "http://prov.example:x/",
        "http://[::1/",
    ],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(NotFetched):
        checked(url)


@pytest.mark.parametrize("url", ["http://prov.example/", "https://prov.example:443/feed?x=1"])
def test_addresses_that_are_asked(url: str) -> None:
    assert checked(url)[1] in {80, 443}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104  (asked for, not bound)
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_no_name_leads_inside(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    _named(monkeypatch, [address])
    with pytest.raises(NotFetched, match="own network"):
        reachable("prov.example", 80)
    _named(monkeypatch, [OUTSIDE, address])  # one good address does not make the other good
    with pytest.raises(NotFetched, match="own network"):
        reachable("prov.example", 80)


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name says an open address first and this machine afterwards; the connection goes to the first."""
    asked = _named(monkeypatch, [OUTSIDE], ["127.0.0.1"])
    connected: list[str] = []

    def send(self: Any, request: Any, **more: Any) -> Any:
        connected.append(str(request.url))
        assert (request.headers["Host"], request.extensions["sni_hostname"]) == (
            "prov.example",
            "prov.example",
        )
        raise fetch.httpx.ConnectError("no network in tests")

    monkeypatch.setattr(fetch.httpx.Client, "send", send)
    with pytest.raises(NotFetched, match="could not be reached"):
        fetch.fetch("https://prov.example/feed?x=1")
    assert (asked, connected) == (["prov.example"], [f"https://{OUTSIDE}/feed?x=1"])


def test_a_name_without_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*given: Any, **more: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", look_up)
    with pytest.raises(NotFetched, match="has no address"):
        fetch.fetch("https://prov.example/")


def test_no_proxy_of_the_environment_is_used(there: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    there.answers["/feed"] = Answer()
    assert fetch.fetch(f"{there.base}/feed").body
