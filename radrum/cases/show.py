"""A case as plain values for the pages of the desk and of the asker."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.cases import policy
from radrum.cases.models import Case, Handling
from radrum.cases.receive import working_days_between
from radrum.core.actor import Actor


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment) if hasattr(moment, "tzinfo") else moment, "j F Y")


def plain_status(case: Case) -> str:
    """Where the question is, for the one who asked."""
    promised = {"day": _day(case.promised_on)}
    words = {
        Case.Status.RECEIVED: _(
            "Received and registered; the desk has not handed it out yet. Answer by %(day)s."
        ),
        Case.Status.TRIAGED: _("An officer at the desk works with it. Answer by %(day)s."),
        Case.Status.ANSWERED: _("Answered."),
    }
    return words[Case.Status(case.status)] % promised


def promised_in(case: Case) -> str:
    """How long is left, in words; empty when answered."""
    if case.status == Case.Status.ANSWERED:
        return ""
    left = working_days_between(timezone.localdate(), case.promised_on)
    if case.promised_on < timezone.localdate():
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
        "contact": case.asked_by.name,
        "organisation": case.asker,
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


def _steps(case: Case, handling: Handling | None) -> list[dict[str, Any]]:
    statement = getattr(case, "statement", None)
    handed_out = case.status != Case.Status.RECEIVED
    return [
        {"title": _("Registered"), "when": case.received_at, "who": "", "state": "done"},
        {
            "title": _("Handed to an officer"),
            "when": handling.triaged_at if handling else "",
            "who": handling.officer.name if handling else "",
            "state": "done" if handed_out else "now",
        },
        {
            "title": _("Statement"),
            "when": statement.sent_at
            if statement
            else _("promised by %(day)s") % {"day": _day(case.promised_on)},
            "who": statement.signed_by.name if statement else "",
            "state": "done" if statement else "now" if handed_out else "next",
        },
    ]


def _outgoing(case: Case) -> dict[str, Any]:
    statement = getattr(case, "statement", None)
    if not statement:
        return {"text": _("No statement has been sent yet.")}
    source = _("%(name)s, %(day)s") % {"name": statement.signed_by, "day": _day(statement.sent_at)}
    return {"statement": {"text": statement.text, "limits": statement.not_examined, "source": source}}


def page(actor: Actor, case: Case) -> dict[str, Any]:
    """The context of `cases/case.html`; how the desk works with it only for the desk."""
    handling = policy.visible_handlings(actor).filter(case=case).first()
    at_desk = policy.is_desk(actor)
    to_triage = {"label": _("Triage"), "url": reverse("cases:triage", args=[case.pk])}
    to_answer = {"label": _("Write the statement"), "url": reverse("cases:answer", args=[case.pk])}
    open_here = at_desk and case.status != Case.Status.ANSWERED
    note = (
        [{"text": handling.note, "source": _("Note, %(name)s") % {"name": handling.triaged_by}}]
        if handling and handling.note
        else []
    )
    return {
        "at_desk": at_desk,
        "case": _head(case, handling),
        "incoming": incoming(case),
        "steps": _steps(case, handling),
        "notes": note,
        "doing": [{**to_triage, "label": _("Change officer or access")}] if open_here and handling else [],
        "outgoing": _outgoing(case),
        "action": (to_answer if handling else to_triage) if open_here else None,
    }


def row(case: Case, handling: Handling | None, actor: Actor) -> dict[str, Any]:
    """One line of the queue."""
    state = case.get_status_display()
    if handling and handling.access == Handling.Access.RESTRICTED:
        state = _("%(state)s, restricted") % {"state": state}
    mine = handling is not None and handling.officer_id == actor.user_id
    statement = getattr(case, "statement", None)
    return {
        "due": statement.sent_at if statement else case.promised_on,
        "title": case.subject,
        "url": reverse("cases:case", args=[case.pk]),
        "reference": case.reference,
        "organisation": case.asker,
        "kind": _("Security question, urgent") if handling and handling.urgent else _("Security question"),
        "state": state,
        "officer": _("You") if mine else handling.officer.name if handling else "",
    }
