"""What must hold for every page: axe's rules, no sideways scroll, one heading, a title, a language."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # what a change of scheme can break
WIDTHS = (1280, 768, 360)

RUN = """async ([tags, rules]) => {
  const only = rules ? {type: "rule", values: rules} : {type: "tag", values: tags};
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
  const say = (node) => `${node.target.join(" ")}: ${node.failureSummary.split("\\n")[1] || ""}`;
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id} at ${say(node)}`));
}"""
FRAME = """() => ({
  h1: document.querySelectorAll("h1").length,
  title: document.title,
  lang: document.documentElement.lang,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


def faults(page: Page, language: str) -> list[str]:
    """What is wrong with the page as it stands, in light and dark, wide and narrow."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = _frame(page, language)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if (wide := page.evaluate(FRAME)["wide"]) > 0:
            found.append(f"scrolls {wide} pixels sideways at {width}")
        if width == 768:
            continue
        found += [f"{width} light: {one}" for one in _axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} dark: {one}" for one in _axe(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return [f"{page.url}: {one}" for one in found]


def _axe(page: Page, rules: list[str] | None = None) -> list[Any]:
    return list(page.evaluate(RUN, [TAGS, rules]))


def _frame(page: Page, language: str) -> list[str]:
    seen = page.evaluate(FRAME)
    expected = {"one h1": seen["h1"] == 1, "a title": seen["title"].endswith(" – rådrum")}
    expected[f"in {language}"] = seen["lang"] == language
    return [f"not {what}: {seen}" for what, holds in expected.items() if not holds]
