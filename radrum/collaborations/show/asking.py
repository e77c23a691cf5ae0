"""The pages where a plan is weighed, as plain values: what is asked, why, what is not asked, and why not."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from radrum.collaborations.models import Collaboration
from radrum.collaborations.sheet import PROFILE, Group, Sheet
from radrum.collaborations.show.words import url
from radrum.guidance import show as guidance
from radrum.guidance.engine import Asked
from radrum.guidance.instruments import tests_in
from radrum.guidance.models import Aspect


class Reader:
    """A sheet with what a page needs beside it: the edition's aspects, and what is live, read once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.aspects = guidance.aspects_of(sheet.instrument.edition)
        self.touches = sheet.weighing.touches()
        self.left = {(asked.prompt.id, asked.partner) for asked in sheet.left}
        self.skipped = {(asked.prompt.id, asked.partner): why for asked, why in sheet.weighing.skipped()}
        self.laws = {
            law.get("key", law["number"]): law["number"]
            for aspect in self.aspects.values()
            for law in aspect.laws
        }

    def sources(self, codes: Iterable[str]) -> str:
        """What a prompt rests on, in words."""
        return guidance.sources(codes, self.sheet.instrument.edition, self.laws, self.sheet.catalogue)

    def question(self, place: tuple[str, int | None]) -> str:
        """An answered prompt with its answer: “Ja” to “Ska ni dela …?”"""
        partner = place[1]
        asked = next(
            (a for g in self.sheet.groups for a in g.asked if (a.prompt.attribute, a.partner) == place), None
        )
        if asked is None:
            return ""
        prompt = self.sheet.prompts[asked.prompt.id]
        words = {"answer": said_briefly(self.sheet, asked), "prompt": guidance.text(prompt, "text")}
        if partner is None:
            return _("“%(answer)s” to “%(prompt)s”") % words
        name = self.sheet.partners[partner].name
        return _("“%(answer)s” to “%(prompt)s” about %(partner)s") % {**words, "partner": name}

    def questions(self, places: Iterable[tuple[str, int | None]]) -> str:
        """Several of them, as one run of words."""
        found = [sentence for place in places if (sentence := self.question(place))]
        return get_text_list(list(dict.fromkeys(found)), _("and"))

    def numbers(self, keys: Iterable[str]) -> list[dict[str, str]]:
        """Aspects by number, each with its address."""
        rows = [self.aspects[key] for key in keys if key in self.aspects]
        return [{"number": row.number, "title": row.name, "url": guidance.aspect_url(row)} for row in rows]


def said_briefly(sheet: Sheet, asked: Asked) -> str:
    """What was chosen, in words, without the text beside it; the text alone where nothing is chosen."""
    given = sheet.given(asked)
    words = dict(guidance.options(sheet.attributes[asked.prompt.attribute]))
    return ", ".join(words.get(value, value) for value in given.chosen) or given.text


def choosing(plan: Collaboration, form: Any, offered: list[Any]) -> dict[str, Any]:
    """The page where one chooses which questions to be asked."""
    return {
        "plan": {"title": plan.title, "url": url(plan)},
        "form": form,
        "offered": [
            {"title": row.title, "purpose": row.purpose, "minutes": row.minutes, "url": instrument_url(row)}
            for row in offered
        ],
        "back": url(plan),
    }


def instrument_url(instrument: Any) -> str:
    """Where anybody can read the instrument."""
    return reverse("guidance:instrument", args=[instrument.key, instrument.version])


def group_url(plan: Collaboration, group: Group) -> str:
    """The page of one group."""
    return reverse("collaborations:assess_group", args=[plan.pk, group.key])


def _title(group: Group, aspects: dict[str, Aspect]) -> str:
    """What most of the prompts are about; a partner by name before it."""
    if all(asked.prompt.effect in {"benefit", "info"} for asked in group.asked):
        return group.partner.name if group.partner else _("What it is worth")
    names = [aspects[a.prompt.aspect].dimension.name for a in group.asked if a.prompt.aspect in aspects]
    most = max(dict.fromkeys(names), key=names.count) if names else ""
    return f"{group.partner.name}: {most}" if group.partner else most


def _line(sheet: Sheet) -> dict[str, Any]:
    instrument = sheet.instrument
    return {
        "label": f"{instrument.title}, {instrument.version}",
        "url": instrument_url(instrument),
        "edition": f"{instrument.edition.title}, {instrument.edition.key}",
        "draft": _("Draft: not yet read by an editor and a lawyer.")
        if sheet.document["status"] in {"draft", "consultation"}
        else "",
        "reconstruction": _("Reconstruction: names, grouping and questions are not the official ones.")
        if instrument.edition.status == "reconstruction"
        else "",
    }


def progress(sheet: Sheet) -> dict[str, Any]:
    """How much has been answered, how much is still asked, and about how long it takes."""
    shown = [asked for group in sheet.groups for asked in group.asked]
    answered = sum(sheet.weighing.is_answered(asked) for asked in shown)
    left = len([asked for asked in sheet.left if not sheet.is_described(asked)])
    each = sheet.instrument.minutes / max(1, len(sheet.prompts))
    return {
        "answered": answered,
        "left": left,
        "total": answered + left,
        "minutes": round(left * each) or (1 if left else 0),
    }


def overview(sheet: Sheet, form: Any) -> dict[str, Any]:
    """Where one is in the instrument: the groups, what is left, and the button that finishes."""
    plan, reader = sheet.plan, Reader(sheet)
    following = sheet.next_group()
    groups = [
        {
            "title": _title(group, reader.aspects),
            "url": group_url(plan, group),
            "left": len(sheet.left_in(group)),
            "answered": sum(sheet.weighing.is_answered(asked) for asked in group.asked),
            "skipped": sum((asked.prompt.id, asked.partner) in reader.skipped for asked in group.asked),
        }
        for group in sheet.groups
    ]
    return {
        "plan": {"title": plan.title, "url": url(plan)},
        "instrument": _line(sheet),
        "notice": sheet.instrument.edition.notice,
        "profile": _profile(sheet),
        "progress": progress(sheet),
        "groups": groups,
        "next": {"url": group_url(plan, following), "title": _title(following, reader.aspects)}
        if following
        else None,
        "finished": bool(sheet.assessment and sheet.assessment.finished_at),
        "choose": reverse("collaborations:choose", args=[plan.pk]),
        "form": form,
        "back": url(plan),
    }


def _profile(sheet: Sheet) -> str:
    profile = sheet.answers.get((PROFILE, None))
    titles = {row["id"]: guidance.text(row, "title") for row in sheet.document.get("profiles", ())}
    return titles.get(profile.chosen[0], "") if profile and profile.chosen else ""


def group_page(sheet: Sheet, group: Group, form: Any) -> dict[str, Any]:
    """One group: the prompts that are asked or answered; below them those that are not, with the reason."""
    reader, plan = Reader(sheet), sheet.plan
    shown: list[Asked] = []
    aside: list[Asked] = []
    for asked in group.asked:
        skipped = (asked.prompt.id, asked.partner) in reader.skipped
        (aside if skipped else shown).append(asked)
    keys = [one.key for one in sheet.groups]
    return {
        "plan": {"title": plan.title, "url": url(plan)},
        "overview": reverse("collaborations:assess", args=[plan.pk]),
        "title": _title(group, reader.aspects),
        "about_partner": bool(group.partner),
        "place": {"number": keys.index(group.key) + 1, "of": len(keys)},
        "instrument": _line(sheet),
        "notice": sheet.instrument.edition.notice,
        "progress": progress(sheet),
        "prompts": [_prompt(reader, form, asked, n) for n, asked in enumerate(shown, start=1)],
        "skipped": [_prompt(reader, form, asked, n) for n, asked in enumerate(aside, start=len(shown) + 1)],
        "form": form,
    }


def _prompt(reader: Reader, form: Any, asked: Asked, number: int) -> dict[str, Any]:
    sheet = reader.sheet
    prompt, key = sheet.prompts[asked.prompt.id], (asked.prompt.id, asked.partner)
    aspect = reader.aspects.get(prompt["aspect"])
    value, words = f"value_{prompt['id']}", f"text_{prompt['id']}"
    return {
        "number": number,
        "aspect": str(aspect or ""),
        "aspect_url": guidance.aspect_url(aspect) if aspect else "",
        "text": guidance.text(prompt, "text"),
        "help": guidance.text(prompt, "help") or _find_out(prompt["kind"]),
        "examples": _examples(sheet, prompt["id"]),
        "why": guidance.text(prompt, "why"),
        "because": _because(reader, asked),
        "touches": reader.numbers(reader.touches.get(key, ())),
        "skipped": _skipped(reader, asked, reader.skipped[key]) if key in reader.skipped else "",
        "source": reader.sources(prompt["source"]),
        "answer": form[value] if value in form.fields else None,
        "fields": [form[words]] if words in form.fields else [],
    }


def _find_out(kind: str) -> str:
    if kind != "lookup":
        return ""
    return _("Tick what you found, and write source and date below. Not checked is an answer too.")


def _examples(sheet: Sheet, prompt: str) -> list[str]:
    profile = sheet.answers.get((PROFILE, None))
    chosen = profile.chosen if profile else ()
    return [
        guidance.word(example)
        for row in sheet.document.get("profiles", ())
        if row["id"] in chosen
        for example in row.get("examples", ())
        if example["prompt"] == prompt
    ]


def _because(reader: Reader, asked: Asked) -> str:
    """Why a prompt with a condition is asked: the answers that make it true."""
    found = reader.questions(reader.sheet.weighing.because(asked.prompt.when, asked.partner))
    return _("Asked because you answered %(answers)s.") % {"answers": found} if found else ""


def _skipped(reader: Reader, asked: Asked, why: str) -> str:
    """Why a prompt is not asked."""
    weighing = reader.sheet.weighing
    if why == "when":
        found = reader.questions(weighing.because(asked.prompt.when, asked.partner, so=False))
        if found:
            return _("Not asked because you answered %(answers)s.") % {"answers": found}
        return _("Not asked because it does not apply to what is known so far.")
    if why == "later":
        return _("Not asked yet: other answers decide whether it matters.")
    rests = [
        rule.aspect
        for rule, partner, _holds in weighing.weighed()
        if partner in (None, asked.partner)
        and any(attribute == asked.prompt.attribute for attribute, *_rest in tests_in(rule.condition))
    ]
    numbers = get_text_list([one["number"] for one in reader.numbers(dict.fromkeys(rests))], _("and"))
    if numbers:
        return _("Not asked because the answer can no longer change aspect %(numbers)s.") % {
            "numbers": numbers
        }
    return _("Not asked because the answer can no longer change anything.")
