"""The end of the walk: what others can learn is written anew, published by somebody else, read by all."""

import re
from html import unescape

from radrum.walk.visitor import DESK, Visitor, expect, sign_in, step


def learned(base: str, case: str) -> None:
    """As officer, as editor, and as anybody."""
    study = {
        "study_title_sv": "Vad mätarna hörde",
        "study_body_sv": "En grupp delade det som redan var öppet.",
        "aspects": "2.1",
        "proposal_aspect": "2.1",
        "proposal_what": "Fråga också efter rådata.",
        "proposal_why": "Rådata säger mer än resultat.",
    }
    with step("what names the partner is sent back; written anew it passes"):
        officer = sign_in(base, "desk-officer", DESK)
        officer.get(f"{case}anonymise/")
        officer.send({**study, "study_body_sv": "Velgrads mätningar var öppna."})
        expect(officer.path == f"{case}anonymise/", "a study that names the partner was passed on")
        expect("”Velgrads”: en organisation i ärendet." in officer.text(), "nothing says which word it was")
        expect("Velgrads mätningar var öppna." in officer.text(), "what was typed is lost")
        officer.send(dict(study))
        expect(officer.path == case, "the study was not passed on")
        officer.get("/editors/", status=404)
    with step("an editor, who has not written it, reads and publishes it in Wagtail"):
        stranger = Visitor(base)
        stranger.get("/knowledge/vad-matarna-horde/", status=404)
        editor = sign_in(base, "editor", DESK)
        page = re.search(r'href="(/editors/pages/\d+/edit/)"[^>]*>Vad mätarna hörde', editor.get("/room/"))
        expect(page, "the draft does not wait in the editor's room")
        editor.get(page[1] if page else "")
        editor.send({**_wagtail_form(editor.page), "action-publish": "action-publish"})
        text = stranger.get("/knowledge/vad-matarna-horde/")
        expect("En grupp delade det som redan var öppet." in text, "the published study cannot be read")
    with step("the editor accepts the proposal, and anyone reads it"):
        proposal = re.search(r'href="(/guidelines/proposals/\d+/)"', editor.get("/room/"))
        expect(
            "Fråga också efter rådata." not in stranger.get("/guidelines/proposals/"), "it is shown too early"
        )
        editor.get(proposal[1] if proposal else "")
        editor.send({"state": "accepted", "reason": ""})
        expect("Fråga också efter rådata." in stranger.get("/guidelines/proposals/"), "it is not on the list")


def _wagtail_form(page: str) -> dict[str, str | list[str]]:
    """The fields of Wagtail's form as they stand, as a browser would send them."""
    tags = {tag[2]: tag[1] for tag in re.finditer(r'(<input[^>]*\bname="(\w+)"[^>]*>)', page)}
    values = {name: re.search(r'\bvalue="([^"]*)"', tag) for name, tag in tags.items()}
    kept = ("title", "title_en", "slug", "aspects", "body_sv", "body_en", "review_by")
    return {name: unescape(value[1]) if (value := values.get(name)) else "" for name in kept}
