"""The way in for the desk, and for askers who follow their question."""

from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from radrum.accounts.web import ActorRequest
from radrum.cases import forms, paper, policy, show, store
from radrum.cases.anonymise import anonymise
from radrum.cases.answer import return_statement
from radrum.cases.attach import attach, attach_to_opinion
from radrum.cases.consult import consult, withdraw_consultation
from radrum.cases.draft import write_draft
from radrum.cases.engine import attachments
from radrum.cases.general import find, receive_general, report_interference, token_for
from radrum.cases.models import Case, Handling
from radrum.cases.opine import give_opinion
from radrum.cases.read import read_restricted
from radrum.cases.sort import sorted_under
from radrum.cases.triage import triage
from radrum.core.operation import Forbidden, Refused
from radrum.guidance.policy import current_edition
from radrum.guidance.revise import known_numbers
from radrum.paper.compose import compose, file_name


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
        "quotes": [{"title": _("The question"), "text": case.question, "source": show.source_of(case)}],
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
    unsorted = _("Triage the case first. What you write is kept as your draft meanwhile.")
    warning = unsorted if case.status == Case.Status.RECEIVED else ""
    more = {"incoming": show.incoming(case), "warning": warning, "quotes": quotes}
    return _form_page(request, "cases/answer.html", case, form, more)


def answer_case(request: ActorRequest, pk: int) -> HttpResponse:
    """Read what a colleague has written, and send it."""
    case = _find(request, pk)
    _require(may=policy.may_answer(request.actor, case))
    draft = policy.visible_drafts(request.actor).filter(case=case).first()
    if request.method == "GET" and case.status == Case.Status.ANSWERED:
        messages.info(request, _("The statement has already been sent."))
        return redirect("cases:case", case.pk)
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


def anonymise_case(request: ActorRequest, pk: int) -> HttpResponse:
    """Write anew what others can learn; refused while it points to the case."""
    case = _find(request, pk)
    _require(may=policy.may_anonymise(request.actor, case))
    form = forms.AnonymiseForm(request, f"anonymise:{pk}", numbers=known_numbers(current_edition()))
    if form.is_valid() and form.carry_out(anonymise, case):
        said = _("Written. Somebody else publishes it, and somebody else decides on the proposal.")
        return _back(request, case, said)
    return _form_page(request, "cases/anonymise.html", case, form, {"incoming": show.incoming(case)})


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
        "quotes": [{"title": _("The question"), "text": case.question, "source": show.source_of(case)}],
    }
    return _form_page(request, "cases/act.html", case, form, context)


def consultation_at_desk(request: ActorRequest, address: str) -> HttpResponse:
    """What one agency was asked, and its opinion."""
    _require(may=policy.is_desk(request.actor))
    one = get_object_or_404(policy.visible_consultations(request.actor), address=address)
    case = _find(request, one.case_id)
    return render(
        request, "cases/consultation_at_desk.html", show.consultation_at_desk(request.actor, one, case)
    )


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
    return render(
        request, "cases/consultation.html", {**show.consultation_for_agency(request.actor, one), "form": form}
    )


def attach_files(request: ActorRequest, pk: int) -> HttpResponse:
    """Add files: the asker to the question, the desk to its own work."""
    case = _find(request, pk)
    _require(may=policy.may_attach(request.actor, case))
    form = forms.AttachForm(request)
    if form.is_valid() and form.carry_out(attach, case):
        return _back(request, case, _("The files are there."))
    own = _("The files stay at the desk; the asker does not see them.")
    asked = _("The files go to the desk with the question. They cannot be taken back.")
    context = {
        "title": _("Attach files"),
        "lead": own if policy.is_desk(request.actor) else asked,
        "button": _("Attach"),
    }
    return _form_page(request, "cases/act.html", case, form, context)


def attach_to_consultation(request: ActorRequest, address: str) -> HttpResponse:
    """Add files to the agency's opinion, before it is given."""
    _require(may=policy.is_expert(request.actor))
    one = get_object_or_404(policy.visible_consultations(request.actor), address=address)
    form = forms.AttachForm(request)
    if form.is_valid() and form.carry_out(attach_to_opinion, one):
        messages.success(request, _("The files are there."))
        return redirect("consultations:one", address)
    context = {"reference": address, "form": form, "back": reverse("consultations:one", args=[address])}
    return render(request, "cases/attach_to_opinion.html", context)


def attachment(request: ActorRequest, address: str) -> HttpResponse:
    """One file, to be saved and never shown in the page's own place."""
    one = get_object_or_404(policy.visible_attachments(request.actor), address=address)
    if not policy.is_expert(request.actor):
        _find(request, one.case_id or one.consultation.case_id)  # opening a restricted one leaves a trace
    return _saved(one)


def attachment_for_agency(request: ActorRequest, address: str) -> HttpResponse:
    """The same for an agency's expert: a file of its own opinion."""
    _require(may=policy.is_expert(request.actor))
    return _saved(get_object_or_404(policy.visible_attachments(request.actor), address=address))


def _saved(one: Any) -> HttpResponse:
    data = store.fetch(one)
    if data is None:
        raise Refused(_("The file is no longer as it was when it came, so it is not handed out."))
    response = HttpResponse(data, content_type=attachments.MIME[one.kind])
    response["Content-Disposition"] = content_disposition_header(True, one.name)  # noqa: FBT003
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@login_not_required
def general(request: ActorRequest) -> HttpResponse:
    """A general question, open to all."""
    form = forms.GeneralForm(request, "general" if request.actor.user_id else "")
    if form.is_valid():
        if not ratelimit.consume(request, action="general_question"):
            form.add_error(
                None, _("Many questions have come from here. Your text is still here; try in an hour.")
            )
        elif case := form.carry_out(receive_general):
            messages.success(
                request, _("Your question has arrived. A mail with a link to this page is on its way.")
            )
            return redirect("question", token_for(case))
    return render(request, "cases/general.html", {"form": form})


@never_cache
@login_not_required
def question(request: ActorRequest, token: str) -> HttpResponse:
    """Where a general question is, for whoever has its link."""
    found = find(token)
    if not found:
        raise Http404
    response = render(request, "cases/question.html", show.for_enquirer(found[0]))
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def interference(request: ActorRequest) -> HttpResponse:
    """Suspected interference, from a contact point: to the lead of the desk alone."""
    organisation = request.actor.organisation
    _require(may=organisation is not None and policy.may_ask(request.actor, organisation))
    form = forms.InterferenceForm(request, "interference")
    if form.is_valid() and (case := form.carry_out(report_interference, organisation)):
        messages.success(
            request, _("It has been registered as %(reference)s.") % {"reference": case.reference}
        )
        return redirect("cases:case", case.pk)
    return render(request, "cases/interference.html", {"form": form, "back": reverse("ask")})


def statement(request: ActorRequest, pk: int) -> HttpResponse:
    """The statement as PDF/UA, for whoever asked and for the desk; there is none before it has been sent."""
    case = _find(request, pk)
    shown = show.statement_text(case)
    if shown is None:
        raise Http404
    headers = {
        "Content-Disposition": f'inline; filename="{file_name(case.reference, otherwise="statement")}"',
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
    at_desk = policy.is_desk(request.actor)  # type: ignore[attr-defined]
    context = {"case": head, "form": form, "back": head["url"], "at_desk": at_desk, **more}
    return render(request, template, context, status=409 if form.theirs else 200)
