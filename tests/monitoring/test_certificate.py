"""The connection goes to an address, and the certificate must be the name's all the same."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from radrum.monitoring import fetch
from radrum.monitoring.fetch import NotFetched
from tests.monitoring.server import FEED


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for `name` that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    one, two = folder / "certificate.pem", folder / "key.pem"
    one.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    two.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return one, two


class Handler(BaseHTTPRequestHandler):
    """Gives the feed."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(FEED.encode())))
        self.end_headers()
        self.wfile.write(FEED.encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server on this machine with the certificate of prov.example, which every name leads to."""
    certificate, key = _certificate(tmp_path, "prov.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    number = server.server_address[1]
    trusting = ssl.create_default_context(cafile=str(certificate))
    client = httpx.Client
    monkeypatch.setattr(fetch.httpx, "Client", lambda **given: client(verify=trusting, **given))
    monkeypatch.setattr(
        fetch, "LOCAL", frozenset({(f"{name}.example", number) for name in ("prov", "annan")})
    )
    found = [(2, 1, 6, "", ("127.0.0.1", number))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_given, **_named: found)
    yield number
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_name_of_the_certificate_must_be_the_name_that_was_asked(port: int) -> None:
    assert fetch.fetch(f"https://prov.example:{port}/feed").body == FEED.encode()
    with pytest.raises(NotFetched, match="could not be reached"):
        fetch.fetch(f"https://annan.example:{port}/feed")
