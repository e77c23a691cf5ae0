"""The statement as a document of its own, the same for whoever asked and for the desk."""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from radrum.cases.models import Case
from radrum.core.days import day
from radrum.paper.compose import Paper, Piece, Section


def statement_paper(case: Case, shown: dict[str, Any]) -> Paper:
    """What was asked, what it rests on and what the desk says; nothing of how it was made."""
    facts = [
        (_("Reference"), case.reference),
        (_("Asked by"), f"{case.asked_by}, {case.asker}"),
        (_("Received"), day(case.received_at)),
        (_("Sent"), day(case.statement.sent_at)),
    ]
    foot = _("%(reference)s. Statement of the national function, %(day)s.")
    return Paper(
        lang=(get_language() or "sv")[:2],
        title=case.subject,
        over=_("The national function: statement"),
        lead=_(
            "Material for the institution's own decision. This is neither a decision nor a recommendation."
        ),
        facts=[{"label": label, "value": value} for label, value in facts],
        sections=[_question(case), said(shown), _rests_on(case)],
        foot=foot % {"reference": case.reference, "day": day(case.statement.sent_at)},
        page=_("Page"),
        of=_("of"),
        lacking=_("Square brackets hold Latin letters in place of letters that could not be printed here."),
    )


def _text(said: str) -> Piece:
    return {"type": "text", "text": said}


def _question(case: Case) -> Section:
    return Section(_("The question"), [{"type": "frame", "kind": "voice", "pieces": [_text(case.question)]}])


def said(shown: dict[str, Any]) -> Section:
    """The statement in its frame, from what `show.statement_text` gives; also for the record of a plan."""
    pieces: list[Piece] = [
        {"type": "strong", "text": _("This is neither a decision nor a recommendation.")},
        _text(shown["text"]),
    ]
    if shown["views"]:
        rows = [{"label": view["who"], "value": view["text"]} for view in shown["views"]]
        pieces += [_label(_("The agencies see it differently")), {"type": "pairs", "rows": rows}]
    nothing = _("Nothing has been noted. It does not mean that everything was examined.")
    pieces += [_label(_("What the statement does not cover")), _text(shown["limits"] or nothing)]
    if shown["contributors"]:
        pieces += [_label(_("Who contributed")), {"type": "list", "items": shown["contributors"]}]
    pieces.append({"type": "source", "text": shown["source"]})
    frame = {"type": "frame", "kind": "statement", "pieces": pieces}
    return Section(_("The statement"), [frame], "statement", _("The function’s statement"))


def _label(title: str) -> Piece:
    return {"type": "label", "text": title}


def _rests_on(case: Case) -> Section:
    """Which passages the desk had, by name; their texts are the asker's and stand in its own record."""
    dossier = case.dossier
    left_out = ngettext(
        "%(n)d passage was left out by the asker.",
        "%(n)d passages were left out by the asker.",
        dossier.left_out,
    ) % {"n": dossier.left_out}
    source = _("A frozen copy of these passages, SHA-256 %(digest)s.") % {"digest": dossier.digest}
    sent = [passage["label"] for passage in dossier.passages]
    pieces: list[Piece] = [{"type": "list", "items": sent}] if sent else []
    pieces += [_text(left_out), {"type": "source", "text": source}]
    return Section(_("What came with the question"), pieces)
