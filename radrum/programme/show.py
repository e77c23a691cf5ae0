"""Published figures as plain values: sentences, tables, charts, downloads. Reads published rows only."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from radrum.cases.sort import choices
from radrum.core.actor import Actor
from radrum.core.days import day
from radrum.programme import policy
from radrum.programme.chart import SCHEMES
from radrum.programme.engine import SMALL
from radrum.programme.figures import NOT_SORTED, Measure, Quarter, Row, count, quarter_named, quarters
from radrum.programme.models import Publication
from radrum.programme.publish import to_publish

MOST = 8  # quarters beside each other: two years
Values = dict[tuple[str, str], float | None]


def period_name(key: str, *, short: bool = False) -> str:
    """Third quarter of 2026, or q3 2026 where there is little room."""
    year, number = key.split("Q")
    if short:
        return _("q%(number)s %(year)s") % {"number": number, "year": year}
    names = {
        "1": _("January–March"),
        "2": _("April–June"),
        "3": _("July–September"),
        "4": _("October–December"),
    }
    return f"{names[number]} {year}"


def kind_names() -> dict[str, str]:
    """The kinds of question in words."""
    return {
        "security": _("Security questions"),
        "general": _("General questions"),
        "interference": _("Suspected interference"),
    }


def topic_names() -> dict[str, str]:
    """The topics in words, as the desk's list names them."""
    return {**dict(choices()), NOT_SORTED: _("Not sorted under a topic")}


def measure_name(measure: str) -> str:
    """What a row counts or measures."""
    return {
        Measure.RECEIVED: _("Questions received"),
        Measure.KIND: _("Questions received, by kind"),
        Measure.TOPIC: _("Questions received, by topic"),
        Measure.ANSWERED: _("Questions answered"),
        Measure.MEDIAN: _("Median time to answer, working days"),
        Measure.NINE_OF_TEN: _("Nine of ten answered within, working days"),
    }[Measure(measure)]


def part_name(measure: str, key: str) -> str:
    """The kind or topic of a row; nothing for a whole."""
    names = {Measure.KIND: kind_names, Measure.TOPIC: topic_names}.get(Measure(measure))
    return names().get(key, key) if names and key else ""


def number(value: float | None) -> str:
    """4,5 in Swedish, 4.5 in English; a word where nothing is shown."""
    if value is None:
        return _("not shown")
    return str(number_format(value, decimal_pos=0 if value == int(value) else 1))


def _values(publication: Publication) -> Values:
    return {(row.measure, row.key): row.value for row in publication.figures.all()}


def _ended(publications: list[Publication]) -> list[tuple[str, Values]]:
    """The closed quarters, the oldest first."""
    closed = [one for one in publications if one.closed][:MOST]
    return [(one.period, _values(one)) for one in reversed(closed)]


def _running(publications: list[Publication]) -> Publication | None:
    """The newest count of a quarter that had not ended, unless that quarter has been closed since."""
    closed = {one.period for one in publications if one.closed}
    return next((one for one in publications if not one.closed and one.period not in closed), None)


def _all(actor: Actor) -> list[Publication]:
    return list(policy.visible_publications(actor))


def page(actor: Actor) -> dict[str, Any]:
    """The context of the open page."""
    publications = _all(actor)
    ended, running = _ended(publications), _running(publications)
    version = publications[0].pk if publications else 0
    newest = max((one.computed_at for one in publications), default=None)
    return {
        "counted_at": newest,
        "says": sayings(actor),
        "running": _running_words(running),
        "quarters": _quarter_table(ended),
        "kinds": _part_table(ended, Measure.KIND, kind_names()),
        "topics": _part_table(ended, Measure.TOPIC, topic_names()),
        "charts": {name: _picture(data, name, version) for name, data in charts(actor).items()},
        "last_period": period_name(ended[-1][0]) if ended else "",
        "publish": reverse("programme:publish") if policy.may_publish(actor) else "",
    }


def sayings(actor: Actor) -> list[dict[str, str]]:
    """At most three big numbers with a sentence each; also for the start page."""
    publications = _all(actor)
    ended, running = _ended(publications), _running(publications)
    said = []
    if ended:
        period, values = ended[-1]
        words = {"period": period_name(period)}
        for measure, text in (
            (Measure.ANSWERED, _("questions answered, %(period)s") % words),
            (Measure.MEDIAN, _("working days to an answer in the middle case, %(period)s") % words),
        ):
            if (value := values.get((measure, ""))) is not None:
                said.append({"big": number(value), "text": text})
    if running and (value := _values(running).get((Measure.ANSWERED, ""))) is not None:
        text = _("questions answered so far, %(period)s") % {"period": period_name(running.period)}
        said.append({"big": _at_least(value), "text": text})
    return said


def _at_least(value: float) -> str:
    return _("at least %(n)s") % {"n": number(value)}


def _running_words(running: Publication | None) -> list[str]:
    if running is None:
        return []
    values, words = _values(running), {"period": period_name(running.period)}
    names = {
        Measure.RECEIVED: (_("At least %(n)s questions received."), _("Fewer than five questions received.")),
        Measure.ANSWERED: (_("At least %(n)s questions answered."), _("Fewer than five questions answered.")),
    }
    told = [capfirst(_("%(period)s, so far:") % words)]
    for measure, (many, few) in names.items():
        value = values.get((measure, ""))
        told.append(few if value is None else many % {"n": number(value)})
    return told


def _quarter_table(ended: list[tuple[str, Values]]) -> list[dict[str, str]]:
    return [
        {
            "period": period_name(period, short=True),
            **{
                str(name): number(values.get((name, "")))
                for name in Measure
                if name not in (Measure.KIND, Measure.TOPIC)
            },
        }
        for period, values in ended
    ]


def _part_table(ended: list[tuple[str, Values]], measure: str, names: dict[str, str]) -> dict[str, Any]:
    """Rows of parts and columns of quarters; parts that are nowhere shown are only counted."""
    recent = ended[-4:]  # more would not fit
    rows = [
        {
            "name": name,
            "cells": [(period_name(p, short=True), number(v.get((measure, key)))) for p, v in recent],
        }
        for key, name in names.items()
        if any(values.get((measure, key)) is not None for _period, values in recent)
    ]
    heads = [period_name(period, short=True) for period, _values in recent]
    return {"heads": heads, "rows": rows, "left_out": len(names) - len(rows)}


# --- Charts ----------------------------------------------------------------------------------------


def charts(actor: Actor) -> dict[str, dict[str, Any]]:
    """What each chart holds, by name; a chart with nothing to show is not there."""
    ended = _ended(_all(actor))[-4:]
    found = {"questions": _questions(ended), "times": _times(ended), "topics": _topics(ended[-1:])}
    return {name: data for name, data in found.items() if data["rows"]}


def _questions(ended: list[tuple[str, Values]]) -> dict[str, Any]:
    names = {
        Measure.RECEIVED: pgettext("questions", "received"),
        Measure.ANSWERED: pgettext("questions", "answered"),
    }
    rows = [
        {"period": period_name(period, short=True), "name": name, "value": value, "label": number(value)}
        for period, values in ended
        for measure, name in names.items()
        if (value := values.get((measure, ""))) is not None
    ]
    title = _("Questions received and answered each quarter")
    return {
        "kind": "columns",
        "title": title,
        "about": _told(rows),
        "names": list(names.values()),
        "rows": rows,
    }


def _times(ended: list[tuple[str, Values]]) -> dict[str, Any]:
    names = [_("median"), _("nine of ten")]
    rows = []
    for period, values in ended:
        low, high = values.get((Measure.MEDIAN, "")), values.get((Measure.NINE_OF_TEN, ""))
        if low is not None:
            ends = {"low": low, "high": high, "low_label": number(low), "high_label": number(high)}
            rows.append({"period": period_name(period, short=True), **ends})
    about = "; ".join(
        _("%(period)s: median %(low)s, nine of ten %(high)s")
        % {"period": row["period"], "low": row["low_label"], "high": row["high_label"]}
        for row in rows
    )
    title = _("Working days to an answer")
    return {
        "kind": "spans",
        "title": title,
        "about": about,
        "names": names,
        "unit": _("working days"),
        "rows": rows,
    }


def _topics(ended: list[tuple[str, Values]]) -> dict[str, Any]:
    names = topic_names()
    rows = [
        {"name": names.get(key, key), "value": value, "label": number(value)}
        for _period, values in ended
        for (measure, key), value in values.items()
        if measure == Measure.TOPIC and value is not None
    ]
    rows.sort(key=lambda row: -float(str(row["value"])))
    return {"kind": "bars", "title": _("Questions by topic"), "about": _told(rows), "rows": rows}


def _told(rows: list[dict[str, Any]]) -> str:
    """The numbers of a chart as a sentence, for whoever does not see it."""
    return "; ".join(
        f"{' '.join(filter(None, [row.get('period', ''), row['name']]))}: {row['label']}" for row in rows
    )


def _picture(data: dict[str, Any], name: str, version: int) -> dict[str, str]:
    language = "sv" if (get_language() or "sv").startswith("sv") else "en"
    urls = {
        scheme: f"{reverse('programme:chart', args=[name, language, scheme])}?v={version}"
        for scheme in SCHEMES
    }
    return {"title": data["title"], "alt": f"{data['title']}. {data['about']}", **urls}


# --- To download, and to look at before publishing -------------------------------------------------


def rows(actor: Actor) -> list[dict[str, Any]]:
    """Every published row that stands on the page, for CSV and JSON; hidden ones have no value."""
    publications = _all(actor)
    running = _running(publications)
    wanted = [one for one in publications if one.closed or one is running]
    return [
        {
            "period": one.period,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "ended": one.closed,
            "measure": row.measure,
            "measure_name": measure_name(row.measure),
            "key": row.key,
            "name": part_name(row.measure, row.key),
            "value": None
            if row.value is None
            else int(row.value)
            if row.value == int(row.value)
            else row.value,
            "shown": not row.suppressed,
            "at_least": not one.closed,
            "counted": timezone.localdate(one.computed_at).isoformat(),
            "definition": one.definition,
            "topics_edition": one.topics_edition,
        }
        for one in wanted
        for row in one.figures.all()
    ]


def _why(row: Row) -> str:
    if not row.why:
        return ""
    return _("under five") if row.why == SMALL else _("hidden so that another cannot be subtracted")


def preview(actor: Actor, today: date, period: str = "") -> dict[str, Any]:
    """What would be published of a quarter, what hidden and why; the hidden numbers are not told."""
    waiting = to_publish(today)
    running = quarters(today)[-1]
    chosen = quarter_named(period) if period else (waiting[0] if waiting else running)
    published = chosen.last < today and chosen not in waiting
    rows_of_it = [] if published else count(chosen, today)  # what is frozen is not counted again
    return {
        "period": chosen.key,
        "name": period_name(chosen.key),
        "ended": chosen.last < today,
        "published": published,
        "rows": [
            {
                "measure": measure_name(row.measure),
                "name": part_name(row.measure, row.key) or _("All"),
                "value": number(row.value)
                if chosen.last < today or row.value is None
                else _at_least(row.value),
                "why": _why(row),
            }
            for row in rows_of_it
        ],
        "hidden": sum(row.value is None for row in rows_of_it),
        "choices": [_choice(one, chosen) for one in [*waiting, running]],
    }


def _choice(quarter: Quarter, chosen: Quarter) -> dict[str, Any]:
    return {
        "key": quarter.key,
        "name": period_name(quarter.key),
        "until": day(quarter.last),
        "current": quarter == chosen,
    }
