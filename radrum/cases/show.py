"""A case as plain values for the pages of the desk and of the asker."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from radrum.cases import policy
from radrum.cases.engine import attachments
from radrum.cases.models import Attachment, Case, Consultation, Handling, Lesson, StatementDraft
from radrum.cases.receive import working_days_between
from radrum.core.actor import Actor
from radrum.core.days import day
from radrum.guidance.policy import visible_proposals
from radrum.knowledge.search import similar
from radrum.knowledge.show import fates


def _late(case: Case) -> bool:
    return case.status != Case.Status.ANSWERED and case.promised_on < timezone.localdate()


def plain_status(case: Case) -> str:
    """Where the question is, for the one who asked; the same whether agencies are asked or not."""
    promised = {"day": day(case.promised_on)}
    if _late(case):
        return _("It is late: an answer was promised by %(day)s. The desk still works with it.") % promised
    words = {
        Case.Status.RECEIVED: _(
            "Received and registered; the desk has not handed it out yet. Answer by %(day)s."
        ),
        Case.Status.TRIAGED: _("An officer at the desk works with it. Answer by %(day)s."),
        Case.Status.SIGNING: _("The statement is written, and a second person reads it. Answer by %(day)s."),
        Case.Status.ANSWERED: _("Answered."),
    }
    if case.asker_id is None:  # a second person reads it if agencies were asked, which is not told
        words[Case.Status.SIGNING] = _("The answer is written, and is soon sent. Answer by %(day)s.")
    return words[Case.Status(case.status)] % promised


def promised_in(case: Case) -> str:
    """How long is left, in words; empty when answered."""
    if case.status == Case.Status.ANSWERED:
        return ""
    left = working_days_between(timezone.localdate(), case.promised_on)
    if _late(case):
        return _("The promised day has passed.")
    return ngettext("%(n)d working day is left.", "%(n)d working days are left.", left) % {"n": left}


def _head(case: Case, handling: Handling | None) -> dict[str, Any]:
    return {
        "title": case.subject,
        "reference": case.reference,
        "url": reverse("cases:case", args=[case.pk]),
        "received": case.received_at,
        "openness": handling.get_access_display() if handling else "",
        "secrecy": _("secrecy marking: %(ground)s") % {"ground": handling.secrecy_ground}
        if handling and handling.secrecy_ground
        else _("secrecy is tried when someone asks for it"),
        "promised": case.promised_on,
        "promised_in": promised_in(case),
        "from": came_from(case),
        "organisation": case.asker,
    }


def came_from(case: Case) -> str:
    """Who asked, in one sentence."""
    if case.asked_by is None:
        return _("Came by the open page; the answer goes by mail, as a link.")
    made = {"name": case.asked_by.name, "organisation": case.asker}
    return _("Contact point: %(name)s, %(organisation)s.") % made


def source_of(case: Case) -> str:
    """Where the question came from, in a word or two."""
    return str(case.asker) if case.asker else _("the open page")


def file_row(one: Attachment, *, for_agency: bool = False) -> dict[str, str]:
    """One file, with what its reader should know before opening it."""
    words = {
        attachments.LINKS: _("It holds links to the web."),
        attachments.OPENS: _("It does something when it is opened, usually goes to a page."),
        attachments.OTHER_NAME: _("Its name said that it was something else than it is."),
    }
    size = _("%(kind)s, %(size)s") % {"kind": one.kind.upper(), "size": filesizeformat(one.size)}
    view = "consultations:attachment" if for_agency else "cases:attachment"
    return {
        "name": one.name,
        "url": reverse(view, args=[one.address]),
        "text": " ".join([f"{size}.", *(words[found] for found in one.findings)]),
    }


def incoming(case: Case) -> dict[str, Any]:
    """The question and the frozen copy that came with it."""
    dossier = case.dossier
    kept_back = ngettext(
        "%(n)d passage was left out by the asker.",
        "%(n)d passages were left out by the asker.",
        dossier.left_out,
    ) % {"n": dossier.left_out}
    return {
        "text": case.question,
        "passages": dossier.passages,
        "kept_back": kept_back if dossier.left_out else "",
        "source": _("Frozen copy, SHA-256 %(start)s…%(end)s.")
        % {"start": dossier.digest[:4], "end": dossier.digest[-4:]},
    }


def _steps(case: Case, handling: Handling | None, asked: list[Consultation]) -> list[dict[str, Any]]:
    statement = getattr(case, "statement", None)
    handed_out = case.status != Case.Status.RECEIVED
    promised = _("promised by %(day)s") % {"day": day(case.promised_on)}
    last = {"when": statement.sent_at if statement else promised}
    return [
        {"title": _("Registered"), "when": case.received_at, "who": "", "state": "done"},
        {
            "title": _("Handed to an officer"),
            "when": handling.triaged_at if handling else "",
            "who": handling.officer.name if handling else "",
            "state": "done" if handed_out else "now",
        },
        *(_consulted(one) for one in asked),
        {
            "title": _("Statement"),
            **last,
            "who": statement.signed_by.name if statement else "",
            "state": "done" if statement else "now" if handed_out else "next",
        },
    ]


def _consulted(one: Consultation) -> dict[str, Any]:
    """An extract at an agency, as the desk sees it."""
    given = getattr(one, "opinion", None)
    due = _("answer expected by %(day)s") % {"day": day(one.due_on)}
    title = _("Extract to %(agency)s") % {"agency": one.agency}
    return {
        "title": title,
        "when": given.given_at if given else due,
        "who": "",
        "state": "done" if given else "now",
    }


def _named(entries: list[dict[str, Any]]) -> list[str]:
    language = "sv" if (get_language() or "sv").startswith("sv") else "en"
    return [str(entry[language]) for entry in entries]


def statement_text(case: Case) -> dict[str, Any] | None:
    """The statement as its reader gets it; who contributed only as each agreed."""
    statement = getattr(case, "statement", None)
    if not statement:
        return None
    made = {"name": statement.signed_by, "day": day(statement.sent_at), "reference": case.reference}
    return {
        "text": statement.text,
        "limits": statement.not_examined,
        "contributors": _named(statement.contributors),
        "views": [{"who": _named([view["who"]])[0], "text": view["text"]} for view in statement.views],
        "source": _("National function, %(name)s, %(day)s. Reference %(reference)s.") % made,
        "url": reverse("cases:statement", args=[case.pk]),
    }


def opinion(one: Consultation) -> dict[str, str]:
    """An agency's opinion, for the desk to read while it writes."""
    given = one.opinion
    text = "\n\n".join(filter(None, [given.text, given.not_examined]))
    return {"title": str(one.agency), "text": text, "source": str(given.get_naming_display())}


def draft_quotes(draft: StatementDraft) -> list[dict[str, str]]:
    """The draft as the asker will read it."""
    written = _("Written by %(name)s, %(day)s") % {"name": draft.changed_by, "day": day(draft.changed_at)}
    quotes = [{"title": _("Statement"), "text": draft.text, "source": written}]
    if draft.not_examined:
        quotes.append({"title": _("What has not been examined"), "text": draft.not_examined, "source": ""})
    return [
        *quotes,
        *({"title": _("Differing view"), "text": view["text"], "source": ""} for view in draft.views),
    ]


def consultation_row(one: Consultation) -> dict[str, Any]:
    """One line of an agency's list."""
    given = getattr(one, "opinion", None)
    state = _("Answered") if given else _("Waits for your opinion")
    url = reverse("consultations:one", args=[one.address])
    return {"title": one.question.splitlines()[0][:120], "url": url, "due": one.due_on, "state": state}


def consultation_for_agency(actor: Actor, one: Consultation, *, for_agency: bool = True) -> dict[str, Any]:
    """The extract and, when it has been given, the agency's own opinion; its files in either case."""
    given = getattr(one, "opinion", None)
    files = policy.visible_attachments(actor).filter(consultation=one)
    return {
        "files": [file_row(file, for_agency=for_agency) for file in files],
        "question": one.question,
        "passages": one.passages,
        "due": one.due_on,
        "reference": one.address,
        "source": _("Frozen copy, SHA-256 %(start)s…%(end)s.")
        % {"start": one.digest[:4], "end": one.digest[-4:]},
        "given": given
        and {
            "text": given.text,
            "limits": given.not_examined,
            "source": _("%(name)s, %(day)s") % {"name": given.signed_by, "day": day(given.given_at)},
            "naming": given.get_naming_display(),
        },
    }


def consultation_at_desk(actor: Actor, one: Consultation, case: Case) -> dict[str, Any]:
    """The same for the desk, with the agency's name and the way back to the case."""
    open_still = one.withdrawn_at is None and not hasattr(one, "opinion")
    return {
        **consultation_for_agency(actor, one, for_agency=False),
        "agency": one.agency,
        "case": {
            "title": case.subject,
            "reference": case.reference,
            "url": reverse("cases:case", args=[case.pk]),
        },
        "withdraw": reverse("cases:withdraw", args=[one.address]) if open_still else "",
    }


def for_enquirer(case: Case) -> dict[str, Any]:
    """The context of `cases/question.html`: what whoever asked by the open page may know."""
    return {
        "case": _head(case, None),
        "where": plain_status(case),
        "steps": _steps(case, None, []),
        "statement": statement_text(case),
    }


def page(actor: Actor, case: Case) -> dict[str, Any]:
    """The context of `cases/case.html`; how the desk works with it only for the desk."""
    handling = policy.visible_handlings(actor).filter(case=case).first()
    at_desk = policy.is_desk(actor)
    asked = policy.consultations_of(case) if at_desk else []
    draft = policy.visible_drafts(actor).filter(case=case).first()
    open_here = at_desk and case.status != Case.Status.ANSWERED
    steps = _next_steps(actor, case, draft, handled=handling is not None) if open_here else []
    written = _("Note, %(name)s") % {"name": handling.triaged_by} if handling else ""
    shown = statement_text(case)
    files = policy.visible_attachments(actor).filter(case=case)
    may_attach = case.status != Case.Status.ANSWERED and policy.may_attach(actor, case)
    return {
        "at_desk": at_desk,
        "attach": reverse("cases:attach", args=[case.pk]) if may_attach else "",
        "files": [file_row(one) for one in files if not one.inside],
        "own_files": [file_row(one) for one in files if one.inside],
        "where": "" if at_desk else plain_status(case),
        "case": _head(case, handling),
        "incoming": incoming(case),
        "steps": _steps(case, handling, asked),
        "notes": [{"text": handling.note, "source": written}] if handling and handling.note else [],
        "extracts": [
            {"label": str(one.agency), "url": reverse("cases:consultation", args=[one.address])}
            for one in asked
        ],
        "doing": [step for step in steps[1:] if step["name"] in {"triage", "consult"}],
        "outgoing": {
            "statement": shown,
            "text": _("A draft waits for a second person to read and send it.")
            if draft
            else _("No statement has been sent yet."),
            "actions": [step for step in steps[1:] if step["name"] in {"draft", "answer"}],
        },
        "action": steps[0] if steps else _to_anonymise(actor, case),
        "lessons": lessons(actor, case),
        "similar": similar(f"{case.subject} {case.question}") if open_here else [],
    }


def _to_anonymise(actor: Actor, case: Case) -> dict[str, str] | None:
    if not policy.may_anonymise(actor, case):
        return None
    return {"label": _("Tell what others can learn"), "url": reverse("cases:anonymise", args=[case.pk])}


def lessons(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """What the desk has made of the case, and how far each has come."""
    made = list(policy.visible_lessons(actor).filter(case=case))
    pages = fates([one.number for one in made if one.kind != Lesson.Kind.PROPOSAL])
    proposals = visible_proposals(actor).in_bulk(
        [one.number for one in made if one.kind == Lesson.Kind.PROPOSAL]
    )
    told = []
    for one in made:
        proposal = proposals.get(one.number) if one.kind == Lesson.Kind.PROPOSAL else None
        url = reverse("guidance:proposals") if proposal else pages.get(one.number, ("", ""))[1]
        state = proposal.get_state_display() if proposal else pages.get(one.number, (_("removed"), ""))[0]
        label = _("%(kind)s: %(state)s") % {"kind": str(one.get_kind_display()).capitalize(), "state": state}
        told.append({"label": label, "url": url})
    return told


def _next_steps(
    actor: Actor, case: Case, draft: StatementDraft | None, *, handled: bool
) -> list[dict[str, str]]:
    """What can be done at the desk now, the most important first."""
    two = policy.needs_second_reader(case)
    mine = two and draft is not None and draft.changed_by_id == actor.user_id
    sign = ("answer", _("Read and send"))
    write = ("draft", _("Change the statement") if draft else _("Write the statement"))
    consult = ("consult", _("Ask an agency"))
    triage = ("triage", _("Change officer or access") if handled else _("Triage"))
    if not handled:
        order = [triage]
    elif draft and not mine:
        order = [sign, write, consult, triage]
    else:
        order = [write, consult, triage]
    return [
        {"name": name, "label": label, "url": reverse(f"cases:{name}", args=[case.pk])}
        for name, label in order
    ]


def row(case: Case, handling: Handling | None, actor: Actor, *, waits: int = 0) -> dict[str, Any]:
    """One line of the queue; `waits` is for how many agencies."""
    state = str(case.get_status_display())
    if waits:
        state = ngettext("waits for %(n)d agency", "waits for %(n)d agencies", waits) % {"n": waits}
    if handling and handling.access == Handling.Access.RESTRICTED:
        state = _("%(state)s, restricted") % {"state": state}
    mine = handling is not None and handling.officer_id == actor.user_id
    statement = getattr(case, "statement", None)
    return {
        "due": statement.sent_at if statement else case.promised_on,
        "title": case.subject,
        "url": reverse("cases:case", args=[case.pk]),
        "reference": case.reference,
        "organisation": source_of(case),
        "kind": _("%(kind)s, urgent") % {"kind": case.get_kind_display()}
        if handling and handling.urgent
        else case.get_kind_display(),
        "state": state,
        "officer": _("You") if mine else handling.officer.name if handling else "",
    }
