"""Lift a plan to the steering group with the goal conflicts named, and give the group's view."""

from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.collaborations import policy
from radrum.collaborations.models import (
    Collaboration,
    GoalConflict,
    Position,
    Referral,
    SteeringView,
    text_version,
)
from radrum.collaborations.prepare import refuse_unread
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


@operation("collaboration.lifted", allowed=policy.may_lift)
def lift(
    actor: Actor,
    plan: Collaboration,
    *,
    question: str,
    conflicts: list[tuple[str, str, str]],
    version: int | None = None,
) -> Referral:
    """Ask the steering group; each conflict is (one goal, the other, what is at stake).

    At least one is named, so that the group weighs goals and not only a partner. The plan stays where it is:
    whoever decides may still do so, and is told that the view has not come.
    """
    refuse_unread(plan, version)
    refuse_what_must_not_be_sent([question, *(at_stake for _one, _other, at_stake in conflicts)])
    if not conflicts:
        raise Refused(_("Name at least one goal conflict: which goals stand against each other?"))
    if any(one == other for one, other, _stake in conflicts):
        raise Refused(_("A goal conflict is between two different goals."))
    referral = Referral.unguarded.create(
        collaboration=plan, lifted_by_id=actor.user_id, question=question, on_version=text_version(plan)
    )
    for order, (one, other, at_stake) in enumerate(conflicts):
        GoalConflict.unguarded.create(referral=referral, one=one, other=other, at_stake=at_stake, order=order)
    reference, path = f"{plan.pk}", f"/collaborations/{plan.pk}/"
    notify.tell_roles(plan.organisation_id, [Role.STEERING], "plan_lifted", reference=reference, path=path)
    return referral


@operation("collaboration.steered", allowed=policy.may_steer)
def steer(
    actor: Actor,
    plan: Collaboration,
    *,
    text: str,
    positions: dict[int, str],
    returns: bool = True,
    version: int | None = None,
) -> SteeringView:
    """Give a view with a position on every conflict, by its key; with `returns` the plan goes back.

    Members may give views of their own before that. Advisers and the owner are told when it is back.
    """
    refuse_unread(plan, version)
    refuse_what_must_not_be_sent([text])
    referral = plan.referrals.exclude(views__returns=True).get()  # there is one, says may_steer
    conflicts = list(referral.conflicts.all())
    if {conflict.pk for conflict in conflicts} != set(positions):
        raise Refused(_("Take a position on every goal conflict; that it cannot be judged yet is one too."))
    view = SteeringView.unguarded.create(
        referral=referral, given_by_id=actor.user_id, text=text, returns=returns
    )
    for conflict in conflicts:
        Position.unguarded.create(view=view, conflict=conflict, weight=positions[conflict.pk])
    if returns:
        reference, path, also = f"{plan.pk}", f"/collaborations/{plan.pk}/", [plan.owner_id]
        notify.tell_roles(
            plan.organisation_id, [Role.ADVISER], "plan_returned", reference=reference, path=path, also=also
        )
    return view
