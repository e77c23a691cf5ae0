"""A web server on this machine that behaves as badly as it is told to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from radrum.monitoring import fetch

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Prov</title><link>https://prov.example/</link>
<item><title>Ett &lt;b&gt;nytt&lt;/b&gt; beslut</title><link>https://prov.example/1?utm_source=x#del</link>
<guid>tag:1</guid><pubDate>Tue, 10 Nov 2026 08:00:00 GMT</pubDate>
<description>&lt;p onclick="x()"&gt;Text&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Två</title><link>https://prov.example/2</link></item>
</channel></rss>"""


class Answer(NamedTuple):
    """What the server says: code, headers, body; and how slowly."""

    status: int = 200
    headers: dict[str, str] = {}
    body: bytes = FEED.encode()


class Site(NamedTuple):
    """The server, what it answers by path, and what it was asked."""

    base: str
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]


@contextmanager
def site() -> Iterator[Site]:
    """Run it while it is needed; its own address is the only one of this machine that may be asked."""
    answers: dict[str, Answer] = {}
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers.items())))
            answer = answers.get(self.path, Answer(404, {}, b""))
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(answer.body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    port = server.server_address[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch, "LOCAL", frozenset({("127.0.0.1", port)}))
        yield Site(f"http://127.0.0.1:{port}", answers, asked)
    server.shutdown()
    server.server_close()
    thread.join()
