"""The embedded PostgreSQL, started or joined when no DATABASE_URL names a server, and the folder for data.

Each process that uses the cluster holds a share of it by a file lock until it ends; the last one to let go
stops it. A killed process lets go by itself, so nothing is stale.
"""

import atexit
import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from radrum import cluster, database
from radrum.cluster import SHARED, Unavailable

__all__ = ["Unavailable", "data_folder", "ensure", "release", "secret", "sub_folder"]

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "DATABASE_BACKUP_URL")


def ensure(name: str = "pg") -> dict[str, str]:
    """Set the addresses of the database, starting or joining the embedded one if none is given."""
    if os.environ.get("DATABASE_URL"):
        return {name: os.environ[name] for name in NAMES if os.environ.get(name)}
    folder = data_folder() / name
    with _one_at_a_time(folder):
        _hold(folder)
        cluster.start(folder, safe=name == "pg")
        database.set_up(cluster.address(folder, "postgres", "postgres"))
        who = (database.APP, database.OWNER, "postgres", database.BACKUP)
        urls = {
            key: cluster.address(folder, role, database.DATABASE)
            for key, role in zip(NAMES, who, strict=True)
        }
    os.environ.update(urls)
    return urls


# --- The folder for data ---------------------------------------------------------------------------


def data_folder() -> Path:
    """The folder for everything that is data: `RADRUM_DATA`, or one of its own for each checkout."""
    chosen = os.environ.get("RADRUM_DATA")
    folder = Path(chosen).expanduser().absolute() if chosen else _default_folder()
    if not folder.is_dir():
        _make(folder)
    return folder


def sub_folder(name: str) -> Path:
    """A folder in the data folder that only its owner may enter."""
    folder = data_folder() / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def secret(name: str) -> str:
    """A random key kept in the data folder, made when it is first asked for."""
    place = sub_folder("keys") / f"{name}.key"
    if not place.exists():
        with tempfile.NamedTemporaryFile("w", dir=place.parent) as new:  # its mode is 0600
            new.write(secrets.token_urlsafe(48))
            new.flush()
            with suppress(FileExistsError):  # another process was first, and its key is the one
                place.hardlink_to(new.name)
    return place.read_text()


def _default_folder() -> Path:
    checkout = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:8]
    if os.geteuid() == 0:
        return SHARED / checkout
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not base.is_absolute():
        base = Path.home() / ".local" / "share"
    return base / "radrum" / checkout


def _make(folder: Path) -> None:
    as_root = os.geteuid() == 0
    try:
        if as_root and folder.is_relative_to(SHARED):
            SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
            SHARED.chmod(0o755)  # the mask for new files may be stricter
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o711 if as_root else 0o700)  # PostgreSQL's user passes through root's
    except OSError as error:
        raise Unavailable(
            f"The data folder {folder} cannot be made ({error.strerror}): "
            "set RADRUM_DATA to a folder you may write in, and run this again."
        ) from error


# --- Shares ----------------------------------------------------------------------------------------

_held: dict[Path, int] = {}


def _hold(folder: Path) -> None:
    if folder not in _held:
        _held[folder] = share = os.open(
            folder.with_name(f"{folder.name}.holders"), os.O_RDWR | os.O_CREAT, 0o600
        )
        fcntl.flock(share, fcntl.LOCK_SH)
        atexit.register(release, process=os.getpid())


def release(*, process: int | None = None) -> None:
    """Let go of the cluster; the last to let go stops it."""
    if process not in (None, os.getpid()):  # a fork inherits the exit hook, not the share
        return
    for folder in list(_held):
        share = _held.pop(folder)
        with suppress(FileNotFoundError), _one_at_a_time(folder):  # the data may have been removed meanwhile
            if _is_last(share):
                cluster.stop(folder)


def _is_last(share: int) -> bool:
    try:
        fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(share)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    lock = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
