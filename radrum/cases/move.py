"""Move who reads a case at home when the plan it was asked about gets another owner."""

from radrum.accounts.models import User
from radrum.cases import policy
from radrum.cases.models import Case
from radrum.core.actor import Actor
from radrum.core.operation import operation


@operation("case.moved", allowed=policy.may_move_reader)
def move_reader(actor: Actor, case: Case, *, to: User) -> None:
    """The new owner reads question and statement; the earlier owner no longer does. Run as SYSTEM."""
    case.on_behalf_of = to
    case.save(update_fields=["on_behalf_of"])
