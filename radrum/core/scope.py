"""The one wrapper that tells the database who acts: a short transaction for each read or operation.

The actor is set with `set_config(…, true)`, so it ends with the transaction; nothing set means no rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

from django.db import connection, transaction

from radrum.core.actor import STRANGER, Actor


class _Told(local):
    """What this thread's connection has been told; connections are a thread's own too."""

    actor: Actor | None = None
    reading: "Reading | None" = None


_told = _Told()
_SQL = (
    "SELECT set_config('app.person', %s, true), set_config('app.organisation', %s, true), "
    "set_config('app.kind', %s, true), set_config('app.roles', %s, true), set_config('app.system', %s, true)"
)


def _tell(actor: Actor) -> None:
    values = [
        str(actor.user_id or ""),
        str(actor.organisation_id or ""),
        actor.kind,
        ",".join(sorted(actor.roles)),
        "on" if actor.system else "",
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)


class Reading:
    """A transaction for looking: PostgreSQL refuses to write in it, and it is always rolled back."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def open(self) -> None:
        """Begin; outermost it is read-only, so a view cannot change anything except by an operation."""
        outermost = not connection.in_atomic_block
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self._before = _told.reading, _told.actor
        _told.reading, _told.actor = self, self.actor
        try:
            if outermost:
                connection.cursor().execute("SET TRANSACTION READ ONLY")
            _tell(self.actor)
        except BaseException:
            self.close()  # otherwise this thread's connection would stay in the transaction for ever
            raise

    def close(self) -> None:
        """End; what was set for this actor ends with it."""
        _told.reading, _told.actor = self._before
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """Look at what `actor` may see."""
    scope = Reading(actor)
    scope.open()
    try:
        yield
    finally:
        scope.close()


@contextmanager
def writing(actor: Actor) -> Iterator[None]:
    """Change things as `actor`: a transaction of its own outermost, a savepoint inside another.

    Open readings on the same connection are closed first and opened again afterwards.
    """
    paused = []
    while _told.reading:
        paused.append(_told.reading)
        _told.reading.close()
    before, inside = _told.actor, connection.in_atomic_block
    previous = before if inside else None
    try:
        with transaction.atomic():
            _told.actor = actor
            try:
                if actor != previous:
                    _tell(actor)
                yield
                if inside and actor != previous and not connection.needs_rollback:
                    _tell(previous or STRANGER)
            finally:
                _told.actor = before
    finally:
        for scope in reversed(paused):
            scope.open()
