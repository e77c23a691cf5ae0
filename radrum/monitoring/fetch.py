"""Fetch a feed from an address somebody typed, as if its keeper wished us ill.

The name is looked up once and the connection goes to the address that was checked, so a second answer of the
name server changes nothing; each redirect is looked up and checked anew. Only http and https on their own
ports, never an address of this machine or its network. What comes is limited in time, in bytes on the way and
in bytes unpacked.
"""

import socket
import time
import zlib
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx
from django.utils.translation import gettext_noop as _

from radrum.screening.reach import is_public

MOST_BYTES = 2_000_000  # a feed of a thousand items is far below
MOST_SECONDS = 25.0
MOST_REDIRECTS = 4
PORTS = {"http": 80, "https": 443}
# For tests, which have no other server than one on this machine: `(host, port)` pairs that may be asked.
LOCAL: frozenset[tuple[str, int]] = frozenset()
_AGENT = "radrum-feed/1 (a national support function; reads a few times a day)"


class NotFetched(Exception):
    """Why there is nothing; a sentence for the editor, without anything of what came.

    It is kept in English and put in the reader's language when it is shown; a detail follows in brackets.
    """

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


@dataclass(frozen=True)
class Fetched:
    """What came; `body` is none when nothing has changed since the last time."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


def fetch(url: str, *, etag: str = "", modified: str = "") -> Fetched:
    """Ask for the feed, and follow a few redirects; raises `NotFetched`."""
    until = time.monotonic() + MOST_SECONDS
    headers = {
        "User-Agent": _AGENT,
        "Accept-Encoding": "gzip",
        "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1",
    }
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    timeout = httpx.Timeout(8.0, connect=5.0)
    try:
        with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
            for _hop in range(MOST_REDIRECTS + 1):
                answer = _ask(client, url, headers, until)
                if isinstance(answer, Fetched):
                    return answer
                url = answer
    except httpx.TimeoutException as error:
        raise NotFetched(_("The source did not answer in time.")) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotFetched(_("The source could not be reached."), type(error).__name__) from error
    raise NotFetched(_("The source sends us on from address to address."))


def _ask(client: httpx.Client, url: str, headers: dict[str, str], until: float) -> Fetched | str:
    """What came, or the address we are sent on to."""
    parts, port = checked(url)
    address = reachable(str(parts.hostname), port)
    host = f"[{address}]" if ":" in address else address
    query = f"?{parts.query}" if parts.query else ""
    request = client.build_request(
        "GET",
        f"{parts.scheme}://{host}:{port}{parts.path or '/'}{query}",
        headers={**headers, "Host": parts.netloc},
        extensions={"sni_hostname": parts.hostname},  # the certificate must be the name's
    )
    response = client.send(request, stream=True)
    try:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Fetched(None, headers.get("If-None-Match", ""), headers.get("If-Modified-Since", ""))
        if response.is_redirect:
            return urljoin(url, str(response.headers.get("Location", "")))
        if response.status_code != httpx.codes.OK:
            raise NotFetched(_("The source answered with an error."), str(response.status_code))
        body = _body(response, until)
        marks = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
        etag, modified = (
            mark if len(mark) <= most else "" for mark, most in zip(marks, (300, 100), strict=True)
        )
        return Fetched(body, etag, modified)
    finally:
        response.close()


def checked(url: str) -> tuple[SplitResult, int]:
    """The parts and the port of an address we may ask; raises `NotFetched`."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NotFetched(_("This is not an address.")) from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotFetched(_("Only addresses that begin with http:// or https:// are asked."))
    if parts.username is not None or parts.password is not None:
        raise NotFetched(_("An address with a user name in it is not asked."))
    if port != PORTS[parts.scheme] and (parts.hostname, port) not in LOCAL:
        raise NotFetched(_("Only the usual ports are asked."))
    return parts, port


def reachable(host: str, port: int) -> str:
    """One address of the host, when all of them lie on the open network; raises `NotFetched`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(_("The name of the source has no address.")) from error
    addresses = [str(entry[4][0]) for entry in found]
    if (host, port) not in LOCAL and not all(is_public(address) for address in addresses):
        raise NotFetched(
            _("The source lies on this machine or its own network; such addresses are not asked.")
        )
    return addresses[0]


def _body(response: httpx.Response, until: float) -> bytes:
    """The bytes, unpacked piece by piece; never more of them than we allow."""
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > MOST_BYTES:
        raise NotFetched(_("The source sends more than a feed should hold."))
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise NotFetched(_("The source packs its feed in a way we did not ask for."))
    unpack = zlib.decompressobj(31) if encoding != "identity" else None
    whole, came = bytearray(), 0
    for piece in response.iter_raw():
        came += len(piece)
        whole += _unpacked(unpack, piece, MOST_BYTES + 1 - len(whole)) if unpack else piece
        if max(len(whole), came) > MOST_BYTES:
            raise NotFetched(_("The source sends more than a feed should hold."))
        if time.monotonic() > until:
            raise NotFetched(_("The source did not answer in time."))
    return bytes(whole)


def _unpacked(unpack: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    try:
        return unpack.decompress(piece, most)
    except zlib.error:
        raise NotFetched(_("What the source sent cannot be unpacked.")) from None
