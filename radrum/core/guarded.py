"""Closed managers: a confidential row is reached through `policy`, or through the parent that was."""

from typing import Any, ClassVar, Self

import pghistory.models
from django.db import models


class NotThroughPolicy(RuntimeError):
    """A query on a confidential model did not come from its package's `policy.py`."""


class Closed(models.Manager[Any]):
    """Raises, unless it is the related manager of a row that someone was already allowed to see."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Give rows only to a related manager (`plan.partners`); everyone else goes through `policy`."""
        if hasattr(self, "instance"):
            return super().get_queryset()
        raise NotThroughPolicy(f"{self.model.__name__}: ask policy.visible_…(actor), see docs/house-style.md")


class Guarded(models.Model):
    """A confidential model. It has no `objects`; `unguarded` is for Django itself and for steps."""

    closed = Closed()
    unguarded: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unguarded"
        default_manager_name = "closed"  # also where a model adds a manager of its own


class Event(pghistory.models.Event):  # type: ignore[misc]  # pghistory has no types
    """A row of history, with the same protection as the model it follows."""

    objects = None
    closed = Closed()
    unguarded: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unguarded"
