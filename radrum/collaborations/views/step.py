"""What the view of every step does: find what the actor may see, ask whether they may, render."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest
from radrum.collaborations import policy, show
from radrum.collaborations.models import Collaboration
from radrum.core.operation import Forbidden


def find(request: ActorRequest, pk: int) -> Collaboration:
    """The plan, if it exists for the actor."""
    plan: Collaboration = get_object_or_404(policy.visible_collaborations(request.actor), pk=pk)
    return plan


def require(*, may: bool) -> None:
    """A form one may not send is not shown."""
    if not may:
        raise Forbidden(_("This step belongs to another role, or cannot be taken right now."))


def to(request: HttpRequest, plan: Collaboration, said: str, anchor: str = "") -> HttpResponse:
    """Back to the plan, saying what was done."""
    messages.success(request, said)
    return redirect(show.url(plan) + anchor)


def step(
    request: HttpRequest, plan: Collaboration, form: Any, title: str, lead: str, button: str, **more: Any
) -> HttpResponse:
    """One step with one form."""
    context = {
        "plan": {"title": plan.title, "url": show.url(plan)},
        "title": title,
        "lead": lead,
        "form": form,
        "button": button,
        "back": show.url(plan),
        **more,
    }
    return render(request, "collaborations/act.html", context, status=409 if form.theirs else 200)
