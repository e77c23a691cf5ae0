"""Lifting a plan to the steering group, and the group's view."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest
from radrum.collaborations import forms, policy, show
from radrum.collaborations.steer import lift, steer
from radrum.collaborations.views.step import find, require, step, to


def lift_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Lift the plan, with the goal conflicts named."""
    plan = find(request, pk)
    require(may=policy.may_lift(request.actor, plan))
    form = forms.LiftForm(request, f"lift:{pk}", plan=plan)
    if form.is_valid() and form.carry_out(lift, plan):
        return to(request, plan, _("The steering group has been told."), "#steering")
    lead = _(
        "For plans of strategic weight, or where goals stand against each other. "
        "The group gives its view, and the plan comes back to you."
    )
    known = policy.standings(request.actor, [plan])[plan.pk]
    return step(
        request,
        plan,
        form,
        _("Lift to the steering group"),
        lead,
        _("Lift the plan"),
        facts=show.facts(plan),
        quotes=show.grounds(plan, known),
    )


def steer_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the steering group's view."""
    plan = find(request, pk)
    require(may=policy.may_steer(request.actor, plan))
    referral = plan.referrals.exclude(views__returns=True).get()
    form = forms.SteerForm(
        request, f"steer:{referral.pk}", plan=plan, conflicts=list(referral.conflicts.all())
    )
    if form.is_valid() and form.carry_out(steer, plan):
        return to(request, plan, _("The view stands on the plan."), "#steering")
    known = policy.standings(request.actor, [plan])[plan.pk]
    asked = {"title": _("The question"), "text": referral.question, "source": str(referral.lifted_by)}
    return step(
        request,
        plan,
        form,
        _("Give the steering group's view"),
        _("You weigh goals against each other. The formal decision is made under the delegation order."),
        _("Give the view"),
        facts=show.facts(plan),
        quotes=[asked, *show.grounds(plan, known)],
    )
