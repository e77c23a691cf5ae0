"""`script/demo --check`: walk the chain over HTTP as each role, and compare the audit trail.

It runs beside the demo on a fresh data folder, with the demo's own accounts; one line a step with its time.
"""

import os
import re
import time

from radrum.walk.record import printed, shared, steered
from radrum.walk.visitor import Visitor, Wrong, expect, sign_in, step

FJALLBY, DESK = "fjallby.example", "funktionen.example"
TRAIL = [
    ("collaboration.begun", "done", "Ingrid Aavik"),
    ("collaboration.assessed", "done", "Ingrid Aavik"),
    ("collaboration.handed_in", "done", "Ingrid Aavik"),
    ("collaboration.prepared", "done", "Maja Sandqvist"),
    ("collaboration.lifted", "done", "Maja Sandqvist"),
    ("collaboration.steered", "done", "Rosalind Achter"),
    ("case.received", "done", "Tuomas Ek"),
    ("collaboration.asked", "done", "Tuomas Ek"),
    ("case.triaged", "done", "Johan Wiklund"),
    ("case.consulted", "done", "Johan Wiklund"),
    ("case.consulted", "done", "Johan Wiklund"),
    ("consultation.answered", "done", "Henrik Vall"),
    ("consultation.answered", "done", "Marit Åkerblom"),
    ("statement.drafted", "done", "Johan Wiklund"),
    ("case.answered", "refused", "Johan Wiklund"),
    ("case.answered", "done", "Margareta Thorn"),
    ("collaboration.decided", "done", "Åsa Hellgren"),
    ("collaboration.shared", "done", "Ingrid Aavik"),
    ("share.withdrawn", "done", "Ingrid Aavik"),
    ("event.registered", "done", "Ingrid Aavik"),
    ("item.shown", "done", "Nils Adler"),
    ("figures.published", "done", "Frances Moor"),
]


def _answers(page: str) -> dict[str, str | list[str]]:
    """Unsure to every prompt of the page, and a sentence in every text."""
    values = dict.fromkeys(re.findall(r'name="(value_[\w-]+)"', page), "unsure")
    texts = dict.fromkeys(re.findall(r'name="(text_[\w-]+)"', page), "Vi har inte hunnit ta reda på det än.")
    return {**values, **texts}


def _at_home(base: str) -> tuple[str, Visitor]:
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
    with step("researcher weighs it, unsure of everything"):
        researcher.send(_answers(researcher.get(f"{plan}assess/")))
    with step("a colleague and another institution do not see it"):
        sign_in(base, "researcher-2", FJALLBY).get(plan, status=404)
        sign_in(base, "contact-point", "sjoby.example").get(plan, status=404)
    with step("researcher hands it in"):
        researcher.get(f"{plan}hand-in/")
        researcher.send({})
    with step("adviser gives advice"):
        adviser = sign_in(base, "adviser", FJALLBY)
        adviser.get(f"{plan}prepare/")
        adviser.send(
            {"text": "Gå vidare. Fråga funktionen om partnerns institut.", "file_reference": "FU 2026/9"}
        )
    steered(base, plan, adviser)
    return plan, researcher


def _at_the_desk(base: str, plan: str) -> tuple[str, str]:
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
    _consulted(base, case, officer)
    return reference, case


def _consulted(base: str, case: str, officer: Visitor) -> None:
    """Two agencies, blind to each other; a draft; a second person who reads and sends it."""
    with step("desk officer asks two agencies, each about an extract"):
        for name, chosen in (("Övningsmyndigheten", "plan.summary"), ("Utbytesstyrelsen", "plan.partners")):
            page = officer.get(f"{case}consult/")
            agency = re.search(rf'<option value="(\d+)">{name}<', page)
            fields = {"agency": agency[1] if agency else "", "due_on": "2099-12-31"}
            officer.send({**fields, "question": f"Vad vet {name} om institutet?", "chosen": [chosen]})
            expect(officer.path == case, f"{name} was not asked")
    with step("two experts give opinions, blind to each other"):
        _opinion(base, "ovning.example", sees="Lyssna på isen", not_sees="Velgrads", naming="named")
        _opinion(base, "utbyte.example", sees="Velgrads", not_sees="Lyssna på isen", naming="unnamed")
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


def _opinion(base: str, agency: str, *, sees: str, not_sees: str, naming: str) -> None:
    expert = sign_in(base, "agency-expert", agency)
    addresses = re.findall(r'href="(/consultations/[0-9a-f]{16}/)"', expert.get("/consultations/"))
    pages = {address: expert.get(address) for address in dict.fromkeys(addresses)}
    ours = next((address for address, page in pages.items() if 'name="naming"' in page), "")
    expect(ours, f"nothing waits for {agency}")
    expert.get(ours)
    expect(sees in expert.text() and not_sees not in expert.text(), f"{agency} sees another extract")
    expert.send({"text": "Öppna källor räcker.", "not_examined": "", "naming": naming})
    expect("Öppna källor räcker." in expert.text(), f"{agency} could not give its opinion")


def _decided(base: str, plan: str, researcher: Visitor, case: str) -> None:
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


def _around(base: str, researcher: Visitor) -> None:
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


def _audit(first: int) -> None:
    from radrum.accounts.models import User
    from radrum.core import audit
    from radrum.core.actor import SYSTEM
    from radrum.core.models import Entry
    from radrum.core.scope import writing

    with step("the audit trail is the expected one, and verifies"), writing(SYSTEM):
        names = dict(User.objects.values_list("pk", "name"))
        rows = Entry.unguarded.filter(pk__gt=first).order_by("pk")
        trail = [(row.verb, row.outcome, names.get(row.person_id or 0, "")) for row in rows]
        expect(trail == TRAIL, f"the trail is {trail}")
        audit.seal()
    with writing(SYSTEM):
        audit.export_head()
        expect(not audit.verify().problems, "the trail does not verify")


def _tampered() -> None:
    """As the database's owner: change a byte, and cut the tail; each time the trail must not verify."""
    import psycopg

    from radrum.core import audit
    from radrum.core.actor import SYSTEM
    from radrum.core.scope import reading

    def problems() -> list[str]:
        with reading(SYSTEM):
            return audit.verify().problems

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        with step("a changed byte is noticed"):
            last = "(SELECT max(id) FROM core_entry)"
            owner.execute(f"UPDATE core_entry SET verb = 'X' || substr(verb, 2) WHERE id = {last}")  # noqa: S608
            expect(problems(), "a changed byte was not noticed")
        with step("a cut tail is noticed"):
            number = "(SELECT max(number) FROM core_seal)"
            before = f"COALESCE((SELECT last_id FROM core_seal WHERE number = {number} - 1), 0)"  # noqa: S608
            owner.execute(f"DELETE FROM core_entry WHERE id > {before}")  # noqa: S608
            owner.execute(f"DELETE FROM core_seal WHERE number = {number}")  # noqa: S608
            expect(problems(), "a cut tail was not noticed")


def _mail(reference: str) -> None:
    """The worker has told the desk and the asker, by reference and without content."""
    from pathlib import Path

    from django.conf import settings

    with step("the worker has sent the mail, without content"):
        folder, wanted = Path(settings.DATA) / "mail", 3
        for _attempt in range(200):
            mails = [file.read_text() for file in folder.glob("*.log")] if folder.exists() else []
            ours = [mail for mail in mails if reference in mail]
            if len(ours) >= wanted:
                break
            time.sleep(0.1)
        expect(len(ours) >= wanted, f"{len(ours)} mails about {reference}")
        expect(not any("Hydrofoner" in mail or "institutet" in mail for mail in mails), "a mail has content")


def walk(base_url: str) -> int:
    """Walk the chain; 0 when every step ended as it should, 1 with a sentence when one did not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "radrum.settings")
    import django

    django.setup()
    from radrum.core.actor import SYSTEM
    from radrum.core.models import Entry
    from radrum.core.scope import reading

    base, began = base_url.rstrip("/"), time.perf_counter()
    with reading(SYSTEM):
        first = Entry.unguarded.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with step("the start page has its three doors"):
            doors = Visitor(base).get("/").count("rr-door")
            expect(doors >= 3, f"{doors} doors")
        plan, researcher = _at_home(base)
        reference, case = _at_the_desk(base, plan)
        _decided(base, plan, researcher, case)
        shared(base, plan, researcher)
        printed(plan, researcher, case)
        _around(base, researcher)
        _audit(first)
        _mail(reference)
        _tampered()
    except Wrong as wrong:
        print(f"NOT OK  {wrong}", flush=True)
        return 1
    print(f"The whole chain works, {time.perf_counter() - began:.1f} s.", flush=True)
    return 0
