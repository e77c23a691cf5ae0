"""The open pages that belong to no package: start, ways to ask, about, and health."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from radrum.accounts.roles import Role
from radrum.collaborations import policy as plans
from radrum.guidance.policy import visible_editions
from radrum.knowledge.search import similar
from radrum.programme import show as figures

LONGEST = 200  # letters of what is sought; a question of a sentence or two


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """One sentence on what this is, and three doors."""
    edition = visible_editions().first()
    context = {
        "dimensions": edition.dimensions.all() if edition else [],
        "figures": figures.sayings(request.actor),  # type: ignore[attr-defined]
        "figures_url": reverse("programme:figures"),
    }
    return render(request, "start.html", context)


@login_not_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ways to ask, and whether it has been answered; a contact point sees the plans that are ready."""
    actor = request.actor  # type: ignore[attr-defined]
    seen = list(plans.visible_collaborations(actor)) if actor.has(Role.CONTACT_POINT) else []
    known = plans.standings(actor, seen)
    ready = [
        {"title": plan.title, "url": reverse("collaborations:ask", args=[plan.pk])}
        for plan in seen
        if plans.may_ask(actor, plan, known[plan.pk])
    ]
    sought = request.GET.get("q", "")[:LONGEST]
    found = similar(sought, most=8) if sought.strip() else []
    return render(request, "ask.html", {"ready": ready, "sought": sought, "found": found})


@login_not_required
def about(request: HttpRequest, page: str) -> HttpResponse:
    """What the function is, accessibility, personal data."""
    return render(request, f"{page}.html")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Whether the web and its database answer; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is open and are not invited further."""
    return HttpResponse(
        "User-agent: *\nDisallow: /account/\nDisallow: /invitation/\n", content_type="text/plain"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that cannot be trusted; what was typed is still in the browser."""
    return render(request, "403_csrf.html", status=403)
