"""The way in for the desk, and for askers who follow their question."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from radrum.accounts.web import ActorRequest
from radrum.cases import forms, paper, policy, show
from radrum.cases.answer import return_statement
from radrum.cases.consult import consult, withdraw_consultation
from radrum.cases.draft import write_draft
from radrum.cases.models import Case, Handling
from radrum.cases.opine import give_opinion
from radrum.cases.read import read_restricted
from radrum.cases.sort import sorted_under
from radrum.cases.triage import triage
from radrum.core.operation import Forbidden
from radrum.paper.compose import compose


def _find(request: ActorRequest, pk: int) -> Case:
    """The case, if it exists for the actor; opening a restricted one leaves a trace."""
    case: Case = get_object_or_404(policy.visible_cases(request.actor), pk=pk)
    restricted = policy.visible_handlings(request.actor).filter(case=case, access=Handling.Access.RESTRICTED)
    if restricted.exists():
        read_restricted(request.actor, case)
    return case


def _require(*, may: bool) -> None:
    if not may:
        raise Forbidden(_("This step belongs to another role, or cannot be taken right now."))


def _list(request: ActorRequest, cases: QuerySet[Any], **more: Any) -> HttpResponse:
    page = Paginator(cases, 50).get_page(request.GET.get("page"))
    handlings = {
        h.case_id: h for h in policy.visible_handlings(request.actor).filter(case__in=[c.pk for c in page])
    }
    waits = policy.unanswered(request.actor, list(page))
    rows = [
        show.row(case, handlings.get(case.pk), request.actor, waits=waits.get(case.pk, 0)) for case in page
    ]
    return render(
        request, "cases/queue.html", {"rows": rows, "page": page, "today": timezone.localdate(), **more}
    )


def queue(request: ActorRequest) -> HttpResponse:
    """Open cases by promised day."""
    _require(may=policy.is_desk(request.actor))
    cases = policy.visible_cases(request.actor).exclude(status=Case.Status.ANSWERED)
    nobody = cases.filter(status=Case.Status.RECEIVED)
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    counts = {
        "open": cases.count(),
        "this_week": cases.filter(promised_on__gte=today, promised_on__lte=sunday).count(),
        "overdue": cases.filter(promised_on__lt=today).count(),
        "nobody": nobody.count(),
    }
    first = nobody.first()
    take = {"label": _("Take the next case"), "url": f"/desk/{first.pk}/triage/"} if first else None
    links = [{"label": _("Answered cases"), "url": "/desk/closed/"}]
    return _list(request, cases.order_by("promised_on", "pk"), counts=counts, action=take, links=links)


def closed(request: ActorRequest) -> HttpResponse:
    """Answered cases, the latest first."""
    _require(may=policy.is_desk(request.actor))
    cases = policy.visible_cases(request.actor).filter(status=Case.Status.ANSWERED)
    links = [{"label": _("Open cases"), "url": "/desk/"}]
    return _list(request, cases.order_by("-statement__sent_at"), closed=True, links=links)


def case_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One case in three parts: what came in, what is being done, what may go out."""
    return render(request, "cases/case.html", show.page(request.actor, _find(request, pk)))


def triage_case(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand the case to an officer."""
    case = _find(request, pk)
    _require(may=policy.may_triage(request.actor, case))
    handling = policy.visible_handlings(request.actor).filter(case=case).first()
    form = forms.TriageForm(
        request,
        f"triage:{pk}",
        officers=policy.officers(request.actor),
        case=case,
        handling=handling,
        topics=sorted_under(request.actor, case),
    )
    if form.is_valid() and form.carry_out(triage, case):
        return _back(request, case, _("The case has an officer."))
    context = {
        "title": _("Triage"),
        "lead": _("Who handles the question, and who inside the desk may read it."),
        "button": _("Save"),
        "quotes": [{"title": _("The question"), "text": case.question, "source": str(case.asker)}],
    }
    return _form_page(request, "cases/act.html", case, form, context)


def draft_statement(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the statement; somebody else sends it."""
    case = _find(request, pk)
    _require(may=policy.may_answer(request.actor, case))
    draft = policy.visible_drafts(request.actor).filter(case=case).first()
    consultations = policy.consultations_of(case)
    form = forms.DraftForm(request, f"draft:{pk}", draft=draft, consultations=consultations)
    if form.is_valid() and form.carry_out(write_draft, case):
        return _back(
            request, case, _("The statement is saved, and waits for a second person to read and send it.")
        )
    quotes = [show.opinion(one) for one in consultations if hasattr(one, "opinion")]
    warning = "" if case.status != Case.Status.RECEIVED else _("The case cannot be answered now.")
    more = {"incoming": show.incoming(case), "warning": warning, "quotes": quotes}
    return _form_page(request, "cases/answer.html", case, form, more)


def answer_case(request: ActorRequest, pk: int) -> HttpResponse:
    """Read what a colleague has written, and send it."""
    case = _find(request, pk)
    _require(may=policy.may_answer(request.actor, case))
    draft = policy.visible_drafts(request.actor).filter(case=case).first()
    form = forms.SignForm(request, "", initial={"version": draft.version if draft else 0})
    if form.is_valid() and form.carry_out(return_statement, case):
        return _back(request, case, _("The statement has been sent, and the asker has been told."))
    context = {
        "title": _("Read and send"),
        "lead": _("This is what the asker gets. Read it as they will; a second reader sends it."),
        "button": _("Send the statement"),
        "quotes": show.draft_quotes(draft) if draft else [],
    }
    return _form_page(request, "cases/act.html", case, form, context)


def consult_agency(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask an agency, with an extract."""
    case = _find(request, pk)
    _require(may=policy.may_consult(request.actor, case))
    form = forms.ConsultForm(request, f"consult:{pk}", agencies=policy.agencies(), case=case)
    if form.is_valid() and form.carry_out(consult, case):
        return _back(request, case, _("The agency has been asked."))
    context = {
        "title": _("Ask an agency"),
        "lead": _(
            "The agency sees your question and the passages you choose; not the case, nor who else is asked."
        ),
        "button": _("Ask"),
        "quotes": [{"title": _("The question"), "text": case.question, "source": str(case.asker)}],
    }
    return _form_page(request, "cases/act.html", case, form, context)


def consultation_at_desk(request: ActorRequest, address: str) -> HttpResponse:
    """What one agency was asked, and its opinion."""
    _require(may=policy.is_desk(request.actor))
    one = get_object_or_404(policy.visible_consultations(request.actor), address=address)
    case = _find(request, one.case_id)
    return render(request, "cases/consultation_at_desk.html", show.consultation_at_desk(one, case))


@require_POST
def withdraw(request: ActorRequest, address: str) -> HttpResponse:
    """The agency need not answer."""
    one = get_object_or_404(policy.visible_consultations(request.actor), address=address)
    withdraw_consultation(request.actor, one)
    messages.success(request, _("The question to the agency is withdrawn."))
    return redirect("cases:case", one.case_id)


def consultations(request: ActorRequest) -> HttpResponse:
    """An agency's own list: extract, opinion, day; nothing else."""
    _require(may=policy.is_expert(request.actor))
    page = Paginator(policy.visible_consultations(request.actor), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "cases/consultations.html",
        {"rows": [show.consultation_row(one) for one in page], "page": page},
    )


def consultation(request: ActorRequest, address: str) -> HttpResponse:
    """One extract, and the agency's opinion on it."""
    _require(may=policy.is_expert(request.actor))
    one = get_object_or_404(policy.visible_consultations(request.actor), address=address)
    given = getattr(one, "opinion", None)
    form = None if given else forms.OpinionForm(request, f"opinion:{address}")
    if form and form.is_valid() and form.carry_out(give_opinion, one):
        messages.success(request, _("Your opinion has been given to the desk."))
        return redirect("consultations:one", address)
    return render(request, "cases/consultation.html", {**show.consultation_for_agency(one), "form": form})


def statement(request: ActorRequest, pk: int) -> HttpResponse:
    """The statement as PDF/UA, for whoever asked and for the desk; there is none before it has been sent."""
    case = _find(request, pk)
    shown = show.statement_text(case)
    if shown is None:
        raise Http404
    headers = {
        "Content-Disposition": f'inline; filename="{paper.file_name(case)}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(
        compose(paper.statement_paper(case, shown)), content_type="application/pdf", headers=headers
    )


def _back(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("cases:case", case.pk)


def _form_page(
    request: HttpRequest, template: str, case: Case, form: Any, more: dict[str, Any]
) -> HttpResponse:
    head = {
        "title": case.subject,
        "reference": case.reference,
        "url": f"/desk/{case.pk}/",
    }
    context = {"case": head, "form": form, "back": head["url"], **more}
    return render(request, template, context, status=409 if form.theirs else 200)
