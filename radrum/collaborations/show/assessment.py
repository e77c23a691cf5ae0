"""The assessment as plain values: an outcome per aspect with the answers it rests on; no score anywhere."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from radrum.collaborations.assess import Weighed, outcome
from radrum.collaborations.models import (
    Answer,
    Collaboration,
    part,
)
from radrum.collaborations.show.words import aspect_url, day
from radrum.guidance import engine


def _state(weighed: Weighed) -> tuple[str, str]:
    words = {
        engine.LAW_FIRST: (_("To be settled under the law first"), "full"),
        engine.OPEN: (_("Open: needs a design or an answer"), "half"),
        engine.UNFINISHED: (_("Not finished"), "open"),
        engine.SETTLED: (_("Settled as far as the answers reach"), "none"),
    }
    return words[weighed.state]


def _sentences(texts: Iterable[str]) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _said(answer: Answer) -> str:
    return ". ".join(filter(None, [str(answer.get_value_display()), answer.text]))


def _aspect(weighed: Weighed) -> dict[str, Any]:
    """An aspect that needs more thought: its state, the answers it rests on, and the prompts' source."""
    state, fill = _state(weighed)
    sources = dict.fromkeys(answer.prompt.source for answer in weighed.answers)
    return {
        "number": weighed.aspect.number,
        "title": weighed.aspect.name,
        "url": aspect_url(weighed.aspect),
        "state": state,
        "fill": fill,
        "answers": [{"prompt": answer.prompt.text, "said": _said(answer)} for answer in weighed.answers],
        "source": "; ".join(sources),
    }


def _numbered(needing: list[Weighed], text: str) -> list[dict[str, str]]:
    """The prompts' designs or risks, each with the aspect it belongs to."""
    return [
        {"number": one.aspect.number, "text": _sentences(getattr(a.prompt, text) for a in one.answers)}
        for one in needing
        if any(getattr(a.prompt, text) for a in one.answers)
    ]


def assessment_of(plan: Collaboration) -> dict[str, Any] | None:
    """The outcome per aspect with the answers it rests on; no score anywhere."""
    assessment = part(plan, "assessment")
    if not assessment:
        return None
    benefits, weighed = outcome(assessment)
    needing = [one for one in weighed if one.state in {engine.LAW_FIRST, engine.OPEN}]
    gains = [{"title": answer.prompt.text, "text": answer.text} for answer in benefits if answer.text]
    total = sum(one.state != engine.UNFINISHED for one in weighed)
    lead = ngettext(
        "%(total)d aspect has been weighed; %(n)d needs more thought.",
        "%(total)d aspects have been weighed; %(n)d need more thought.",
        total,
    ) % {"total": total, "n": len(needing)}
    if not total:
        lead = _("No aspect has been weighed to the end yet.")
    source = _("Edition %(key)s, reconstruction: the aspects are not the official ones. %(name)s, %(day)s.")
    made = {"key": assessment.edition.key, "name": assessment.changed_by, "day": day(assessment.changed_at)}
    return {
        "lead": lead,
        "gains": gains or [{"title": "", "text": plan.worth_doing}],
        "designs": _numbered(needing, "design"),
        "risks": _numbered(needing, "risk"),
        "aspects": [_aspect(one) for one in needing],
        "others": _others([one for one in weighed if one not in needing]),
        "source": source % made,
    }


def _others(rest: list[Weighed]) -> list[dict[str, Any]]:
    """Aspects that need nothing more, or are not finished, by state."""
    groups = []
    titles = {
        engine.UNFINISHED: ngettext_lazy("%(n)d aspect not finished", "%(n)d aspects not finished", "n"),
        engine.SETTLED: ngettext_lazy(
            "%(n)d aspect settled as far as the answers reach",
            "%(n)d aspects settled as far as the answers reach",
            "n",
        ),
    }
    for state, title in titles.items():
        rows = [{"number": one.aspect.number, "title": one.aspect.name} for one in rest if one.state == state]
        if rows:
            groups.append({"title": title % {"n": len(rows)}, "rows": rows})
    return groups
