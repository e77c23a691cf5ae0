"""The part of `walk` where somebody without an account asks a general question."""

import re

from radrum.walk.visitor import DESK, Visitor, expect, sign_in, step


def ask_generally(base: str) -> None:
    """Anyone asks; the desk answers; the asker reads it behind the link, and nobody without the link does."""
    with step("a stranger asks a general question, and follows it by its link"):
        stranger = Visitor(base)
        stranger.get("/ask/general/")
        fields = {
            "email": "nagon@utanfor.example",
            "subject": "Mall",
            "question": "Finns det en mall för gästavtal?",
        }
        stranger.send(dict(fields))
        link = stranger.path
        expect(re.fullmatch(r"/question/[0-9a-f]{64}/", link), "the question has no page")
        Visitor(base).get(f"{link[:-2]}x/", status=404)
    with step("desk officer answers it, and the stranger reads the answer"):
        officer = sign_in(base, "desk-officer", DESK)
        rows = re.findall(r'href="(/desk/\d+/)">([^<]+)<', officer.get("/desk/"))
        case = next((url for url, title in rows if title == "Mall"), "")
        me = re.search(r'<option value="(\d+)" selected', officer.get(f"{case}triage/"))
        officer.send({"officer": me[1] if me else "", "kind": "general", "access": "open"})
        officer.get(f"{case}draft/")
        officer.send({"text": "Ja, hos förbundet.", "not_examined": "Lokala mallar."})
        officer.get(f"{case}answer/")
        officer.send({})
        stranger.get(link)
        expect("Ja, hos förbundet." in stranger.text(), "the answer is not behind the link")
