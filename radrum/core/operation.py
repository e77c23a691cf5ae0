"""`@operation`: the one way to do something. Lock, decide, do, write the audit entry; all or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import local
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import pghistory
from django.db import models

from radrum.core import audit
from radrum.core.actor import Actor
from radrum.core.scope import writing

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """The step cannot be done now; the message says why, in the reader's language."""


class Forbidden(Refused):
    """The actor may see the subject but not do this to it."""


class Unseen(Refused):
    """The subject does not exist for this actor."""


class Stale(Refused):
    """Somebody saved while this was being written; `current` is what they saved."""

    def __init__(self, message: str, current: models.Model) -> None:
        super().__init__(message)
        self.current = current


class Operation(NamedTuple):
    """One line of `docs/operations.md`."""

    verb: str
    step: Callable[..., Any]
    allowed: Callable[..., bool]


registry: dict[str, Operation] = {}


class _Running(local):
    """The refusals of this thread's outermost operation, or None when none runs."""

    refusals: list[audit.Refusal] | None = None


_running = _Running()


@contextmanager
def _journalled(actor: Actor) -> Iterator[list[audit.Refusal]]:
    """Open the transaction; whatever was refused inside is written, after the rollback if there is one."""
    if _running.refusals is not None:
        yield _running.refusals
        return
    refusals: list[audit.Refusal] = []
    _running.refusals = refusals
    try:
        with writing(actor):
            yield refusals
            audit.write_refusals(refusals)
    except BaseException:
        if refusals:
            with writing(actor):
                audit.write_refusals(refusals)
        raise
    finally:
        _running.refusals = None


def _locked(subject: models.Model) -> models.Model:
    manager = type(subject)._base_manager
    row = manager.select_for_update(of=("self",)).filter(pk=subject.pk).first()
    if row is None:  # gone; or a row that row-level security shows and does not let one change
        raise Forbidden if manager.filter(pk=subject.pk).exists() else Unseen("not found")
    return row


def operation(
    verb: str, *, allowed: Callable[..., bool]
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a step an operation named `verb` (`case.answered`), open to whom `allowed(actor, subject)` says.

    If the second argument is a saved row it is read again `FOR UPDATE` and given to `allowed` and the step.
    Raises `Forbidden`, `Unseen`, or the step's own `Refused`; every refusal leaves an audit entry.
    """

    def decorate(step: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(step)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            given = args[:1] if args and isinstance(args[0], models.Model) else ()
            with _journalled(actor) as refusals:
                try:
                    with writing(actor), pghistory.context(verb=verb, person=actor.user_id):
                        subject = tuple(_locked(row) for row in cast("tuple[models.Model, ...]", given))
                        if not allowed(actor, *subject):
                            raise Forbidden  # without words: the page says whose task it is
                        result = cast("Callable[..., R]", step)(
                            actor, *subject, *args[len(given) :], **kwargs
                        )
                        audit.write(actor, verb, *(subject or (result,)))
                        return result
                except Refused as refusal:
                    refusals.append(
                        audit.Refusal(actor, verb, given[0] if given else None, type(refusal).__name__)
                    )
                    raise

        registry[verb] = Operation(verb, run, allowed)
        return cast("Callable[Concatenate[Actor, P], R]", run)

    return decorate
