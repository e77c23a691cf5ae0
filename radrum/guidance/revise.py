"""What should stand otherwise in the next edition: proposed, decided by somebody else, then taken up.

An edition in force never changes. An accepted proposal waits in the list for the next one; the file of that
edition names the proposals it answers, and from then on each shows in which edition it stands.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance import policy
from radrum.guidance.models import Aspect, ChangeProposal, Edition
from radrum.guidance.wording import refuse_what_must_not_be_sent


def known_numbers(edition: Edition) -> list[str]:
    """The numbers of the edition's aspects, in their order."""
    keys = Aspect.objects.filter(dimension__edition=edition).order_by("dimension__order", "order")
    return [key.removeprefix("D") for key in keys.values_list("key", flat=True)]


@operation("change.proposed", allowed=policy.may_propose)
def propose(actor: Actor, /, *, aspect: str, what: str, why: str) -> ChangeProposal:
    """Put a change on the list for the next edition, against the edition in force."""
    edition = policy.current_edition()
    if aspect not in known_numbers(edition):
        raise Refused(_("There is no aspect %(number)s in the edition in force.") % {"number": aspect})
    refuse_what_must_not_be_sent([what, why])
    return ChangeProposal.unguarded.create(
        edition=edition,
        aspect=aspect,
        what=what,
        why=why,
        office_id=actor.organisation_id,
        proposed_by_id=actor.user_id,
    )


@operation("change.decided", allowed=policy.may_decide)
def decide(actor: Actor, proposal: ChangeProposal, *, state: str, reason: str = "") -> ChangeProposal:
    """Accept a proposal for the next edition, or decline it with a reason. An accepted one becomes public."""
    if proposal.state != ChangeProposal.State.PROPOSED:
        raise Refused(_("This proposal has already been decided."))
    if state == ChangeProposal.State.DECLINED and not reason.strip():
        raise Refused(_("Say why it is declined; whoever proposed it will read it."))
    if state not in (ChangeProposal.State.ACCEPTED, ChangeProposal.State.DECLINED):
        raise Refused(_("Choose whether it is accepted or declined."))
    refuse_what_must_not_be_sent([reason])
    proposal.state, proposal.reason = state, reason
    proposal.decided_by_id, proposal.decided_at = actor.user_id, timezone.now()
    proposal.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return proposal


@operation("change.taken_up", allowed=policy.may_take_up)
def take_up(actor: Actor, /, *, edition: Edition, numbers: Iterable[int]) -> None:
    """Note in which edition accepted proposals stand. Refuses a number that was not accepted."""
    accepted = ChangeProposal.unguarded.filter(pk__in=list(numbers), state=ChangeProposal.State.ACCEPTED)
    missing = set(numbers) - set(accepted.values_list("pk", flat=True))
    if missing:
        raise Refused(
            _("The edition answers proposals that are not accepted: %(numbers)s.")
            % {"numbers": ", ".join(map(str, sorted(missing)))}
        )
    accepted.update(state=ChangeProposal.State.IN_EDITION, taken_up_in=edition)
