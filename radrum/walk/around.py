"""The walk around the chain: a meeting, a piece of news, and the figures that have changed."""

import re

from radrum.walk.visitor import DESK, Visitor, expect, sign_in, step


def around(base: str, researcher: Visitor) -> None:
    """A meeting, a piece of news, and the figures that have changed."""
    nobody = Visitor(base)
    with step("researcher registers for a meeting and puts it in the calendar"):
        rows = re.findall(r'href="(/meetings/\d+/)">([^<]+)<', nobody.get("/meetings/"))
        meeting = next((url for url, title in rows if title == "Öppet samtal om gästforskare"), "")
        expect(meeting, "the meeting is not in the calendar")
        researcher.get(meeting)
        expect("mote.example" not in researcher.page, "the link is shown before there is a place")
        researcher.send_to(f"{meeting}register/", {"shows_name": "on"})
        expect("mote.example" in researcher.page, "whoever has a place does not see the link")
        file = researcher.get(f"{meeting}event.ics")
        expect("BEGIN:VEVENT" in file and "mote.example" not in file, "the calendar file is not as it should")
        expect("mote.example" not in nobody.get(meeting), "a stranger sees the link")
    with step("editor says what a piece of news means"):
        editor = sign_in(base, "editor", DESK)
        title = "Velgrads tekniska universitet byter huvudman"
        expect(title not in nobody.get("/news/"), "news is shown before it is judged")
        item = re.search(r'href="(/news/inbox/\d+/)"', editor.get("/news/inbox/"))
        editor.get(item[1] if item else "/news/inbox/")
        editor.send(
            {"means_sv": "Fråga vem avtalet gäller med.", "means_en": "Ask whom the agreement binds."}
        )
        expect(
            title in nobody.get("/news/") and title in nobody.get("/news/feed.atom"), "the news is not told"
        )
    with step("evaluator publishes the running quarter, and the open figure has changed"):
        before = re.findall(r"<b>([^<]+)</b>", nobody.get("/figures/"))
        evaluator = sign_in(base, "evaluator", DESK)
        evaluator.get("/figures/publish/")
        period = re.search(r'name="period" value="(\w+)"', evaluator.page)
        evaluator.send({"period": period[1] if period else ""})
        after = re.findall(r"<b>([^<]+)</b>", nobody.get("/figures/"))
        expect(after and before != after, f"the figures were {before} and are {after}")
        expect(after[-1] in nobody.get("/"), "the start page does not show the figure")
