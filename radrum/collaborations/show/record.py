"""The whole record of a plan as a document to print: what the page shows to this actor, and nothing more."""

import re
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.cases.paper import said
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Partner
from radrum.collaborations.screen import in_words
from radrum.collaborations.show.after import decision_in_words
from radrum.collaborations.show.page import page
from radrum.collaborations.show.words import day
from radrum.core.actor import Actor
from radrum.paper.compose import Paper, Piece, Section


def text(said: Any) -> Piece:
    """A text as it was written."""
    return {"type": "text", "text": said or "–"}


def _heading(title: str) -> Piece:
    return {"type": "heading", "text": title}


def _source(said: Any) -> Piece:
    return {"type": "source", "text": said or ""}


def _frame(kind: str, pieces: list[Piece]) -> Piece:
    return {"type": "frame", "kind": kind, "pieces": pieces}


def _facts(rows: list[dict[str, Any]]) -> list[Piece]:
    pairs = [{"label": row["label"], "value": row["value"]} for row in rows]
    return [{"type": "pairs", "rows": pairs}] if pairs else []


def reference(plan: Collaboration) -> str:
    """The institution's own file reference where an adviser gave one, else the plan's number here."""
    given = [advice.file_reference for advice in plan.advice.all() if advice.file_reference]
    return given[-1] if given else _("plan %(n)d") % {"n": plan.pk}


def file_name(said: str) -> str:
    """`FU-2026-1187.pdf`: letters that every system takes."""
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', said).strip('-') or 'plan'}.pdf"


def record(actor: Actor, plan: Collaboration) -> Paper:
    """The record of the plan, in the reader's language."""
    shown, own = page(actor, plan), reference(plan)
    assessment = getattr(plan, "assessment", None)
    note = assessment.instrument.edition.note if assessment else ""
    sections = [
        _partners(
            shown["partners"], in_words(plan, policy.visible_screenings(actor).filter(collaboration=plan))
        ),
        _assessment(shown["assessment"]),
        _advice(shown["advice"]),
        _steering(shown["steering"]),
        _question(shown["question"]),
        said(shown["statement"]) if shown["statement"] else None,
        _decisions(plan),
        _follow_up(shown["follow_up"]),
        _shares(shown["shares"]),
        _handling(shown["steps"]),
    ]
    foot = _("%(organisation)s, %(reference)s. Printed %(day)s.")
    return Paper(
        lang=(get_language() or "sv")[:2],
        title=plan.title,
        over=_("Record of a collaboration"),
        lead=shown["plan"]["lead"],
        facts=[{"label": _("Reference"), "value": own}, *shown["facts"]],
        notes=[note] if note else [],
        sections=[section for section in sections if section],
        foot=foot % {"organisation": plan.organisation, "reference": own, "day": day(timezone.now())},
        page=_("Page"),
        of=_("of"),
        lacking=_("Square brackets hold Latin letters in place of letters that could not be printed here."),
    )


def _partners(partners: list[dict[str, Any]], found: list[tuple[Partner, str]]) -> Section:
    """Each partner; and of those looked up, what the lists said and what was concluded, with dates."""
    named = [", ".join(filter(None, [partner["name"], partner.get("country")])) for partner in partners]
    pieces = [text("\n".join(named) or _("No partner has been named yet."))]
    for partner, said_of_it in found:
        pieces += [_heading(_("Looked up: %(name)s") % {"name": partner.name}), text(said_of_it)]
    return Section(_("Partners"), pieces)


def _assessment(shown: dict[str, Any] | None) -> Section | None:
    if not shown:
        return None
    pieces = [text(f"{shown['lead']} {_('No score is calculated.')}"), _heading(_("Opportunity"))]
    for gain in shown["gains"]:
        pieces += [{"type": "label", "text": gain["title"]}] if gain["title"] else []
        pieces.append(text(gain["text"]))
    for title, rows in ((_("A way to do it"), shown["designs"]), (_("Risk"), shown["risks"])):
        pieces.append(_heading(title))
        pairs = [{"label": row["number"], "value": row["text"]} for row in rows]
        numbered: list[Piece] = [{"type": "numbered", "rows": pairs}] if pairs else []
        pieces += numbered or [text(_("Nothing that the answers point to so far."))]
    for aspect in shown["aspects"]:
        answers = [{"label": answer["prompt"], "value": answer["said"]} for answer in aspect["answers"]]
        pieces += [
            _heading(f"{aspect['number']} {aspect['title']}"),
            {"type": "state", "text": aspect["state"]},
            *_facts(answers),
        ]
        pieces.append(_source(aspect["source"]))
    for group in shown["others"]:
        items = [f"{row['number']} {row['title']}" for row in group["rows"]]
        pieces += [_heading(group["title"]), {"type": "list", "items": items}]
    pieces.append(_source(shown["source"]))
    return Section(_("The assessment"), pieces, "assessment", _("The institution’s assessment"))


def _advice(shown: list[dict[str, Any]]) -> Section | None:
    pieces = [_frame("voice", [text(given["text"]), _source(given["source"])]) for given in shown]
    title = _("Advice from the advisory group")
    return Section(title, pieces, "assessment", _("The institution’s assessment")) if pieces else None


def _steering(shown: list[dict[str, Any]]) -> Section | None:
    pieces: list[Piece] = []
    for referral in shown:
        conflicts = [{"label": one["title"], "value": one["text"]} for one in referral["conflicts"]]
        pieces += [text(referral["question"]), _source(referral["source"])]
        pieces += [_heading(_("Goals that stand against each other")), *_facts(conflicts)]
        for view in referral["views"]:
            positions = [{"label": one["title"], "value": one["word"]} for one in view["positions"]]
            pieces.append(_frame("voice", [*_facts(positions), text(view["text"]), _source(view["source"])]))
        if referral["waits"]:
            pieces.append(text(referral["waits"]))
    title = _("The steering group")
    return Section(title, pieces, "assessment", _("The institution’s assessment")) if pieces else None


def _question(shown: dict[str, Any] | None) -> Section | None:
    if not shown:
        return None
    pieces = [_frame("voice", [text(shown["text"])]), *_facts(shown["facts"])]
    return Section(_("The question to the national function"), pieces)


def _decisions(plan: Collaboration) -> Section | None:
    """Every decision, the one in force last."""
    pieces = []
    for made in plan.decisions.all():
        words = decision_in_words(plan, made)
        inside: list[Piece] = [{"type": "strong", "text": words["outcome"]}, text(words["reasons"])]
        for part in words["parts"]:
            inside += [{"type": "label", "text": part["title"]}, text(part["text"])]
        pieces.append(_frame("decision", [*inside, _source(words["source"])]))
    kind = _("The institution’s decision")
    return Section(_("The decision"), pieces, "decision", kind) if pieces else None


def _follow_up(shown: list[dict[str, Any]]) -> Section | None:
    pieces: list[Piece] = []
    for look in shown:
        if look.get("done"):
            pieces += [_heading(day(look["when"])), text(look["text"])]
            pieces += [*_facts(look["facts"]), _source(look["source"])]
    coming = [{"label": day(one["when"]), "value": one["text"]} for one in shown if not one.get("done")]
    pieces += [_heading(_("Planned")), *_facts(coming)] if coming else []
    return Section(_("Follow-up"), pieces) if pieces else None


def _shares(shown: list[dict[str, Any]]) -> Section | None:
    pieces: list[Piece] = []
    for shared in shown:
        pieces += [_heading(shared["recipient"]), *_facts(shared["facts"])]
    return Section(_("Shared with others"), pieces) if pieces else None


def _handling(steps: list[dict[str, Any]]) -> Section:
    done = [step for step in steps if step["state"] == "done"]
    rows = [[step["title"], day(step["when"]), step["who"]] for step in done]
    head = [_("Step"), _("Day"), _("By whom")]
    return Section(_("How it was handled"), [{"type": "table", "head": head, "rows": rows}])
