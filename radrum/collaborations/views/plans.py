"""The way in for people at an institution: find what they may see, call the operation, render."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest
from radrum.collaborations import ask as gate
from radrum.collaborations import forms, policy, show
from radrum.collaborations.describe import begin, describe
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.models import Collaboration
from radrum.collaborations.pass_on import pass_on
from radrum.collaborations.passages import Passage
from radrum.collaborations.passages import passages as passages_of
from radrum.collaborations.prepare import prepare
from radrum.collaborations.views.step import find, require, step, to


def plans(request: ActorRequest) -> HttpResponse:
    """The institution's collaborations that the actor may see."""
    page = Paginator(policy.visible_collaborations(request.actor), 25).get_page(request.GET.get("page"))
    new = {"label": _("Describe a collaboration"), "url": "new/"} if policy.may_begin(request.actor) else None
    context = {
        "organisation": request.actor.organisation,
        "rows": [show.row(request.actor, plan) for plan in page],
        "page": page,
        "action": new,
        "links": [
            {"label": _("Agreements"), "url": reverse("collaborations:agreements")},
            {"label": _("Shared with us"), "url": reverse("collaborations:shared")},
        ],
    }
    return render(request, "collaborations/list.html", context)


def plan_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One plan, from top to bottom."""
    return render(request, "collaborations/plan.html", show.page(request.actor, find(request, pk)))


def new_plan(request: ActorRequest) -> HttpResponse:
    """Describe a new collaboration."""
    require(may=policy.may_begin(request.actor))
    form = forms.PlanForm(request, "begin")
    if form.is_valid() and (plan := form.carry_out(begin)):
        return to(request, plan, _("The plan is saved. Next: weigh it against the guidelines."))
    return _describe_page(request, form, _("Describe a collaboration"), "/collaborations/")


def describe_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the description."""
    plan = find(request, pk)
    require(may=policy.may_describe(request.actor, plan))
    form = forms.PlanForm(request, f"describe:{pk}", plan=plan)
    if form.is_valid() and form.carry_out(describe, plan):
        return to(request, plan, _("The description is saved."))
    lead = _("Those who prepare and decide see the change at once.") if plan.handed_in_at else ""
    return _describe_page(request, form, _("Change the description"), show.url(plan), lead)


def _describe_page(request: HttpRequest, form: Any, title: str, back: str, lead: str = "") -> HttpResponse:
    context = {
        "title": title,
        "lead": lead or _("A few sentences are enough to begin with. Only you see it until you hand it in."),
        "form": form,
        "button": _("Save the plan"),
        "back": back,
    }
    return render(request, "collaborations/form.html", context, status=409 if form.theirs else 200)


def hand_in_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand the plan in for preparation."""
    plan = find(request, pk)
    require(may=policy.may_hand_in(request.actor, plan))
    form = forms.HandInForm(request, "")
    if form.is_valid() and form.carry_out(hand_in, plan):
        return to(request, plan, _("The plan is handed in. Your advisory group has been told."), "#advice")
    lead = _(
        "From now on advisers, the contact point and decision makers at your organisation can read the plan."
    )
    return step(request, plan, form, _("Hand in for preparation"), lead, _("Hand in"))


def prepare_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the advisory group's advice."""
    plan = find(request, pk)
    require(may=policy.may_prepare(request.actor, plan))
    form = forms.AdviceForm(request, f"prepare:{pk}", plan=plan)
    if form.is_valid() and form.carry_out(prepare, plan):
        return to(request, plan, _("The advice stands on the plan, and its owner has been told."), "#advice")
    lead = _(
        "Your advice is the institution's own preparation. It goes along if the national function is asked."
    )
    return step(request, plan, form, _("Give advice"), lead, _("Give the advice"), facts=show.facts(plan))


def ask_desk(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose what the desk gets, look at it, and send; what was not looked at is shown once more."""
    plan = find(request, pk)
    require(may=policy.may_ask(request.actor, plan))
    passages = passages_of(plan)
    form = forms.AskForm(request, f"ask:{pk}", passages=passages, title=plan.title)
    chosen = _chosen(passages, form.cleaned_data) if form.is_valid() else []
    send = form.is_valid() and request.POST.get("step") == "send"
    if send and form.carry_out(gate.ask, plan, seen=request.POST.get("seen", "")):
        return to(request, plan, _("The question is registered at the national function."), "#question")
    preview = _preview(passages, chosen, form.cleaned_data) if request.method == "POST" and chosen else None
    return render(request, "collaborations/ask.html", _ask_page(plan, form, passages, preview))


def _chosen(passages: list[Passage], cleaned: dict[str, Any]) -> list[Passage]:
    return [passage for passage in passages if passage.required or passage.key in cleaned["chosen"]]


def _preview(passages: list[Passage], sent: list[Passage], cleaned: dict[str, Any]) -> dict[str, Any]:
    """Exactly what would be sent, with the mark of it that must come back."""
    subject, question = cleaned["subject"], cleaned["question"]
    return {
        "subject": subject,
        "question": question,
        "passages": sent,
        "left_out": len(passages) - len(sent),
        "seen": gate.mark(subject, question, sent),
    }


def _ask_page(plan: Collaboration, form: Any, passages: list[Passage], preview: Any) -> dict[str, Any]:
    chosen = form["chosen"].value() or []
    return {
        "plan": {"title": plan.title, "url": show.url(plan)},
        "form": form,
        "before": [form["subject"], form["question"]],
        "passages": [
            {
                "name": "chosen",
                "value": passage.key,
                "id": f"passage-{number}",
                "label": passage.label,
                "text": passage.text,
                "required": passage.required,
                "checked": passage.required or passage.key in chosen,
            }
            for number, passage in enumerate(passages, start=1)
        ],
        "preview": preview,
        "desk": {"promise": show.promise()},
        "back": show.url(plan),
    }


def pass_on_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a colleague take over."""
    plan = find(request, pk)
    require(may=policy.may_pass_on(request.actor, plan))
    form = forms.PassOnForm(request, f"pass-on:{pk}", plan=plan)
    if form.is_valid() and form.carry_out(pass_on, plan):
        messages.success(request, _("A colleague has taken over, and has been told."))
        return redirect("collaborations:list")
    lead = _(
        "The colleague sees everything here. If the plan is not handed in, you no longer see it yourself."
    )
    return step(request, plan, form, _("Let a colleague take over"), lead, _("Pass on"))
