"""The port the demo answers on."""

import socket
from collections.abc import Callable

from radrum.supervise import GaveUp

HOST = "127.0.0.1"  # never another: everybody knows the passwords of the demo
PORT = 8000


def choose_port(wished: str | None, say: Callable[[str], None]) -> int:
    """Take the wished port, or the first free one from 8000 where none is wished."""
    if wished:
        return _wished(wished)
    port = next(filter(is_free, range(PORT, PORT + 100)), None)
    if port is None:
        raise GaveUp(
            f"The ports {PORT} to {PORT + 99} are taken: choose one, as in RADRUM_PORT=9000 script/demo."
        )
    if port != PORT:
        say(f"Port {PORT} is taken by another program, so the demo uses {port}.")
    return port


def _wished(wished: str) -> int:
    if not wished.isdecimal() or not 1024 <= int(wished) <= 65535:
        raise GaveUp(f'RADRUM_PORT is "{wished}", but must be a number from 1024 to 65535, such as 8001.')
    if not is_free(int(wished)):
        other = next(filter(is_free, range(PORT + 1, PORT + 1000)), 9000)
        raise GaveUp(
            f"Port {wished} is taken by another program: stop that one, "
            f"or run RADRUM_PORT={other} script/demo."
        )
    return int(wished)


def is_free(port: int) -> bool:
    """Nothing answers on the port, and we may listen there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """Some free port, for a check that must not disturb anybody."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
