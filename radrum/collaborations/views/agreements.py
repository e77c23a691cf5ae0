"""The institution's list of agreements: read, import with a preview, export, and a plan from one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.accounts.web import ActorRequest
from radrum.collaborations import forms, policy, show
from radrum.collaborations.agreements import load, read, write
from radrum.collaborations.views.step import require, to


def agreements(request: ActorRequest) -> HttpResponse:
    """The list, the nearest day first; `?show=soon` only what ends or is to be reviewed soon."""
    soon = request.GET.get("show") == "soon"
    found = show.by_nearest_day(policy.visible_agreements(request.actor), soon=soon)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = show.agreements_page(request.actor, page, soon=soon)
    return render(request, "collaborations/agreements.html", context)


def import_list(request: ActorRequest) -> HttpResponse:
    """Read the file, say what it would do or what is wrong in it; import it when that was looked at."""
    organisation = request.actor.organisation
    require(may=bool(organisation) and policy.may_import(request.actor, organisation))
    form = forms.AgreementsForm(request, "agreements")
    table, lines = None, []
    if form.is_valid():
        text = form.cleaned_data["rows"]
        save = request.POST.get("step") == "save" and not form.from_file
        if save and (
            done := form.carry_out(load.import_agreements, organisation, seen=request.POST.get("seen", ""))
        ):
            return _imported(request, done)
        table = read.read(text)
        lines = [] if table.faults else load.compare(request.actor, table.rows)
    context = show.import_page(form, table, lines)
    return render(request, "collaborations/import.html", context)


def _imported(request: ActorRequest, lines: list[load.Line]) -> HttpResponse:
    number = len(lines)
    said = ngettext(
        "%(n)d agreement has been read and saved.", "%(n)d agreements have been read and saved.", number
    )
    messages.success(request, said % {"n": number})
    return redirect("collaborations:agreements")


def _csv(text: str, word: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{write.file_name(word)}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def export_list(request: ActorRequest) -> HttpResponse:
    """The whole list as a file that can be imported again."""
    return _csv(write.write(policy.visible_agreements(request.actor)), _("agreements"))


def template(request: ActorRequest) -> HttpResponse:
    """The headings with an invented line, to fill in."""
    return _csv(write.template(), _("agreements-template"))


def plan_agreement(request: ActorRequest, pk: int) -> HttpResponse:
    """Describe a plan; the agreement has filled in what it knows."""
    agreement = get_object_or_404(policy.visible_agreements(request.actor), pk=pk)
    require(may=policy.may_plan_agreement(request.actor, agreement))
    form = forms.PlanForm(request, f"agreement:{pk}", start=_start(agreement))
    if form.is_valid() and (plan := form.carry_out(load.plan_agreement, agreement)):
        return to(request, plan, _("The plan is saved. Next: weigh it against the guidelines."))
    context = {
        "title": _("Describe a collaboration"),
        "lead": _("What the agreement says has been filled in. Only you see the plan until you hand it in."),
        "form": form,
        "button": _("Save the plan"),
        "back": "/collaborations/agreements/",
    }
    return render(request, "collaborations/form.html", context)


def _start(agreement: Any) -> dict[str, Any]:
    return {
        "title": agreement.title,
        "kind": "agreement",
        "phase": "ongoing",
        "partner_1": agreement.partner,
        "country_1": agreement.country,
        "starts_on": agreement.signed_on,
        "ends_on": agreement.expires_on,
        "review_on": agreement.review_on or agreement.expires_on,
    }
