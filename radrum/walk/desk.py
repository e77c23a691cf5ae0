"""The walk at the desk and the agencies, and back to the decision at home."""

import re

from radrum.walk.visitor import DESK, FJALLBY, Visitor, expect, sign_in, step


def at_the_desk(base: str, plan: str) -> tuple[str, str]:
    """From the question to the statement; returns the reference and the case's address."""
    with step("contact point looks at what the desk gets, and asks"):
        contact = sign_in(base, "contact-point", FJALLBY)
        contact.get(f"{plan}ask/")
        question: dict[str, str | list[str]] = {
            "subject": "Hydrofoner",
            "question": "Känner ni till något om institutet?",
            "chosen": ["plan.summary", "plan.partners"],
        }
        contact.send({**question, "step": "show"})
        expect("Lyssna på isen" in contact.text(), "the preview does not show the chosen passage")
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', contact.page)
        contact.send({**question, "step": "send", "seen": seen[1] if seen else ""})
        found = re.search(r"RR \d{4}/\d{4}", contact.text())
        expect(found, "the question got no reference")
        reference = found[0] if found else ""
    with step(f"desk officer finds {reference} and triages it"):
        officer = sign_in(base, "desk-officer", DESK)
        rows = re.findall(r'href="(/desk/\d+/)">([^<]+)<', officer.get("/desk/"))
        case = next((url for url, title in rows if title == "Hydrofoner"), "")
        expect(case, "the case is not in the queue")
        officer.get(plan, status=404)
        page = officer.get(f"{case}triage/")
        me = re.search(r'<option value="(\d+)" selected', page)
        officer.send(
            {
                "officer": me[1] if me else "",
                "kind": "security",
                "access": "open",
                "note": "Öppna källor räcker.",
            }
        )
        expect("Isvägar kan öppnas" not in officer.get(case), "the desk sees a passage that was not chosen")
    consulted(base, case, officer)
    return reference, case


def consulted(base: str, case: str, officer: Visitor) -> None:
    """Two agencies, blind to each other; a draft; a second person who reads and sends it."""
    with step("desk officer asks two agencies, each about an extract"):
        for name, chosen in (("Övningsmyndigheten", "plan.summary"), ("Utbytesstyrelsen", "plan.partners")):
            page = officer.get(f"{case}consult/")
            agency = re.search(rf'<option value="(\d+)">{name}<', page)
            fields = {"agency": agency[1] if agency else "", "due_on": "2099-12-31"}
            officer.send({**fields, "question": f"Vad vet {name} om institutet?", "chosen": [chosen]})
            expect(officer.path == case, f"{name} was not asked")
    with step("two experts give opinions, blind to each other"):
        opinion(base, "ovning.example", sees="Lyssna på isen", not_sees="Velgrads", naming="named")
        opinion(base, "utbyte.example", sees="Velgrads", not_sees="Lyssna på isen", naming="unnamed")
    with step("desk officer writes the statement, and cannot send it alone"):
        fields = dict.fromkeys(re.findall(r'name="(view_\d+)"', officer.get(f"{case}draft/")), "")
        for number, name in enumerate(fields):
            fields[name] = ("Rådata är en fråga.", "Avtalen har hållits.")[number]
        texts = {"text": "Institutet publicerar öppet sedan 1995.", "not_examined": "Ägarna."}
        officer.send({**texts, **fields})
        officer.get(f"{case}answer/")
        officer.send({})
        expect(officer.path == f"{case}answer/", "whoever wrote the statement could send it")
    with step("a second person reads and sends it"):
        second = sign_in(base, "desk-lead", DESK)
        second.get(f"{case}answer/")
        expect("Rådata är en fråga." in second.text(), "the second reader does not see the draft")
        second.send({})
        expect(second.path == case, "the second person could not send the statement")


def opinion(base: str, agency: str, *, sees: str, not_sees: str, naming: str) -> None:
    """One agency's expert answers, and sees nothing of the other's."""
    expert = sign_in(base, "agency-expert", agency)
    addresses = re.findall(r'href="(/consultations/[0-9a-f]{16}/)"', expert.get("/consultations/"))
    pages = {address: expert.get(address) for address in dict.fromkeys(addresses)}
    ours = next((address for address, page in pages.items() if 'name="naming"' in page), "")
    expect(ours, f"nothing waits for {agency}")
    expert.get(ours)
    expect(sees in expert.text() and not_sees not in expert.text(), f"{agency} sees another extract")
    expert.send({"text": "Öppna källor räcker.", "not_examined": "", "naming": naming})
    expect("Öppna källor räcker." in expert.text(), f"{agency} could not give its opinion")


def decided(base: str, plan: str, researcher: Visitor, case: str) -> None:
    """The institution decides, and its people read it all; nobody else does."""
    with step("decision maker decides, with reasons"):
        decision_maker = sign_in(base, "decision-maker", FJALLBY)
        decision_maker.get(f"{plan}decide/")
        expect("Dela det som är filtrerat." in decision_maker.text(), "the view is not beside the form")
        costs = {"gained": "Isvägar kan öppnas säkrare.", "changed": "Bara filtrerat ljud delas."}
        decision_maker.send({"outcome": "changed", "reasons": "Nyttan väger tyngst.", **costs})
    with step("researcher reads statement and decision, in Swedish and in English"):
        researcher.get(plan)
        text = researcher.text()
        expect("Institutet publicerar öppet sedan 1995." in text, "the statement is not on the plan")
        expect(
            "varken ett beslut eller en rekommendation" in text, "the statement does not say what it is not"
        )
        for said in ("Rådata är en fråga.", "Avtalen har hållits.", "Övningsmyndigheten", "Ägarna."):
            expect(said in text, f"the statement does not show: {said}")
        expect("Utbytesstyrelsen" not in text, "an agency is named that did not agree to it")
        expect("Nyttan väger tyngst." in text, "the decision is not on the plan")
        expect("Bara filtrerat ljud delas." in text, "what is changed is not on the plan")
        expect("24 månader efter start" in text, "no follow-ups are planned")
        researcher.send_to("/language/", {"language": "en", "next": plan})
        expect("neither a decision nor a recommendation" in researcher.text(), "the page has no English")
    with step("an agency's expert, and nobody, find no case"):
        sign_in(base, "agency-expert", "ovning.example").get(case, status=404)
        nobody = Visitor(base)
        nobody.get(case)
        expect(nobody.path == "/account/login/", "somebody not signed in got past the sign-in")
