"""The three database roles and the database, made alike on the embedded PostgreSQL and on a server.

The owner migrates, the application works and is bound by row-level security, the backup role reads past it.
None is a superuser. Which tables the application may use, the migrations say. A statement of the
application that fails is not written to the server's log: it holds what somebody wrote.
"""

from collections.abc import Mapping
from contextlib import suppress

from psycopg import Connection, connect
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Composable, Identifier, Literal

DATABASE = "radrum"
OWNER, APP, BACKUP = "radrum_owner", "radrum_app", "radrum_backup"


def set_up(admin_url: str, *, database: str = DATABASE, passwords: Mapping[str, str] | None = None) -> None:
    """Make the roles and the database, or put them right; may be run again at any time."""
    with connect(admin_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('radrum set_up'))")  # let go at disconnection
        for role in (OWNER, APP, BACKUP):
            _role(connection, role)
            if password := (passwords or {}).get(role):
                _password(connection, role, password)
        _keep_texts_out_of_the_log(connection)
        connection.execute(SQL("GRANT pg_read_all_data TO {}").format(Identifier(BACKUP)))
        _database(connection, database)


def create_database(admin_url: str, name: str) -> None:
    """Make one more database of the owner's, as the tests need."""
    with connect(admin_url, autocommit=True) as connection:
        _database(connection, name)


def drop_database(admin_url: str, name: str) -> None:
    """Remove a database, and whoever is connected to it."""
    with connect(admin_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def _role(connection: Connection, role: str) -> None:
    bypasses = role == BACKUP
    columns = "rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls"
    found = connection.execute(
        SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(SQL(columns)), [role]
    ).fetchone()
    if found == (True, False, False, False, bypasses):
        return
    rights = SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE {}").format(
        SQL("BYPASSRLS" if bypasses else "NOBYPASSRLS")
    )
    verb = SQL("ALTER ROLE {} {}" if found else "CREATE ROLE {} {}")
    connection.execute(verb.format(Identifier(role), rights))


def _password(connection: Connection, role: str, password: str) -> None:
    """Sent as a hash, so that no log of the server holds it."""
    secret = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(role), Literal(secret)))


def _keep_texts_out_of_the_log(connection: Connection) -> None:
    """Only a superuser may set this; where a hosted server has none, its own settings must say it."""
    quiet = SQL("ALTER ROLE {} SET log_min_error_statement = panic")
    with suppress(InsufficientPrivilege):
        connection.execute(quiet.format(Identifier(APP)))


def _database(connection: Connection, database: str) -> None:
    name, owner = Identifier(database), Identifier(OWNER)
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        make = SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}")
        connection.execute(make.format(name, owner, _locale(connection.info.server_version)))
    connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in (APP, BACKUP):
        connection.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, Identifier(role)))


def _locale(server_version: int) -> Composable:
    """The same letters (å too) and the same order (by code) on every server, whatever its own locale."""
    if server_version >= 170000:
        return SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    return SQL("LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
