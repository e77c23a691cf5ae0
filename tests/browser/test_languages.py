"""Two languages: one click keeps the page, and no page mixes them."""

import re
from itertools import zip_longest
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from radrum import messages
from tests.browser.pages import Tour
from tests.browser.test_accessibility import WHO
from tests.browser.watched import Visits
from tests.conftest import Act

pytestmark = pytest.mark.browser

PLACE = re.compile(r"%\(\w+\)[sd]|[{}]")
LONG = 24  # characters; shorter pieces may stand in somebody's own words
# Every piece of text and every spoken label, except what says that it is in another language than the page.
WORDS = """() => {
  const page = document.documentElement.lang;
  const other = `script, style, textarea, option, body [lang]:not([lang="${page}"])`;
  const foreign = (node) => node.parentElement.closest(other);
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const words = [document.title];
  while (walker.nextNode()) if (!foreign(walker.currentNode)) words.push(walker.currentNode.data);
  for (const name of ["aria-label", "alt", "title", "placeholder"]) {
    document.querySelectorAll(`[${name}]`).forEach((one) => words.push(one.getAttribute(name)));
  }
  return words.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def _both() -> list[tuple[str, str]]:
    """Every interface text in English and in Swedish, plural forms too."""
    swedish = {(message.context, str(message.id)): message.string for message in messages.stored()}
    pairs: list[tuple[str, str]] = []
    for message in messages.gather():
        if message.id:
            ids, strings = _forms(message.id), _forms(swedish.get((message.context, str(message.id)), ""))
            pairs += zip_longest(ids, strings, fillvalue="")
    return pairs


def _forms(text: Any) -> list[str]:
    return [str(part) for part in text] if isinstance(text, list | tuple) else [str(text)]


def _pieces(text: str) -> list[str]:
    """The text without what is filled in, in pieces long enough to be nobody's but ours."""
    pieces = [" ".join(piece.split()) for piece in PLACE.split(text)]
    return [piece for piece in pieces if len(piece) >= LONG and " " in piece]


def _mixed(page: Page, wrong: list[str], right: set[str]) -> list[str]:
    """Texts of the wrong language on the page: whole short ones, or long pieces anywhere."""
    words = page.evaluate(WORDS)
    whole = "\n".join(words)
    other = [text for text in wrong if text not in right]
    pieces = [piece for text in other for piece in _pieces(text)]
    return [text for text in other if text in words] + [piece for piece in pieces if piece in whole]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("who", WHO)
def test_no_page_mixes_languages(visits: Visits, tour: Tour, who: str, language: str) -> None:
    visits.expect("status of 404")  # the used invitation
    english, swedish = (list(texts) for texts in zip(*_both(), strict=True))
    wrong, right = (english, swedish) if language == "sv" else (swedish, english)
    page = visits.page(tour.people.get({"asker": "contact-point"}.get(who, who)), language=language)
    found = []
    for path in tour.paths[who]:
        page.goto(path)
        found += [f"{path}: {text}" for text in _mixed(page, wrong, set(right))]
    assert found == []


@pytest.mark.parametrize("path", ["/", "/guidelines/3/", "/account/login/?next=/room/"])
def test_one_click_keeps_the_page(visits: Visits, path: str) -> None:
    page = visits.page(None, path)
    for language in ("en", "sv"):
        page.click(f"form[action='/language/'] [value={language}]")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page).to_have_url(path)


def test_one_click_keeps_what_is_typed(visits: Visits, act: Act) -> None:
    page = visits.page(act("Långudden högskola", "institution", "researcher"), "/collaborations/new/")
    page.fill("[name=summary]", "Mitt i en mening.")
    page.click("form[action='/language/'] [value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[name=summary]")).to_have_value("Mitt i en mening.")


def test_a_browser_that_asks_for_english_gets_it_and_any_other_swedish(visits: Visits) -> None:
    for locale, language in [("en-GB", "en"), ("sv-FI", "sv"), ("fr-FR", "sv")]:
        page = visits.page(language="", locale=locale)
        page.context.clear_cookies()
        page.goto("/")
        assert (locale, page.get_attribute("html", "lang")) == (locale, language)
