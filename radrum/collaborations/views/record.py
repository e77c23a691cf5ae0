"""The whole record of a plan as a file to print, keep or attach."""

from django.http import HttpResponse

from radrum.accounts.web import ActorRequest
from radrum.collaborations import show
from radrum.collaborations.views.step import find
from radrum.paper.compose import compose, file_name


def plan_record(request: ActorRequest, pk: int) -> HttpResponse:
    """What the actor sees of the plan, as PDF/UA, named by its reference."""
    plan = find(request, pk)
    paper = show.record(request.actor, plan)
    name = file_name(show.reference(plan), otherwise="plan")
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(compose(paper), content_type="application/pdf", headers=headers)
