"""Look an organisation up (open to all, nothing is stored), the lists we compare with, and persons."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.screening import forms, limit, policy, show
from radrum.screening.countries import code
from radrum.screening.index import in_step
from radrum.screening.judge import confirm_person, screen_person
from radrum.screening.models import PersonCheck
from radrum.screening.screen import screen

NONE = "none"


@login_not_required
def look_up(request: HttpRequest) -> HttpResponse:
    """Compare an organisation's names with the lists; nothing is stored, and it is not for persons."""
    form = forms.LookUpForm(request.POST if request.method == "POST" else None)
    answer = None
    if form.is_valid():
        if limit.allows(request):
            answer = _answered(form)
        else:
            form.add_error(
                None, _("Many look-ups have come from your address. Wait ten minutes, then go on.")
            )
    status = 429 if form.is_bound and form.non_field_errors() and not answer else 200
    persons = policy.may_screen_person(request.actor)  # type: ignore[attr-defined]
    context = {"form": form, "answer": answer, "persons": persons}
    return render(request, "screening/look_up.html", context, status=status)


def _answered(form: forms.LookUpForm) -> dict[str, Any] | None:
    asked = form.cleaned_data
    chosen = asked["ror"] if asked["ror"] != NONE else ""
    try:
        given = screen(
            asked["name"],
            kind="organisation",
            country=code(asked["country"]),
            ror=chosen,
            unregistered=asked["ror"] == NONE,
            book=in_step(),
        )
    except Refused as refused:
        form.add_error("name", str(refused))
        return None
    return show.answer(given)


@login_not_required
def lists_page(request: HttpRequest) -> HttpResponse:
    """Which lists are compared with: keeper, date, rhythm, what each means here, and what absence means."""
    return render(request, "screening/lists.html", {"lists": show.lists()})


def person(request: HttpRequest) -> HttpResponse:
    """Look a person up on the lists that bind here; the ground is recorded, the name is not."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policy.may_screen_person(actor):
        raise Forbidden(_("Persons are looked up by those who prepare or decide for an organisation."))
    form = forms.PersonForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {}
    if form.is_valid():
        try:
            check = screen_person(actor, **form.cleaned_data)
            shown = {"check": check, "name": form.cleaned_data["name"], **show.person(check)}
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    made = show.checks(policy.visible_person_checks(actor)[:20])
    return render(request, "screening/person.html", {"form": form, "made": made, **shown})


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with a reason that it is the listed person; opened from a hit, which carries the name along."""
    actor = request.actor  # type: ignore[attr-defined]
    check: PersonCheck = get_object_or_404(policy.visible_person_checks(actor), pk=pk)
    if not policy.may_confirm(actor, check):
        raise Forbidden(_("Only whoever made the check confirms its hit."))
    if request.method != "POST":
        return redirect("screening:person")
    opened = "reason" not in request.POST
    form = forms.ConfirmForm(None if opened else request.POST, initial=request.POST.dict())
    if form.is_valid():
        try:
            confirm_person(actor, check, **form.cleaned_data)
        except (Forbidden, Unseen):
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The hit is confirmed, and the name is kept with your reason."))
            return redirect("screening:person")
    return render(request, "screening/confirm.html", {"form": form, "check": check})
