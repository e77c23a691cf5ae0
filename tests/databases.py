"""A database a worker, cloned from a template that is migrated once for each set of migrations."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from environs import Env

import radrum
from radrum.database import create_database, drop_database
from radrum.embedded import data_folder

ADMIN = os.environ["DATABASE_ADMIN_URL"]
_url = Env().dj_db_url


def _digest() -> str:
    root = Path(radrum.__file__).parent
    files = sorted(
        [
            *root.glob("*/migrations/*.py"),
            *root.glob("*/content/**/*.yaml"),
            *root.glob("*/load.py"),
            root / "guidance" / "enact.py",
            root / "core" / "rows.py",
        ]
    )
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def connect_to(name: str, *, owner: bool = False) -> None:
    """Point Django's connection at the database, as the application's role or the owner's."""
    connection.close()
    role: dict[str, Any] = _url("DATABASE_OWNER_URL" if owner else "DATABASE_URL")
    connection.settings_dict.update(NAME=name, USER=role["USER"], PASSWORD=role["PASSWORD"])


def _exists(name: str) -> bool:
    with psycopg.connect(ADMIN, autocommit=True) as admin:
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


@contextmanager
def _alone() -> Iterator[None]:
    with (data_folder() / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def template() -> str:
    """The migrated template with the content that ships with the program; made if it is not there."""
    name = f"radrum_template_{_digest()}"
    with _alone():
        if not _exists(name):
            making = f"{name}_making"
            drop_database(ADMIN, making)
            create_database(ADMIN, making)
            connect_to(making, owner=True)
            call_command("migrate", verbosity=0)
            connect_to(making)
            call_command("load_content", verbosity=0)
            connection.close()
            with psycopg.connect(ADMIN, autocommit=True) as admin:
                admin.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def clone(name: str) -> str:
    """A fresh copy of the template under this name."""
    source = template()
    drop_database(ADMIN, name)
    with _alone(), psycopg.connect(ADMIN, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" OWNER radrum_owner')
    return name


def drop(name: str) -> None:
    """Remove it again."""
    drop_database(ADMIN, name)


def url(name: str, *, variable: str = "DATABASE_URL") -> str:
    """The address of that database for another process, in the role the variable has."""
    head, _, _ = os.environ[variable].rpartition("/")
    return f"{head}/{name}"
