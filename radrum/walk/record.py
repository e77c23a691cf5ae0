"""The steps around an institution's record: steering group, sharing, and the files one downloads."""

import re

from radrum.walk.visitor import FJALLBY, Visitor, expect, sign_in, step


def steered(base: str, plan: str, adviser: Visitor) -> None:
    """The plan goes up to the steering group and comes back."""
    with step("adviser lifts it to the steering group, with a goal conflict"):
        adviser.get(f"{plan}lift/")
        conflict = {"one_1": "openness", "other_1": "security", "at_stake_1": "Ljudet bär långt."}
        adviser.send({"question": "Får inspelningarna delas öppet?", **conflict})
        expect(adviser.path == plan, "the plan was not lifted")
    with step("steering group takes a position and sends it back"):
        member = sign_in(base, "steering", FJALLBY)
        positions = dict.fromkeys(re.findall(r'name="(position_\d+)"', member.get(f"{plan}steer/")), "both")
        member.send({**positions, "text": "Dela det som är filtrerat.", "returns": "on"})
        expect("Dela det som är filtrerat." in member.text(), "the view is not on the plan")


def shared(base: str, plan: str, researcher: Visitor) -> None:
    """A funder reads chosen passages, until they are withdrawn."""
    with step("researcher looks at what the funder gets, and shares it"):
        page = researcher.get(f"{plan}share/")
        funder = re.search(r'<option value="(\d+)">(?:Vetenskapsfonden Nord|Science Fund North)<', page)
        fields: dict[str, str | list[str]] = {
            "recipient": funder[1] if funder else "",
            "audience": "funder",
            "subject": "Underlag",
            "chosen": ["plan.title", "plan.summary"],
        }
        researcher.send({**fields, "step": "show"})
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', researcher.page)
        researcher.send({**fields, "step": "send", "seen": seen[1] if seen else ""})
        expect(researcher.path == plan, "it was not shared")
        withdrawal = re.search(rf'href="({plan}share/\d+/withdraw/)"', researcher.page)
    with step("funder's officer reads the chosen passages and nothing else"):
        officer = sign_in(base, "funder-officer", "nordfonden.example")
        found = re.findall(
            r'href="(/collaborations/shared/\d+/)"[^>]*>Underlag<', officer.get("/collaborations/shared/")
        )
        text = officer.get(found[0] if found else "/collaborations/shared/0/")
        expect("Lyssna på isen" in text, "the funder does not see the chosen passage")
        expect("Isvägar kan öppnas" not in text, "the funder sees a passage that was not chosen")
        officer.get(plan, status=404)
        sign_in(base, "adviser", "sjoby.example").get(found[0], status=404)
    with step("researcher withdraws it, and the text is gone"):
        researcher.get(withdrawal[1] if withdrawal else "")
        researcher.send({})
        expect("Lyssna på isen" not in officer.get(found[0]), "the text is still there")
        expect("Ingrid Aavik" in officer.text(), "it does not say who withdrew it")


def printed(plan: str, researcher: Visitor, case: str) -> None:
    """The files one prints or attaches."""
    with step("researcher downloads the whole record, and the statement, as PDF"):
        for address in (f"{plan}record/", f"{case}statement/"):
            expect(researcher.file(address).startswith(b"%PDF-"), f"{address} is no PDF")
