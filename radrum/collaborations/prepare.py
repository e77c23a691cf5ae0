"""Prepare the matter at home: the advisory group's advice."""

from radrum.accounts import notify
from radrum.collaborations import policy
from radrum.collaborations.models import Advice, Collaboration
from radrum.core.actor import Actor
from radrum.core.operation import operation


@operation("collaboration.prepared", allowed=policy.may_prepare)
def prepare(actor: Actor, plan: Collaboration, *, text: str, file_reference: str = "") -> Advice:
    """Give advice; more than one adviser may, and an adviser may add to their own."""
    advice = Advice.unguarded.create(
        collaboration=plan, adviser_id=actor.user_id, text=text, file_reference=file_reference
    )
    notify.tell_person(
        plan.owner_id, "advice_given", reference=f"{plan.pk}", path=f"/collaborations/{plan.pk}/"
    )
    return advice
