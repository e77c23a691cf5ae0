"""The decision, looking back, and the days planned for it."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest
from radrum.collaborations import forms, policy, show
from radrum.collaborations.decide import decide
from radrum.collaborations.follow_up import move_follow_ups
from radrum.collaborations.models import answered_by, planned
from radrum.collaborations.review import review
from radrum.collaborations.views.step import find, require, step, to
from radrum.core.days import day


def decide_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Decide, with what one needs to see beside."""
    plan = find(request, pk)
    require(may=policy.may_decide(request.actor, plan))
    form = forms.DecideForm(request, f"decide:{pk}", plan=plan)
    if form.is_valid() and form.carry_out(decide, plan):
        return to(
            request, plan, _("The decision is recorded, and the plan's owner has been told."), "#decision"
        )
    known = policy.standings(request.actor, [plan])[plan.pk]
    return step(
        request,
        plan,
        form,
        _("Decide"),
        _("The decision is yours. The desk's statement is neither a decision nor a recommendation."),
        _("Record the decision"),
        facts=show.facts(plan),
        quotes=show.grounds(plan, known),
        note=show.missing_grounds(known),
    )


def review_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Look back at a collaboration that is under way."""
    plan = find(request, pk)
    require(may=policy.may_review(request.actor, plan))
    form = forms.ReviewForm(request, f"review:{pk}")
    if form.is_valid() and form.carry_out(review, plan):
        return to(request, plan, _("The review is saved."), "#follow-up")
    answers = answered_by(plan, timezone.localdate())
    lead = (
        _("This is the follow-up planned for %(day)s. It takes about five minutes.")
        % {"day": day(answers.due_on)}
        if answers
        else _("No planned follow-up is near. What you write stands beside the planned ones.")
    )
    return step(
        request,
        plan,
        form,
        _("Look back"),
        lead,
        _("Save the review"),
        facts=show.facts(plan),
        quotes=show.decided(plan),
    )


def move_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Move, cancel or add planned days."""
    plan = find(request, pk)
    require(may=policy.may_review(request.actor, plan))
    form = forms.FollowUpsForm(request, f"follow-ups:{pk}", planned=planned(plan))
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("days", "more")}
        if form.carry_out(move_follow_ups, plan, **fields):
            return to(request, plan, _("The days are saved."), "#follow-up")
    lead = _(
        "Empty a day to cancel it. The owner is reminded on each day; two weeks later your advisers are told."
    )
    return step(
        request, plan, form, _("Days for following up"), lead, _("Save the days"), facts=show.facts(plan)
    )
