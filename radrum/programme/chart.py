"""Draw what is published: Altair describes the chart, vl-convert makes the SVG, the data folder keeps it.

The picture is served from an address of its own (ADR 20), with its title and description inside; the page
holds the same numbers in a table. Altair is imported when something has to be drawn: most processes never do.
"""

import hashlib
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

SCHEMES = ("light", "dark")
_INK = {
    "light": {"text": "#1f242b", "quiet": "#565d60", "line": "#d0d4cb", "a": "#3f377f", "b": "#bdb7df"},
    "dark": {"text": "#e6e8e3", "quiet": "#a9b0af", "line": "#3a4149", "a": "#b7aff0", "b": "#4a4678"},
}
_FONT = "Seravek, Segoe UI, Noto Sans, Ubuntu, Roboto, Helvetica Neue, Arial, sans-serif"
WIDTH = 340  # as wide as a phone shows without making letters smaller
BAND = 36  # the height of a row with a bar


def drawn(data: dict[str, Any], scheme: str) -> str:
    """The SVG of `data` {kind, title, about, rows, names?}; drawn once for each content and scheme."""
    text = json.dumps([data, scheme, _INK[scheme]], sort_keys=True, ensure_ascii=False)
    folder = Path(settings.DATA) / "charts"
    file = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.svg"
    if not file.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(_svg(data, scheme), encoding="utf-8")
        new.replace(file)
    return file.read_text(encoding="utf-8")


def _svg(data: dict[str, Any], scheme: str) -> str:
    import vl_convert  # noqa: PLC0415  (starts a JavaScript engine)

    made = {"columns": _columns, "spans": _spans, "bars": _bars}[data["kind"]](data, _INK[scheme])
    svg: str = vl_convert.vegalite_to_svg(made.to_dict())
    title, about = escape(data["title"]), escape(data["about"])
    head = '<svg role="img" aria-labelledby="t d" '
    return svg.replace("<svg ", head, 1).replace(
        ">", f'><title id="t">{title}</title><desc id="d">{about}</desc>', 1
    )


def _finished(chart: Any, ink: dict[str, str], *, height: int) -> Any:
    return (
        chart.properties(width=WIDTH - 20, height=height, background="transparent", padding=4)
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=ink["text"],
            titleColor=ink["quiet"],
            gridColor=ink["line"],
            domainColor=ink["quiet"],
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            ticks=False,
            labelPadding=6,
        )
        .configure_legend(
            labelColor=ink["text"], labelFontSize=13, title=None, orient="top", symbolType="square", offset=8
        )
    )


def _columns(data: dict[str, Any], ink: dict[str, str]) -> Any:
    """Two columns a quarter; each row is {period, name, value, label}."""
    import altair as alt  # noqa: PLC0415

    names = data["names"]
    colour = alt.Color("name:N", scale=alt.Scale(domain=names, range=[ink["a"], ink["b"]]))
    base = alt.Chart(alt.Data(values=data["rows"])).encode(
        x=alt.X(
            "period:N", sort=None, title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(paddingInner=0.25)
        ),
        xOffset=alt.XOffset("name:N", sort=names),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4, domain=False, format="d")),
    )
    numbers = base.mark_text(dy=-8, fontSize=13, color=ink["text"]).encode(text="label:N")
    return _finished(base.mark_bar(stroke=ink["a"]).encode(color=colour) + numbers, ink, height=190)


def _spans(data: dict[str, Any], ink: dict[str, str]) -> Any:
    """A line from median to nine of ten for each quarter; each row is {period, low, high}."""
    import altair as alt  # noqa: PLC0415

    rows = data["rows"]
    ends = [
        {"period": row["period"], "name": name, "value": row[key], "label": row[f"{key}_label"]}
        for row in rows
        for key, name in zip(("low", "high"), data["names"], strict=True)
        if row[key] is not None
    ]
    order = [row["period"] for row in rows]
    y = alt.Y("period:N", sort=order, title=None, axis=alt.Axis(domain=False))
    x = alt.X(
        "value:Q",
        title=data["unit"],
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=5, format="d"),
    )
    shape = alt.Color("name:N", scale=alt.Scale(domain=data["names"], range=[ink["a"], ink["b"]]))
    whole = [row for row in rows if row["low"] is not None and row["high"] is not None]
    line = (
        alt.Chart(alt.Data(values=whole))
        .mark_rule(color=ink["quiet"], strokeWidth=2)
        .encode(y=y, x=alt.X("low:Q"), x2="high:Q")
    )
    points = alt.Chart(alt.Data(values=ends)).encode(y=y, x=x)
    marks = points.mark_point(shape="square", size=140, filled=True, opacity=1, stroke=ink["a"]).encode(
        color=shape
    )
    numbers = points.mark_text(dy=-15, fontSize=13, color=ink["text"]).encode(text="label:N")
    periods = len({row["period"] for row in rows})
    return _finished(line + marks + numbers, ink, height=max(2, periods) * 48)


def _bars(data: dict[str, Any], ink: dict[str, str]) -> Any:
    """A bar for each name, the name above it so that it fits a phone; each row is {name, value, label}."""
    import altair as alt  # noqa: PLC0415

    base = alt.Chart(alt.Data(values=data["rows"])).encode(
        y=alt.Y("name:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0.5)),
        x=alt.X("value:Q", axis=None),
    )
    words = alt.Chart(alt.Data(values=data["rows"])).encode(y=alt.Y("name:N", sort=None, axis=None))
    names = words.mark_text(align="left", baseline="bottom", dy=-12, fontSize=14, color=ink["text"])
    numbers = base.mark_text(align="left", dx=6, fontSize=13, color=ink["text"]).encode(text="label:N")
    bars = base.mark_bar(color=ink["a"], size=14)
    drawn_names = names.encode(text="name:N", x=alt.value(0))
    return _finished(bars + drawn_names + numbers, ink, height=len(data["rows"]) * (BAND + 10))
