"""The walk at the institution: from the description to the advice."""

import re

from radrum.walk.record import steered
from radrum.walk.visitor import FJALLBY, Visitor, expect, sign_in, step

MOST_PARTS = 20


def _answers(page: str) -> dict[str, str | list[str]]:
    """Unsure or not checked to every prompt that is asked, and a sentence in every text."""
    asked = page.partition('id="not-asked"')[0]
    values: dict[str, str | list[str]] = {}
    for box in re.findall(r"<input[^>]+>", asked):
        name, value = re.search(r'name="(value_[\w-]+)"', box), re.search(r'value="(unsure|not_done)"', box)
        if name and value:
            values[name[1]] = value[1]
    texts = dict.fromkeys(re.findall(r'name="(text_[\w-]+)"', asked), "Vi har inte hunnit ta reda på det än.")
    return {**values, **texts, "step": "next"}


def weighed(researcher: Visitor, plan: str) -> None:
    """Choose the questions, answer them part by part until nothing is left, and finish."""
    page = researcher.get(f"{plan}assess/")
    first = re.search(r'name="instrument"[^>]*value="(\d+)"', page)
    researcher.send({"instrument": first[1] if first else "", "profile": ""})
    for _part in range(MOST_PARTS):
        if researcher.path == f"{plan}assess/":
            break
        researcher.send(_answers(researcher.page))
    researcher.send({"step": "finish"})
    expect(researcher.path == plan, "the assessment could not be finished")
    expect("/guidelines/catalogue/design/" in researcher.page, "no design is proposed")


def at_home(base: str) -> tuple[str, Visitor]:
    """The institution's steps up to the advice; returns the plan's address and the researcher."""
    researcher = sign_in(base, "researcher", FJALLBY)
    with step("researcher describes a collaboration"):
        researcher.get("/collaborations/new/")
        researcher.send(
            {
                "title": "Isens ljud",
                "kind": "research",
                "phase": "planned",
                "partner_1": "Velgrads tekniska universitet",
                "country_1": "Serranien",
                "summary": "Lyssna på isen med hydrofoner.",
                "worth_doing": "Isvägar kan öppnas säkrare.",
            }
        )
        plan = researcher.path
        expect(re.fullmatch(r"/collaborations/\d+/", plan), "the plan has no page")
    with step("partner is looked up, on the exercise list of invented names"):
        found = re.search(rf"{plan}partners/\d+/", researcher.get(plan))
        expect(found, "the plan does not lead to its partner")
        partner = found[0] if found else ""
        researcher.get(partner)
        researcher.send_to(f"{partner}compare/", {})
        text = researcher.text()
        expect("Velgrad Technical Institute" in text, "the partner's hit is not shown")
        expect("Listans namn saknar" in text, "the hit does not say why it is one")
        expect("påhittade" in text, "the page does not say that the list is invented")
    with step("researcher weighs it, unsure of everything"):
        weighed(researcher, plan)
    with step("a colleague and another institution do not see it"):
        sign_in(base, "researcher-2", FJALLBY).get(plan, status=404)
        sign_in(base, "contact-point", "sjoby.example").get(plan, status=404)
    with step("researcher hands it in"):
        researcher.get(f"{plan}hand-in/")
        researcher.send({})
    with step("adviser judges the hit, with a reason"):
        adviser = sign_in(base, "adviser", FJALLBY)
        hit = re.search(rf"{partner}hits/\d+/", adviser.get(partner))
        adviser.get(hit[0] if hit else partner)
        adviser.send({"conclusion": "different", "reason": "En annan adress och en egen styrelse."})
        expect("En annan adress" in adviser.text(), "the verdict does not stand on the partner's page")
    with step("adviser gives advice"):
        adviser.get(f"{plan}prepare/")
        adviser.send(
            {"text": "Gå vidare. Fråga funktionen om partnerns institut.", "file_reference": "FU 2026/9"}
        )
    steered(base, plan, adviser)
    return plan, researcher
