"""Open a restricted case: the reading itself is recorded."""

from radrum.cases import policy
from radrum.cases.models import Case
from radrum.core.actor import Actor
from radrum.core.operation import operation


@operation("case.read", allowed=policy.may_read_restricted)
def read_restricted(actor: Actor, case: Case) -> None:
    """Leave a trace of who has read a restricted case, and when."""
