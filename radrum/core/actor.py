"""Who acts, for which organisation, in which roles."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Actor:
    """The first argument of every operation and rule; never taken from a global."""

    user: Any = field(default=None, compare=False)
    organisation: Any = field(default=None, compare=False)
    user_id: Any = None  # the primary keys, or None for nobody and the system
    organisation_id: Any = None
    kind: str = ""
    roles: frozenset[str] = frozenset()
    system: bool = False

    def has(self, *roles: str) -> bool:
        """Whether the actor has any of these roles in the organisation acted for."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(system=True)  # jobs, the command line, and steps that begin before anyone is known
STRANGER = Actor()  # nobody: sees what everyone may see
