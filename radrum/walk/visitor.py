"""A browser without pictures, and how a step of the walk begins and ends."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

FJALLBY, DESK = "fjallby.example", "funktionen.example"
PASSWORD = "radrum-ovning-2026"  # noqa: S105  (printed by the demo, for invented people)


class Wrong(AssertionError):
    """A step did not end as it should."""


class Visitor:
    """A browser without pictures: keeps cookies, follows redirects, sends the CSRF token of the page."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page, self.path = "", ""

    def get(self, path: str, *, status: int = 200) -> str:
        """Open a page; its text is returned and remembered."""
        return self._open(Request(self.base + path), status)  # noqa: S310  (the demo's own address)

    def send(self, fields: dict[str, str | list[str]], *, status: int = 200) -> str:
        """Send the form of the page one is on, with its hidden fields."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        hidden = dict(re.findall(r'type="hidden" name="(version|author)" value="([^"]*)"', self.page))
        data = urlencode({**hidden, **fields, "csrfmiddlewaretoken": token[1] if token else ""}, doseq=True)
        request = Request(self.base + self.path, data.encode(), {"Referer": self.base + self.path})  # noqa: S310
        return self._open(request, status)

    def send_to(self, path: str, fields: dict[str, str | list[str]]) -> str:
        """Send one of the page's other forms."""
        self.path = path
        return self.send(fields)

    def _open(self, request: Request, status: int) -> str:
        try:
            with self.opener.open(request, timeout=30) as response:
                got, self.page, address = response.status, response.read().decode(), response.url
        except HTTPError as error:
            got, self.page, address = error.code, error.read().decode(errors="replace"), error.url
        self.path = urlsplit(address).path
        if got != status:
            raise Wrong(
                f"{request.get_method()} {urlsplit(request.full_url).path} answered {got}, not {status}"
            )
        return self.page

    def file(self, path: str) -> bytes:
        """Fetch a file; it is not a page."""
        with self.opener.open(self.base + path, timeout=60) as response:
            content: bytes = response.read()
        return content

    def text(self) -> str:
        """What a reader sees of the page."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())


def sign_in(base: str, role: str, organisation: str) -> Visitor:
    """A visitor who has signed in through the page."""
    visitor = Visitor(base)
    visitor.get("/account/login/")
    visitor.send({"login": f"{role}@{organisation}", "password": PASSWORD})
    expect("/account/logout/" in visitor.page, f"{role}@{organisation} could not sign in")
    return visitor


def expect(holds: object, otherwise: str) -> None:
    """Stop the walk with this sentence unless it holds."""
    if not holds:
        raise Wrong(otherwise)


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line with its time when the step ended as it should."""
    began = time.perf_counter()
    yield
    print(f"ok  {time.perf_counter() - began:5.2f} s  {name}", flush=True)
