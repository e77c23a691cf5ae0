"""Weighing a plan: which questions, part by part, and the end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest
from radrum.collaborations import forms, policy, show
from radrum.collaborations.assess import assess, choose, offers, sheet_of
from radrum.collaborations.models import Collaboration, part
from radrum.collaborations.sheet import Group, Sheet
from radrum.collaborations.show import asking
from radrum.collaborations.views.step import find, require, to


def assess_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Where one is in the assessment, and the button that finishes it; first, which questions to be asked."""
    plan = find(request, pk)
    require(may=policy.may_assess(request.actor, plan))
    if part(plan, "assessment") is None:
        return choose_instrument(request, pk)
    sheet = sheet_of(plan)
    form = forms.FinishForm(request, sheet=sheet)
    if form.is_valid() and form.carry_out(assess, plan, answers={}, finished=True):
        return to(request, plan, _("The assessment is finished."), "#assessment")
    return render(
        request,
        "collaborations/assess.html",
        asking.overview(sheet, form),
        status=409 if form.theirs else 200,
    )


def choose_instrument(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose which questions to be asked, then go on to the first of them."""
    plan = find(request, pk)
    require(may=policy.may_assess(request.actor, plan))
    offered, profiles = offers(plan)
    form = forms.ChooseForm(request, f"choose:{pk}", plan=plan, offered=offered, profiles=profiles)
    if form.is_valid() and form.carry_out(choose, plan):
        sheet = sheet_of(find(request, pk))
        group = sheet.next_group()
        return redirect(asking.group_url(plan, group) if group else show.url(plan, "assess"))
    context = asking.choosing(plan, form, offered)
    return render(request, "collaborations/choose.html", context, status=409 if form.theirs else 200)


def assess_group(request: ActorRequest, pk: int, group: str) -> HttpResponse:
    """One group of prompts, saved at each step; then the next group that has something to ask."""
    plan = find(request, pk)
    require(may=policy.may_assess(request.actor, plan))
    sheet = sheet_of(plan)
    here = next((one for one in sheet.groups if one.key == group), None)
    if here is None:
        raise Http404
    form = forms.AssessForm(request, f"assess:{pk}:{group}", sheet=sheet, group=here)
    if form.is_valid():
        given = form.answers()
        form.cleaned_data = {name: form.cleaned_data[name] for name in ("version", "confirmed")}
        if form.carry_out(assess, plan, answers=given):
            return _after_group(request, plan, sheet, here)
    page = asking.group_page(sheet, here, form)
    return render(request, "collaborations/assess_group.html", page, status=409 if form.theirs else 200)


def _after_group(request: ActorRequest, plan: Collaboration, before: Sheet, here: Group) -> HttpResponse:
    """The same group if answers have brought new prompts there, else the next one; last the overview."""
    messages.success(request, _("Saved."))
    if request.POST.get("step") == "later":
        return redirect(show.url(plan, "assess"))
    sheet = sheet_of(find(request, plan.pk))
    same = next(one for one in sheet.groups if one.key == here.key)
    shown = before.left_in(here)
    new = [asked for asked in sheet.left_in(same) if asked not in shown]
    following = same if new else sheet.next_group(same)
    return redirect(asking.group_url(plan, following) if following else show.url(plan, "assess"))
