"""`script/demo --check`: walk the chain over HTTP as each role, and compare the audit trail.

It runs beside the demo on a fresh data folder, with the demo's own accounts; one line a step with its time.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

MOST_PARTS = 20
PASSWORD = "radrum-ovning-2026"  # noqa: S105  (printed by the demo, for invented people)
FJALLBY, DESK = "fjallby.example", "funktionen.example"
TRAIL = [
    ("collaboration.begun", "done", "Ingrid Aavik"),
    ("partner.screened", "done", "Ingrid Aavik"),
    ("collaboration.instrument_chosen", "done", "Ingrid Aavik"),
    ("collaboration.assessed", "done", "Ingrid Aavik"),
    ("collaboration.handed_in", "done", "Ingrid Aavik"),
    ("hit.judged", "done", "Maja Sandqvist"),
    ("partner.judged", "done", "Maja Sandqvist"),
    ("collaboration.prepared", "done", "Maja Sandqvist"),
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
    ("event.registered", "done", "Ingrid Aavik"),
    ("item.shown", "done", "Nils Adler"),
    ("figures.published", "done", "Frances Moor"),
    ("case.anonymised", "refused", "Johan Wiklund"),
    ("page.drafted", "done", "Johan Wiklund"),
    ("change.proposed", "done", "Johan Wiklund"),
    ("case.anonymised", "done", "Johan Wiklund"),
    ("page.published", "done", "Nils Adler"),
    ("page.edited", "done", "Nils Adler"),
    ("change.decided", "done", "Nils Adler"),
    ("question.received", "done", ""),
    ("case.triaged", "done", "Johan Wiklund"),
    ("statement.drafted", "done", "Johan Wiklund"),
    ("case.answered", "done", "Johan Wiklund"),
]


class Wrong(AssertionError):
    """A step did not end as it should."""


class Visitor:
    """A browser without pictures: keeps cookies, follows redirects, sends the CSRF token of the page."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page, self.path = "", ""

    def get(self, path: str, *, status: int = 200) -> str:
        """Open a page; its text is returned and remembered."""
        return self._open(Request(self.base + path), status)  # noqa: S310  (the demo's own address)

    def send(self, fields: dict[str, str | list[str]], *, status: int = 200) -> str:
        """Send the form of the page one is on, with its hidden fields."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        hidden = dict(re.findall(r'type="hidden" name="(version|author)" value="([^"]*)"', self.page))
        data = urlencode({**hidden, **fields, "csrfmiddlewaretoken": token[1] if token else ""}, doseq=True)
        request = Request(self.base + self.path, data.encode(), {"Referer": self.base + self.path})  # noqa: S310
        return self._open(request, status)

    def send_to(self, path: str, fields: dict[str, str | list[str]]) -> str:
        """Send one of the page's other forms."""
        self.path = path
        return self.send(fields)

    def _open(self, request: Request, status: int) -> str:
        try:
            with self.opener.open(request, timeout=30) as response:
                got, self.page, address = response.status, response.read().decode(), response.url
        except HTTPError as error:
            got, self.page, address = error.code, error.read().decode(errors="replace"), error.url
        self.path = urlsplit(address).path
        if got != status:
            raise Wrong(
                f"{request.get_method()} {urlsplit(request.full_url).path} answered {got}, not {status}"
            )
        return self.page

    def text(self) -> str:
        """What a reader sees of the page."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())


def sign_in(base: str, role: str, organisation: str) -> Visitor:
    """A visitor who has signed in through the page."""
    visitor = Visitor(base)
    visitor.get("/account/login/")
    visitor.send({"login": f"{role}@{organisation}", "password": PASSWORD})
    _expect("/account/logout/" in visitor.page, f"{role}@{organisation} could not sign in")
    return visitor


def _expect(holds: object, otherwise: str) -> None:
    if not holds:
        raise Wrong(otherwise)


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"ok  {time.perf_counter() - began:5.2f} s  {name}", flush=True)


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


def _weighed(researcher: Visitor, plan: str) -> None:
    """Choose the questions, answer them part by part until nothing is left, and finish."""
    page = researcher.get(f"{plan}assess/")
    first = re.search(r'name="instrument"[^>]*value="(\d+)"', page)
    researcher.send({"instrument": first[1] if first else "", "profile": ""})
    for _part in range(MOST_PARTS):
        if researcher.path == f"{plan}assess/":
            break
        researcher.send(_answers(researcher.page))
    researcher.send({"step": "finish"})
    _expect(researcher.path == plan, "the assessment could not be finished")
    _expect("/guidelines/catalogue/design/" in researcher.page, "no design is proposed")


def _at_home(base: str) -> tuple[str, Visitor]:
    """The institution's steps up to the advice; returns the plan's address and the researcher."""
    researcher = sign_in(base, "researcher", FJALLBY)
    with _step("researcher describes a collaboration"):
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
        _expect(re.fullmatch(r"/collaborations/\d+/", plan), "the plan has no page")
    with _step("partner is looked up, on the exercise list of invented names"):
        found = re.search(rf"{plan}partners/\d+/", researcher.get(plan))
        _expect(found, "the plan does not lead to its partner")
        partner = found[0] if found else ""
        researcher.get(partner)
        researcher.send_to(f"{partner}compare/", {})
        text = researcher.text()
        _expect("Velgrad Technical Institute" in text, "the partner's hit is not shown")
        _expect("Listans namn saknar" in text, "the hit does not say why it is one")
        _expect("påhittade" in text, "the page does not say that the list is invented")
    with _step("researcher weighs it, unsure of everything"):
        _weighed(researcher, plan)
    with _step("a colleague and another institution do not see it"):
        sign_in(base, "researcher-2", FJALLBY).get(plan, status=404)
        sign_in(base, "contact-point", "sjoby.example").get(plan, status=404)
    with _step("researcher hands it in"):
        researcher.get(f"{plan}hand-in/")
        researcher.send({})
    with _step("adviser judges the hit, with a reason"):
        adviser = sign_in(base, "adviser", FJALLBY)
        hit = re.search(rf"{partner}hits/\d+/", adviser.get(partner))
        adviser.get(hit[0] if hit else partner)
        adviser.send({"conclusion": "different", "reason": "En annan adress och en egen styrelse."})
        _expect("En annan adress" in adviser.text(), "the verdict does not stand on the partner's page")
    with _step("adviser gives advice"):
        adviser.get(f"{plan}prepare/")
        adviser.send(
            {"text": "Gå vidare. Fråga funktionen om partnerns institut.", "file_reference": "FU 2026/9"}
        )
    return plan, researcher


def _at_the_desk(base: str, plan: str) -> tuple[str, str]:
    """From the question to the statement; returns the reference and the case's address."""
    with _step("contact point looks at what the desk gets, and asks"):
        contact = sign_in(base, "contact-point", FJALLBY)
        contact.get(f"{plan}ask/")
        question: dict[str, str | list[str]] = {
            "subject": "Hydrofoner",
            "question": "Känner ni till något om institutet?",
            "chosen": ["plan.summary", "plan.partners"],
        }
        contact.send({**question, "step": "show"})
        _expect("Lyssna på isen" in contact.text(), "the preview does not show the chosen passage")
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', contact.page)
        contact.send({**question, "step": "send", "seen": seen[1] if seen else ""})
        found = re.search(r"RR \d{4}/\d{4}", contact.text())
        _expect(found, "the question got no reference")
        reference = found[0] if found else ""
    with _step(f"desk officer finds {reference} and triages it"):
        officer = sign_in(base, "desk-officer", DESK)
        rows = re.findall(r'href="(/desk/\d+/)">([^<]+)<', officer.get("/desk/"))
        case = next((url for url, title in rows if title == "Hydrofoner"), "")
        _expect(case, "the case is not in the queue")
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
        _expect("Isvägar kan öppnas" not in officer.get(case), "the desk sees a passage that was not chosen")
    _consulted(base, case, officer)
    return reference, case


def _consulted(base: str, case: str, officer: Visitor) -> None:
    """Two agencies, blind to each other; a draft; a second person who reads and sends it."""
    with _step("desk officer asks two agencies, each about an extract"):
        for name, chosen in (("Övningsmyndigheten", "plan.summary"), ("Utbytesstyrelsen", "plan.partners")):
            page = officer.get(f"{case}consult/")
            agency = re.search(rf'<option value="(\d+)">{name}<', page)
            fields = {"agency": agency[1] if agency else "", "due_on": "2099-12-31"}
            officer.send({**fields, "question": f"Vad vet {name} om institutet?", "chosen": [chosen]})
            _expect(officer.path == case, f"{name} was not asked")
    with _step("two experts give opinions, blind to each other"):
        _opinion(base, "ovning.example", sees="Lyssna på isen", not_sees="Velgrads", naming="named")
        _opinion(base, "utbyte.example", sees="Velgrads", not_sees="Lyssna på isen", naming="unnamed")
    with _step("desk officer writes the statement, and cannot send it alone"):
        fields = dict.fromkeys(re.findall(r'name="(view_\d+)"', officer.get(f"{case}draft/")), "")
        for number, name in enumerate(fields):
            fields[name] = ("Rådata är en fråga.", "Avtalen har hållits.")[number]
        texts = {"text": "Institutet publicerar öppet sedan 1995.", "not_examined": "Ägarna."}
        officer.send({**texts, **fields})
        officer.get(f"{case}answer/")
        officer.send({})
        _expect(officer.path == f"{case}answer/", "whoever wrote the statement could send it")
    with _step("a second person reads and sends it"):
        second = sign_in(base, "desk-lead", DESK)
        second.get(f"{case}answer/")
        _expect("Rådata är en fråga." in second.text(), "the second reader does not see the draft")
        second.send({})
        _expect(second.path == case, "the second person could not send the statement")


def _opinion(base: str, agency: str, *, sees: str, not_sees: str, naming: str) -> None:
    expert = sign_in(base, "agency-expert", agency)
    addresses = re.findall(r'href="(/consultations/[0-9a-f]{16}/)"', expert.get("/consultations/"))
    pages = {address: expert.get(address) for address in dict.fromkeys(addresses)}
    ours = next((address for address, page in pages.items() if 'name="naming"' in page), "")
    _expect(ours, f"nothing waits for {agency}")
    expert.get(ours)
    _expect(sees in expert.text() and not_sees not in expert.text(), f"{agency} sees another extract")
    expert.send({"text": "Öppna källor räcker.", "not_examined": "", "naming": naming})
    _expect("Öppna källor räcker." in expert.text(), f"{agency} could not give its opinion")


def _decided(base: str, plan: str, researcher: Visitor, case: str) -> None:
    with _step("decision maker decides, with reasons"):
        decision_maker = sign_in(base, "decision-maker", FJALLBY)
        decision_maker.get(f"{plan}decide/")
        decision_maker.send({"outcome": "go_ahead", "reasons": "Nyttan väger tyngst.", "conditions": ""})
    with _step("researcher reads statement and decision, in Swedish and in English"):
        researcher.get(plan)
        text = researcher.text()
        _expect("Institutet publicerar öppet sedan 1995." in text, "the statement is not on the plan")
        _expect(
            "varken ett beslut eller en rekommendation" in text, "the statement does not say what it is not"
        )
        for said in ("Rådata är en fråga.", "Avtalen har hållits.", "Övningsmyndigheten", "Ägarna."):
            _expect(said in text, f"the statement does not show: {said}")
        _expect("Utbytesstyrelsen" not in text, "an agency is named that did not agree to it")
        _expect("Nyttan väger tyngst." in text, "the decision is not on the plan")
        researcher.send_to("/language/", {"language": "en", "next": plan})
        _expect("neither a decision nor a recommendation" in researcher.text(), "the page has no English")
    with _step("an agency's expert, and nobody, find no case"):
        sign_in(base, "agency-expert", "ovning.example").get(case, status=404)
        nobody = Visitor(base)
        nobody.get(case)
        _expect(nobody.path == "/account/login/", "somebody not signed in got past the sign-in")


def _around(base: str, researcher: Visitor) -> None:
    """A meeting, a piece of news, and the figures that have changed."""
    nobody = Visitor(base)
    with _step("researcher registers for a meeting and puts it in the calendar"):
        rows = re.findall(r'href="(/meetings/\d+/)">([^<]+)<', nobody.get("/meetings/"))
        meeting = next((url for url, title in rows if title == "Öppet samtal om gästforskare"), "")
        _expect(meeting, "the meeting is not in the calendar")
        researcher.get(meeting)
        _expect("mote.example" not in researcher.page, "the link is shown before there is a place")
        researcher.send_to(f"{meeting}register/", {"shows_name": "on"})
        _expect("mote.example" in researcher.page, "whoever has a place does not see the link")
        file = researcher.get(f"{meeting}event.ics")
        _expect(
            "BEGIN:VEVENT" in file and "mote.example" not in file, "the calendar file is not as it should"
        )
        _expect("mote.example" not in nobody.get(meeting), "a stranger sees the link")
    with _step("editor says what a piece of news means"):
        editor = sign_in(base, "editor", DESK)
        title = "Velgrads tekniska universitet byter huvudman"
        _expect(title not in nobody.get("/news/"), "news is shown before it is judged")
        item = re.search(r'href="(/news/inbox/\d+/)"', editor.get("/news/inbox/"))
        editor.get(item[1] if item else "/news/inbox/")
        editor.send(
            {"means_sv": "Fråga vem avtalet gäller med.", "means_en": "Ask whom the agreement binds."}
        )
        _expect(
            title in nobody.get("/news/") and title in nobody.get("/news/feed.atom"), "the news is not told"
        )
    with _step("evaluator publishes the running quarter, and the open figure has changed"):
        before = re.findall(r"<b>([^<]+)</b>", nobody.get("/figures/"))
        evaluator = sign_in(base, "evaluator", DESK)
        evaluator.get("/figures/publish/")
        period = re.search(r'name="period" value="(\w+)"', evaluator.page)
        evaluator.send({"period": period[1] if period else ""})
        after = re.findall(r"<b>([^<]+)</b>", nobody.get("/figures/"))
        _expect(after and before != after, f"the figures were {before} and are {after}")
        _expect(after[-1] in nobody.get("/"), "the start page does not show the figure")


def _audit(first: int) -> None:
    from radrum.accounts.models import User
    from radrum.core import audit
    from radrum.core.actor import SYSTEM
    from radrum.core.models import Entry
    from radrum.core.scope import writing

    with _step("the audit trail is the expected one, and verifies"), writing(SYSTEM):
        names = dict(User.objects.values_list("pk", "name"))
        rows = Entry.unguarded.filter(pk__gt=first).order_by("pk")
        entries = [(row.verb, row.outcome, names.get(row.person_id or 0, "")) for row in rows]
        trail = [  # an assessment is saved part by part
            entry
            for before, entry in zip([None, *entries], entries, strict=False)
            if entry != before or entry[0] != "collaboration.assessed"
        ]
        _expect(trail == TRAIL, f"the trail is {trail}")
        audit.seal()
    with writing(SYSTEM):
        audit.export_head()
        _expect(not audit.verify().problems, "the trail does not verify")


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
        with _step("a changed byte is noticed"):
            last = "(SELECT max(id) FROM core_entry)"
            owner.execute(f"UPDATE core_entry SET verb = 'X' || substr(verb, 2) WHERE id = {last}")  # noqa: S608
            _expect(problems(), "a changed byte was not noticed")
        with _step("a cut tail is noticed"):
            number = "(SELECT max(number) FROM core_seal)"
            before = f"COALESCE((SELECT last_id FROM core_seal WHERE number = {number} - 1), 0)"  # noqa: S608
            owner.execute(f"DELETE FROM core_entry WHERE id > {before}")  # noqa: S608
            owner.execute(f"DELETE FROM core_seal WHERE number = {number}")  # noqa: S608
            _expect(problems(), "a cut tail was not noticed")


def _mail(reference: str) -> None:
    """The worker has told the desk and the asker, by reference and without content."""
    from pathlib import Path

    from django.conf import settings

    with _step("the worker has sent the mail, without content"):
        folder, wanted = Path(settings.DATA) / "mail", 3
        for _attempt in range(200):
            mails = [file.read_text() for file in folder.glob("*.log")] if folder.exists() else []
            ours = [mail for mail in mails if reference in mail]
            if len(ours) >= wanted:
                break
            time.sleep(0.1)
        _expect(len(ours) >= wanted, f"{len(ours)} mails about {reference}")
        _expect(not any("Hydrofoner" in mail or "institutet" in mail for mail in mails), "a mail has content")


def walk(base_url: str) -> int:
    """Walk the chain; 0 when every step ended as it should, 1 with a sentence when one did not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "radrum.settings")
    import django

    django.setup()
    from radrum.core.actor import SYSTEM
    from radrum.core.models import Entry
    from radrum.core.scope import reading
    from radrum.walk_general import ask_generally
    from radrum.walk_learning import learned

    base, began = base_url.rstrip("/"), time.perf_counter()
    with reading(SYSTEM):
        first = Entry.unguarded.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with _step("the start page has its three doors"):
            doors = Visitor(base).get("/").count("rr-door")
            _expect(doors >= 3, f"{doors} doors")
        plan, researcher = _at_home(base)
        reference, case = _at_the_desk(base, plan)
        _decided(base, plan, researcher, case)
        _around(base, researcher)
        learned(base, case)
        ask_generally(base)
        _audit(first)
        _mail(reference)
        _tampered()
    except Wrong as wrong:
        print(f"NOT OK  {wrong}", flush=True)
        return 1
    print(f"The whole chain works, {time.perf_counter() - began:.1f} s.", flush=True)
    return 0
