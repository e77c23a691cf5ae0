"""The pictures in README and docs: taken with RADRUM_SCREENSHOTS=1, otherwise looked for.

Take them alone, so that no other test's people are in them:
`RADRUM_SCREENSHOTS=1 .venv/bin/python -m pytest tests/browser/test_screenshots.py`
"""

import os
import re
from pathlib import Path

import pytest

from radrum.cases.models import Case
from radrum.cases.triage import triage
from radrum.collaborations.ask import ask
from radrum.collaborations.models import Collaboration
from radrum.collaborations.prepare import prepare
from tests.browser.pages import desk, fjallby
from tests.browser.watched import Visits

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screenshots"
PAGES = ("start", "room", "plan", "assess", "ask", "desk", "case")
SIZES = {360: 780, 1280: 900}
DARK = ("plan", "case")
LARGEST = 3_000_000  # bytes of all pictures together
ADVICE = (
    "Sök patent på receptet innan cellerna lämnar huset; det tar tre veckor. Avtala samtidigt om vem som får "
    "använda det efteråt. Då kan provåret börja i februari som ni tänkt.\n\n"
    "Anmälan till energirådet kan vi inte bedöma hemma. Fråga den nationella funktionen."
)
SUBJECT = "Anmälan till energiråd"
QUESTION = (
    "Resultat från klimathallen ska anmälas till ett statligt energiråd i Tavarien. Känner ni till vad en "
    "sådan anmälan brukar innehålla, och vem som får läsa den?"
)
CHOSEN = ["plan.title", "plan.summary", "plan.partners", "answer.fund.strings", "answer.context.compel.1"]
taking = pytest.mark.skipif(not os.environ.get("RADRUM_SCREENSHOTS"), reason="set RADRUM_SCREENSHOTS=1")


def _names() -> set[str]:
    names = {f"{page}-{width}.png" for page in PAGES for width in SIZES}
    return names | {f"{page}-{width}-dark.png" for page in DARK for width in SIZES}


@taking
def test_take_the_pictures(visits: Visits) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    snow = Collaboration.unguarded.get(title="Snö som vattenresurs")
    batteries = Collaboration.unguarded.get(title="Batterier som orkar vintern")
    course = Case.unguarded.get(status=Case.Status.RECEIVED)
    prepare(fjallby("adviser"), batteries, text=ADVICE, suggests_asking=True)
    _take(visits, "start", None, "/")
    _take(visits, "plan", "researcher", f"/collaborations/{snow.pk}/")
    _take(visits, "assess", "researcher-2", f"/collaborations/{batteries.pk}/assess/3/", at="#questions")
    _take(visits, "ask", "contact-point", f"/collaborations/{batteries.pk}/ask/")
    _take(visits, "room", "contact-point", "/room/")
    ask(fjallby("contact-point"), batteries, subject=SUBJECT, question=QUESTION, chosen=CHOSEN)
    triage(desk(), course, officer=desk().user)
    _take(visits, "desk", "", "/desk/")
    _take(visits, "case", "", f"/desk/{snow.enquiries.get().case_id}/")
    taken = list(FOLDER.glob("*.png"))
    assert {picture.name for picture in taken} == _names()
    assert sum(picture.stat().st_size for picture in taken) < LARGEST


def _take(visits: Visits, name: str, role: str | None, path: str, *, at: str = "") -> None:
    who = None if role is None else fjallby(role) if role else desk()
    for width, height in SIZES.items():
        page = visits.page(who, path, viewport={"width": width, "height": height})
        if at:
            page.locator(at).evaluate("(part) => part.parentElement.scrollIntoView()")
        page.screenshot(path=FOLDER / f"{name}-{width}.png")
        if name in DARK:
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=FOLDER / f"{name}-{width}-dark.png")
        page.context.close()


def test_the_pictures_are_there_and_the_readme_shows_them() -> None:
    there = {picture.name for picture in FOLDER.glob("*.png")}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"docs/screenshots/([\w-]+\.png)", readme))
    assert there == _names()
    assert shown <= there
    assert {name.split("-")[0] for name in shown} == set(PAGES)
