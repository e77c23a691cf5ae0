"""The whole chain in Chromium, in Swedish, by keyboard alone; the focus is seen at every step.

From the description of a plan to what a stranger reads of it when the desk has told what others can learn.
"""

from functools import partial

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from radrum.collaborations.models import Collaboration
from radrum.core.actor import Actor
from tests.browser.keyboard import Keyboard
from tests.browser.watched import Visits
from tests.conftest import Act

pytestmark = pytest.mark.browser

HOME = ("Storvätte högskola", "institution")
PASSWORD = "tall gran björk 1907"
TITLE = "Tång som minns"
SEND = "#form button[type=submit]"
KEPT_AT_HOME = "Egna medel, 40 000 kronor."
VERDICT = "En annan adress och en egen styrelse."
VIEW = "Dela det som är filtrerat."
SUMMARY = "Läsa av havets temperatur i gammal tång."
PARTNER = "Velgrads tekniska universitet"
AGENCIES = {"first_expert": "Havsvakten", "second_expert": "Kartstyrelsen"}
OPINIONS = {"first_expert": "Öppna källor räcker.", "second_expert": "Avtalen har hållits."}
LESSON, LEARNED = "Vad tången lärde oss", "En grupp delade det som redan var öppet."
STATEMENT = "Vi känner till institutet. Kartorna har inte använts till annat."


@pytest.fixture
def people(visits: Visits, act: Act) -> dict[str, Actor]:
    """People who are not in the story, each with a password."""
    home = {"researcher", "adviser", "steering", "contact_point", "decision_maker"}
    found = {role: act(*HOME, role) for role in sorted(home)}
    found["desk_officer"] = act("", "national", "desk_officer", name="ny.handlaggare")
    found["second_officer"] = act("", "national", "desk_officer", name="ny.lasare")
    found["editor"] = act("", "national", "editor", name="ny.redaktor")
    for role, agency in AGENCIES.items():
        found[role] = act(agency, "security_agency", "agency_expert")
    for actor in found.values():
        user = actor.user
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return found


class Chain:
    """One person after another, at the same keyboard."""

    def __init__(self, page: Page, people: dict[str, Actor]) -> None:
        self.page, self.people, self.keys = page, people, Keyboard(page)

    def enter(self, role: str) -> None:
        """Sign in on the real page and come to one's room."""
        self.page.goto("/")
        self.keys.sign_in(self.people[role].user.email, PASSWORD)
        expect(self.page).to_have_url("/room/")
        assert self.page.get_attribute("html", "lang") == "sv"

    def follow_titled(self, end: str, title: str = TITLE) -> None:
        """The link with the plan's title, or another, that leads to this step."""
        links = self.page.locator(f"main a[href$='{end}']").filter(has_text=title)
        self.keys.follow(f"a[href='{links.first.get_attribute('href')}']")

    def send(self) -> None:
        """Press the form's button."""
        self.keys.follow(SEND)
        expect(self.page.locator(".ds-error-summary")).to_have_count(0)

    def describe(self) -> None:
        self.keys.follow("main a[href='/collaborations/new/']")
        self.keys.write("[name=title]", TITLE)
        self.keys.to("[name=kind]")
        self.keys.press("ArrowDown")
        self.keys.write("[name=partner_1]", PARTNER)
        self.keys.write("[name=country_1]", "Serranien")
        self.keys.to("[name=phase]")
        self.keys.write("[name=summary]", SUMMARY)
        self.keys.write("[name=worth_doing]", "Fiskare får veta när vattnet vände.")
        self.keys.write("[name=funding]", KEPT_AT_HOME)
        self.write_day("[name=starts_on]", "2027", "03", "01")
        self.send()

    def write_day(self, selector: str, year: str, month: str, day: str) -> None:
        """In the browser's own field for a date; a Chromium without Swedish begins with the month."""
        for parts in ((year, "Tab", month, day), (month, day, year)):
            self.keys.to(selector)
            for part in parts:
                self.keys.press(part) if part == "Tab" else self.page.keyboard.type(part)
            if self.page.input_value(selector) == f"{year}-{month}-{day}":
                return
            while self.keys.at(selector):
                self.keys.press("Shift+Tab")
        raise AssertionError(f"{selector} on {self.page.url} takes no date from the keyboard")

    def look_up(self) -> None:
        plan = self.page.url
        self.keys.follow("main a[href*='/partners/']")
        self.keys.follow("form[action$='/compare/'] button")
        self.keys.follow("main a[href*='/hits/']")
        self.keys.to("[name=conclusion]")
        self.keys.press("ArrowDown", "ArrowUp", "ArrowDown")  # another party
        assert self.keys.at("[name=conclusion][value=different]:checked")
        self.keys.write("[name=reason]", VERDICT)
        self.send()
        expect(self.page.locator("#hits")).to_contain_text(VERDICT)
        self.keys.follow(f".ds-breadcrumbs a[href='/{plan.split('/', 3)[3].partition('#')[0]}']")
        expect(self.page.locator("#partners")).to_contain_text(VERDICT)

    def assess(self) -> None:
        self.keys.follow("main a[href$='/assess/']")
        self.send()  # the questions that stand first
        came_back = 0
        while not self.page.url.endswith("/assess/"):
            part = self.page.url
            self.answer_part()
            self.keys.follow("[name=step][value=next]")
            expect(self.page.locator(".ds-error-summary, [data-trouble]")).to_have_count(0)
            came_back += self.page.url == part
        assert came_back  # a part with new questions holds what was saved, not what the tab remembers
        self.keys.follow("[name=step][value=finish]")

    def answer_part(self) -> None:
        names = self.page.eval_on_selector_all(
            "#questions [name^=value_], #questions [name^=text_]",
            "all => [...new Set(all.map((one) => one.name))]",
        )
        for number, name in enumerate(names):
            if name.startswith("text_"):
                self.keys.write(f"[name='{name}']", f"Vi har sett efter, {number}.")
                continue
            boxes = self.page.locator(f"[type=checkbox][name='{name}']")
            if boxes.count():
                self.keys.to(f"[name='{name}'][value='{boxes.last.get_attribute('value')}']")
                self.keys.press(*[] if boxes.last.is_checked() else ["Space"])
                continue
            self.keys.to(f"[name='{name}']")
            self.keys.press(*["ArrowDown"] * (number % 3) or ["Space"])
            assert self.keys.at(f"[name='{name}']:checked")

    def hand_in(self) -> None:
        self.keys.follow("main a[href$='/hand-in/']")
        self.send()

    def advise(self) -> None:
        self.keys.follow("main a[href$='/prepare/']")
        self.keys.write("[name=text]", "Gå vidare, men dela kartorna först efter provet.")
        self.keys.to("[name=suggests_asking]")
        self.keys.press("Space")
        self.send()

    def lift(self) -> None:
        self.keys.follow("main a[href$='/lift/']")
        self.keys.write("[name=question]", "Får råa mätvärden delas?")
        for name, presses in (("one_1", 1), ("other_1", 2)):
            self.keys.to(f"[name={name}]")
            self.keys.press(*["ArrowDown"] * presses)
        self.keys.write("[name=at_stake_1]", "Rådata kan visa var kablar ligger.")
        self.send()

    def steer(self) -> None:
        self.follow_titled("/steer/")
        self.keys.to("[name^=position_]")
        self.keys.press("Space")
        self.keys.write("[name=text]", VIEW)
        self.send()
        expect(self.page.locator("#steering")).to_contain_text(VIEW)

    def ask(self) -> None:
        self.keys.follow("main a[href$='/ask/']")
        self.keys.write("[name=question]", "Har kartor från institutet använts till annat?")
        for passage in ("plan.summary", "plan.partners"):
            self.keys.to(f"[name=chosen][value='{passage}']")
            self.keys.press("Space")
        self.keys.follow("[name=step][value=show]")
        preview = self.page.locator("#preview-box")
        expect(preview).to_contain_text(SUMMARY)
        expect(preview).not_to_contain_text(KEPT_AT_HOME)
        self.keys.follow("[name=step][value=send]")

    def triage(self) -> None:
        self.follow_titled("triage/")
        self.keys.to("[name=access]:checked")
        self.keys.press("ArrowDown", "ArrowUp")
        self.send()
        expect(self.page.locator("main")).not_to_contain_text(KEPT_AT_HOME)

    def consult(self) -> None:
        for agency, passage in zip(AGENCIES.values(), ("plan.summary", "plan.partners"), strict=True):
            self.keys.follow("main a[href$='/consult/']")
            self.keys.to("[name=agency]")
            self.page.keyboard.type(agency)
            self.keys.write("[name=question]", "Vad vet ni om detta?")
            self.keys.to(f"[name=chosen][value='{passage}']")
            self.keys.press("Space")
            self.write_day("[name=due_on]", "2099", "12", "31")
            self.send()
            expect(self.page.locator("main")).to_contain_text(agency)

    def opine(self, role: str) -> None:
        first = role == "first_expert"
        self.keys.follow("main a[href^='/consultations/']:not([href='/consultations/'])")
        expect(self.page.locator("main")).to_contain_text(SUMMARY if first else PARTNER)
        expect(self.page.locator("main")).not_to_contain_text(PARTNER if first else SUMMARY)
        self.keys.write("[name=text]", OPINIONS[role])
        self.keys.to("[name=naming]")
        self.keys.press("Space")
        self.send()
        expect(self.page.locator("main")).to_contain_text(OPINIONS[role])

    def draft(self) -> None:
        self.follow_titled("/")
        self.keys.follow("main a[href$='/draft/']")
        self.keys.write("[name=text]", STATEMENT)
        self.keys.write("[name=not_examined]", "Vem som äger institutet.")
        views = "all => all.map((one) => one.name)"
        names = self.page.eval_on_selector_all("[name^=view_]", views)
        assert len(names) == len(AGENCIES)
        for name, text in zip(names, OPINIONS.values(), strict=True):
            self.keys.write(f"[name={name}]", text)
        self.send()

    def sign(self) -> None:
        self.follow_titled("/answer/")
        expect(self.page.locator("aside")).to_contain_text(STATEMENT)
        self.send()

    def decide(self) -> None:
        self.keys.follow("main a[href$='/decide/']")
        expect(self.page.locator("aside")).to_contain_text(STATEMENT)
        self.keys.to("[name=outcome]")
        self.keys.press("Space")
        self.keys.write("[name=reasons]", "Nyttan väger tyngst.")
        self.send()

    def read(self) -> None:
        self.follow_titled("/")

    def check(self) -> None:
        plan = Collaboration.unguarded.get(title=TITLE)
        expect(self.page).to_have_url(f"/collaborations/{plan.pk}/")
        for part, text in (
            ("statement", STATEMENT),
            ("decision", "Nyttan väger tyngst."),
            ("steering", VIEW),
        ):
            expect(self.page.locator(f"#{part}")).to_contain_text(text)
        for said in (*OPINIONS.values(), *AGENCIES.values()):
            expect(self.page.locator("#statement")).to_contain_text(said)
        expect(self.page.locator("aside .rr-time li:not([data-state])")).to_have_count(9)

    def anonymise(self) -> None:
        for address in ("/desk/", "/desk/closed/"):
            self.keys.follow(f"main a[href='{address}']")
        self.follow_titled("/")
        self.keys.follow("main a[href$='/anonymise/']")
        self.keys.write("[name=study_title_sv]", LESSON)
        self.keys.write("[name=study_body_sv]", f"{PARTNER} var öppet.")
        self.keys.follow(SEND)
        expect(self.page.locator(".ds-error-summary")).to_contain_text("Velgrads")
        assert self.page.input_value("[name=study_body_sv]") == f"{PARTNER} var öppet."
        self.keys.write("[name=study_body_sv]", LEARNED)
        self.send()

    def publish(self) -> None:
        """In Wagtail, whose own marks of the focus are its own affair."""
        self.follow_titled("/edit/", LESSON)
        seen = list(self.keys.unseen)
        self.keys.to("footer [data-w-dropdown-target=toggle]")
        self.page.keyboard.press("Enter")
        self.keys.follow("[name=action-publish]")
        self.keys.unseen[:] = seen

    def read_as_stranger(self) -> None:
        self.page.goto("/knowledge/")
        self.follow_titled("/", LESSON)
        expect(self.page.locator("main")).to_contain_text(LEARNED)


def test_a_question_travels_by_keyboard(visits: Visits, people: dict[str, Actor]) -> None:
    visits.expect("inline script.*/editors/pages/")  # Wagtail's filters of its list; they work without it
    page = visits.page(path="/")
    chain = Chain(page, people)
    chain.keys.press("Tab")
    assert chain.keys.at(".ds-skip-link")
    chain.keys.press("Enter")
    assert chain.keys.at("main")

    page.goto("/knowledge/")
    expect(page.locator("main")).not_to_contain_text(LESSON)
    steps = [
        ("researcher", chain.describe, chain.look_up, chain.assess, chain.hand_in),
        ("adviser", chain.advise, chain.lift),
        ("steering", chain.steer),
        ("contact_point", chain.ask),
        ("desk_officer", chain.triage, chain.consult),
        *((role, partial(chain.opine, role)) for role in AGENCIES),
        ("desk_officer", chain.draft),
        ("second_officer", chain.sign),
        ("decision_maker", chain.decide),
        ("researcher", chain.read, chain.check),
        ("desk_officer", chain.anonymise),
        ("editor", chain.publish),
    ]
    for role, *acts in steps:
        chain.enter(role)
        for act in acts:
            act()
        chain.keys.sign_out()
    chain.read_as_stranger()
    assert sorted(set(chain.keys.unseen)) == []


def test_what_must_be_mended_is_found_by_keyboard(visits: Visits, people: dict[str, Actor]) -> None:
    page = visits.page(people["researcher"], "/collaborations/new/")
    keys = Keyboard(page)
    keys.write("[name=title]", TITLE)
    keys.follow(SEND)
    expect(page.locator(".ds-error-summary")).to_be_focused()
    keys.to(".ds-error-summary a[href='#id_summary']")
    page.keyboard.press("Enter")
    keys.press("Tab", "Shift+Tab")
    assert keys.at("[name=summary][aria-invalid=true]")
    assert page.input_value("[name=title]") == TITLE
    assert keys.unseen == []


def test_the_menu_of_a_narrow_screen_opens_by_keyboard(visits: Visits, people: dict[str, Actor]) -> None:
    page = visits.page(people["adviser"], "/room/", viewport={"width": 360, "height": 780})
    keys, menu = Keyboard(page), page.locator("#menu")
    keys.to("[popovertarget=menu]")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    keys.follow("#menu a[href='/collaborations/']")
    expect(page).to_have_url("/collaborations/")
    assert keys.unseen == []
