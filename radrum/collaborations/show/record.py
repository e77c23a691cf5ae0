"""The whole record of a plan as a document to print: what the page shows to this actor, and nothing more."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.cases.paper import said
from radrum.collaborations.models import Collaboration
from radrum.collaborations.show.after import decision_in_words
from radrum.collaborations.show.page import page
from radrum.core.actor import Actor
from radrum.core.days import day
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


def record(actor: Actor, plan: Collaboration) -> Paper:
    """The record of the plan, in the reader's language."""
    shown, own = page(actor, plan), reference(plan)
    assessment = getattr(plan, "assessment", None)
    note = assessment.instrument.edition.note if assessment else ""
    sections = [
        _partners(shown["partners"]),
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


def _partners(partners: list[dict[str, Any]]) -> Section:
    """Each partner with what the lists said, when, and what was concluded."""
    pieces: list[Piece] = []
    for partner in partners:
        pieces.append(_heading(", ".join(filter(None, [partner["name"], partner.get("country")]))))
        if not partner["looked_up"]:
            pieces.append(text(_("Not looked up on any list.")))
            continue
        pieces.append(text(" ".join(filter(None, [partner["identity"], partner["outcome"]]))))
        pieces += [_frame("voice", _hit(hit)) for hit in partner["hits"]]
        pieces.append(_source(_("Looked up %(day)s.") % {"day": partner["looked_up"]}))
    return Section(_("Partners"), pieces or [text(_("No partner has been named yet."))])


def _hit(hit: dict[str, Any]) -> list[Piece]:
    """One hit: the two names, why, what the list means here, and the verdict."""
    rows = [{"label": label, "value": value} for label, value in hit["names"]]
    verdict = hit["verdict"]
    judged = f"{capfirst(verdict['conclusion'])}. {verdict['reason']}" if verdict else ""
    rows += [
        {"label": _("Speaks for"), "value": " ".join(hit["for"])},
        {"label": _("Speaks against"), "value": " ".join(hit["against"])},
        {"label": _("What it means"), "value": f"{capfirst(hit['effect'])}. {hit['meaning']}"},
        {"label": _("Conclusion"), "value": judged or _("Nobody has judged it yet.")},
    ]
    sources = [hit["source"], *hit["also"], *([verdict["source"]] if verdict else [])]
    return [*_facts([row for row in rows if row["value"]]), _source(" ".join(sources))]


def _assessment(shown: dict[str, Any] | None) -> Section | None:
    if not shown:
        return None
    lead = " ".join([shown["lead"], _("No score is calculated.")])
    pieces = [text(lead), _heading(_("Opportunity"))]
    for gain in shown["gains"]:
        pieces += [{"type": "label", "text": gain["title"]}] if gain["title"] else []
        pieces.append(text(gain["text"]))
    designs = _facts([{"label": row["title"], "value": row["text"]} for row in shown["designs"]])
    risks = [{"label": row["number"], "value": row["text"]} for row in shown["risks"]]
    nothing = [text(_("Nothing that the answers point to so far."))]
    pieces += [_heading(_("A way to do it")), *(designs or nothing)]
    pieces += [_heading(_("Risk")), *([{"type": "numbered", "rows": risks}] if risks else nothing)]
    for aspect in shown["aspects"]:
        answers = aspect["answers"]
        pieces += [
            _heading(f"{aspect['number']} {aspect['title']}"),
            {"type": "state", "text": aspect["state"]},
            *(text(_finding(found)) for found in aspect["findings"]),
            *(piece for answer in answers for piece in _said(answer)),
            *_proposed(aspect),
        ]
        pieces.append(_source(aspect["source"]))
    for group in shown["others"]:
        items = [f"{row['number']} {row['title']}" for row in group["rows"]]
        pieces += [_heading(group["title"]), {"type": "list", "items": items}]
    pieces.append(_source(shown["source"]))
    return Section(_("The assessment"), pieces, "assessment", _("The institution’s assessment"))


def _said(answer: dict[str, str]) -> list[Piece]:
    """A question, and what was answered to it under it."""
    return [{"type": "label", "text": answer["prompt"]}, text(answer["said"])]


def _finding(found: dict[str, Any]) -> str:
    who = f"{found['partners']}: " if found["partners"] else ""
    whom = ", ".join(one["title"] for one in found["ask"])
    asks = _("Ask: %(whom)s.") % {"whom": whom} if whom else ""
    return " ".join(filter(None, [f"{who}{found['text']}", asks]))


def _proposed(aspect: dict[str, Any]) -> list[Piece]:
    """Measures, designs and contract terms that the answers lead to, by name."""
    kinds = ((_("Measures"), "measures"), (_("Designs"), "designs"), (_("Contract terms"), "terms"))
    rows = [
        {"label": title, "value": "; ".join(one["title"] for one in aspect[name])}
        for title, name in kinds
        if aspect[name]
    ]
    return _facts(rows)


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
