"""The assessment as plain values: an outcome per aspect with the answers it rests on; no score anywhere."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from radrum.accounts.models import Organisation
from radrum.collaborations.assess import said, sheet_of
from radrum.collaborations.models import Collaboration, part
from radrum.collaborations.sheet import Sheet
from radrum.collaborations.show.asking import Reader, instrument_url
from radrum.core.days import day
from radrum.guidance import engine
from radrum.guidance import show as guidance

FEW = 5  # aspects whose words fit beside the gains
_PROPOSED = {"measures": "measure", "designs": "design", "terms": "clause"}


def _state(state: str) -> tuple[str, str]:
    words = {
        engine.LAW_FIRST: (_("To be settled under the law first"), "full"),
        engine.OPEN: (_("Open: needs a design or an answer"), "half"),
        engine.UNFINISHED: (_("Not finished"), "open"),
        engine.SETTLED: (_("Settled as far as the answers reach"), "none"),
    }
    return words[state]


class _Outcome:
    """What the answers come to, with what is proposed, in the reader's language."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.reader = Reader(sheet)
        self.outcome = sheet.weighing.outcome()
        asked = [key for holding in self.outcome.holding for key in holding.rule.proposes.get("ask", ())]
        self.authorities = {row.key: row for row in Organisation.objects.filter(key__in=asked)}
        self.by_place = {(a.prompt.attribute, a.partner): a for group in sheet.groups for a in group.asked}

    def keys(self, *states: str) -> list[str]:
        """The weighed aspects in these states, in the order of the guidelines."""
        return [key for key in self.reader.aspects if self.outcome.states.get(key) in states]

    def holding(self, aspect: str) -> list[engine.Holding]:
        """The rules that hold for an aspect."""
        return [one for one in self.outcome.holding if one.rule.aspect == aspect]

    def answers(self, places: Iterable[tuple[str, int | None]]) -> list[dict[str, str]]:
        """The answers at these places, in words."""
        rows = []
        for place in dict.fromkeys(places):
            asked = self.by_place.get(place)
            if asked is None:
                continue
            prompt = guidance.text(self.sheet.prompts[asked.prompt.id], "text")
            who = self.sheet.partners[asked.partner].name if asked.partner is not None else ""
            rows.append({"prompt": f"{who}: {prompt}" if who else prompt, "said": said(self.sheet, asked)})
        return rows

    def findings(self, aspect: str) -> list[dict[str, Any]]:
        """What each rule that holds says; what several partners share is said once, with their names."""
        found: dict[str, dict[str, Any]] = {}
        for one in self.holding(aspect):
            row = found.setdefault(
                one.rule.id,
                {
                    "text": guidance.text(one.rule.proposes, "say"),
                    "partners": [],
                    "ask": [self.contact(key) for key in one.rule.proposes.get("ask", ())],
                },
            )
            if one.partner is not None and len(self.sheet.partners) > 1:
                row["partners"].append(self.sheet.partners[one.partner].name)
        return [{**row, "partners": ", ".join(row["partners"])} for row in found.values()]

    def contact(self, key: str) -> dict[str, str]:
        """Whom to ask: a function at home, or an authority with its site."""
        known = self.sheet.catalogue.entries.get(key)
        if known:
            return {"title": guidance.word(known["title"]), "url": guidance.entry_url(known)}
        authority = self.authorities.get(key)
        if authority is None:
            return {"title": key, "url": ""}
        return {"title": authority.name, "url": authority.facts.get("website", "")}

    def proposed(self, holding: Iterable[engine.Holding], name: str) -> list[dict[str, Any]]:
        """Measures, designs or terms that these rules propose, each once."""
        keys = dict.fromkeys(key for one in holding for key in one.rule.proposes.get(name, ()))
        entries = {e["id"]: e for e in (guidance.entry(self.sheet.catalogue, key) for key in keys)}
        return list(entries.values())

    def aspect(self, key: str) -> dict[str, Any]:
        """An aspect that needs more thought: its state, what it rests on, and what can be done."""
        holding, row = self.holding(key), self.reader.aspects[key]
        state, fill = _state(self.outcome.states[key])
        weighing = self.sheet.weighing
        places = [place for one in holding for place in weighing.because(one.rule.condition, one.partner)]
        prompts = [self.by_place[place].prompt.id for place in places if place in self.by_place]
        return {
            "number": row.number,
            "title": row.name,
            "url": guidance.aspect_url(row),
            "state": state,
            "fill": fill,
            "findings": self.findings(key),
            "answers": self.answers(places),
            **{name: self.proposed(holding, name) for name in _PROPOSED},
            "source": self.reader.sources(
                code for prompt in dict.fromkeys(prompts) for code in self.sheet.prompts[prompt]["source"]
            ),
        }

    def settled_by(self, key: str) -> list[dict[str, str]]:
        """The answers that leave an aspect without anything open."""
        weighing = self.sheet.weighing
        rows = [(rule, partner) for rule, partner, _holds in weighing.weighed() if rule.aspect == key]
        return self.answers(
            place for rule, partner in rows for place in weighing.because(rule.condition, partner, so=False)
        )

    def designs(self) -> list[dict[str, Any]]:
        """Three to five workable designs, if anything is open."""
        keys = engine.designs(self.sheet.weighing.instrument, self.outcome)
        entries = {e["id"]: e for e in (guidance.entry(self.sheet.catalogue, key) for key in keys)}
        return [{"number": "", "text": one["lead"] or one["title"], **one} for one in entries.values()]

    def benefits(self) -> list[dict[str, str]]:
        """What is gained, and what is lost if it does not happen, as written."""
        rows = [a for a in self.by_place.values() if a.prompt.effect == "benefit"]
        return [
            {
                "title": guidance.text(self.sheet.prompts[a.prompt.id], "text"),
                "text": self.sheet.given(a).text,
            }
            for a in rows
            if self.sheet.given(a).text
        ]


def assessment_of(plan: Collaboration) -> dict[str, Any] | None:
    """The outcome per aspect with the answers it rests on; no score anywhere."""
    assessment = part(plan, "assessment")
    if not assessment:
        return None
    sheet = sheet_of(plan)
    found = _Outcome(sheet)
    needing = found.keys(engine.LAW_FIRST, engine.OPEN)
    total = len(found.keys(engine.LAW_FIRST, engine.OPEN, engine.SETTLED))
    lead = ngettext(
        "%(total)d aspect has been weighed; %(n)d needs more thought.",
        "%(total)d aspects have been weighed; %(n)d need more thought.",
        total,
    ) % {"total": total, "n": len(needing)}
    aspects = [found.aspect(key) for key in needing]
    return {
        "lead": lead if total else _("No aspect has been weighed to the end yet."),
        "gains": found.benefits() or [{"title": "", "text": plan.worth_doing}],
        "designs": found.designs(),
        "risks": _risks(aspects),
        "aspects": aspects,
        "others": _others(found),
        "source": _source(assessment, sheet),
        "instrument": {"title": sheet.instrument.title, "url": instrument_url(sheet.instrument)},
    }


def _risks(aspects: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What is at stake, beside the gains; where that is much, the aspects by name: the words stand below."""
    few = len(aspects) <= FEW
    return [
        {
            "number": one["number"],
            "text": "\n\n".join(row["text"] for row in one["findings"]) if few else one["title"],
        }
        for one in aspects
    ]


def _source(assessment: Any, sheet: Sheet) -> str:
    """Who, when, with which questions, and against which edition."""
    instrument, edition = sheet.instrument, sheet.instrument.edition
    words = {
        "instrument": f"{instrument.title}, {instrument.version}",
        "key": edition.key,
        "name": assessment.changed_by,
        "day": day(assessment.changed_at),
    }
    if edition.status == "reconstruction":
        return (
            _(
                "%(instrument)s. Edition %(key)s, reconstruction: the aspects are not the official ones. "
                "%(name)s, %(day)s."
            )
            % words
        )
    return _("%(instrument)s. Edition %(key)s. %(name)s, %(day)s.") % words


def _others(found: _Outcome) -> list[dict[str, Any]]:
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
        rows = [
            {
                "number": found.reader.aspects[key].number,
                "title": found.reader.aspects[key].name,
                "answers": found.settled_by(key),
            }
            for key in found.keys(state)
        ]
        if rows:
            groups.append({"title": title % {"n": len(rows)}, "rows": rows})
    return groups
