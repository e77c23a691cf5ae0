"""The open page of figures with its pictures and files, and the page where they are published."""

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from radrum.accounts.web import ActorRequest
from radrum.core.operation import Forbidden
from radrum.programme import chart, policy, show
from radrum.programme.forms import PublishForm
from radrum.programme.publish import publish

# A picture may hold nothing but itself, also when somebody opens it alone.
_PICTURE = "default-src 'none'; frame-ancestors 'none'; sandbox"


@login_not_required
def figures(request: ActorRequest) -> HttpResponse:
    """How it goes, in open figures: charts, and a table beneath each."""
    return render(request, "programme/figures.html", show.page(request.actor))


@login_not_required
def chart_picture(request: ActorRequest, name: str, language: str, scheme: str) -> HttpResponse:
    """One chart as SVG, for light or dark, in Swedish or English."""
    if language not in {"sv", "en"} or scheme not in chart.SCHEMES:
        raise Http404
    with override(language):
        data = show.charts(request.actor).get(name)
    if data is None:
        raise Http404
    response = HttpResponse(chart.drawn(data, scheme), content_type="image/svg+xml")
    response["Content-Security-Policy"] = _PICTURE
    response["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
def as_csv(request: ActorRequest) -> HttpResponse:
    """The published rows as CSV."""
    rows = show.rows(request.actor)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    response.write("\ufeff")  # so that spreadsheets read å, ä and ö
    names = list(rows[0]) if rows else ["period", "measure", "key", "value"]
    writer = csv.DictWriter(response, names)
    writer.writeheader()
    writer.writerows(rows)
    return response


@login_not_required
def as_json(request: ActorRequest) -> HttpResponse:
    """The published rows as JSON."""
    answer: dict[str, Any] = {"smallest_count": 5, "rows": show.rows(request.actor)}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


def publish_figures(request: ActorRequest) -> HttpResponse:
    """Look at what would be published of a quarter, and publish it."""
    if not policy.may_publish(request.actor):
        raise Forbidden(_("The evaluator and the lead of the desk publish the figures."))
    seen = show.preview(request.actor, timezone.localdate(), _asked(request))
    form = PublishForm(request, seen["period"])
    if form.is_valid() and form.carry_out(publish):
        messages.success(request, _("The figures are published."))
        return redirect("programme:figures")
    return render(request, "programme/publish.html", {**seen, "form": form})


def _asked(request: HttpRequest) -> str:
    return (request.POST if request.method == "POST" else request.GET).get("period", "")
