"""The demo's story, told by doing: fictional people take real steps, each as an operation with its own actor.

Everything in `content/story.yaml` is invented.
"""

import datetime
import re
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.utils import timezone

from radrum import earlier
from radrum.accounts.acting import choices
from radrum.accounts.appoint import give_role
from radrum.accounts.load import load_organisations
from radrum.accounts.models import Organisation, User
from radrum.cases.answer import return_statement
from radrum.cases.consult import consult
from radrum.cases.draft import write_draft
from radrum.cases.general import receive_general
from radrum.cases.models import Case, Opinion
from radrum.cases.opine import give_opinion
from radrum.cases.triage import triage
from radrum.collaborations.agreements.load import import_agreements, mark
from radrum.collaborations.ask import ask
from radrum.collaborations.assess import assess, choose
from radrum.collaborations.decide import decide
from radrum.collaborations.describe import FIELDS, begin
from radrum.collaborations.hand_in import hand_in
from radrum.collaborations.models import Collaboration
from radrum.collaborations.passages import passages, shareable
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.prepare import prepare
from radrum.collaborations.review import review
from radrum.collaborations.screen import judge_hit, screen_partner
from radrum.collaborations.share import share, withdraw
from radrum.collaborations.sheet import Given, Place
from radrum.collaborations.steer import lift, steer
from radrum.community.arrange import arrange
from radrum.community.attend import register
from radrum.core.actor import STRANGER, SYSTEM, Actor
from radrum.core.scope import reading, writing
from radrum.guidance.policy import instruments_on_offer
from radrum.monitoring.gather import follow_shipped, read_file
from radrum.monitoring.judge import show_it
from radrum.monitoring.policy import visible_items
from radrum.programme.figures import quarters
from radrum.programme.publish import publish
from radrum.screening.provide import exercise

TEXTS = Path(__file__).parent / "content" / "story.yaml"


def texts() -> dict[str, Any]:
    """The story as it stands in the file."""
    story: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return story


def actor(email: str, organisation: str) -> Actor:
    """The person acting for that organisation, with the roles they have there."""
    person = User.objects.get(email=email)
    return next(choice for choice in choices(person) if choice.organisation.key == organisation)


def tell() -> bool:
    """Load organisations and people, then let them work; False when it has been told before."""
    story = texts()
    exercise()
    load_organisations(SYSTEM, story["organisations"])
    for person in story["people"]:
        if not User.objects.filter(email=person["email"]).exists():
            _bring_in(person, story["meta"]["password"])
    with reading(SYSTEM):
        told = set(Collaboration.unguarded.values_list("organisation__key", "title"))
    new = [plan for plan in story["collaborations"] if (plan["organisation"], plan["title"]) not in told]
    for plan in new:
        _work(plan)
    if new:
        _agree(story["agreements"])
        _around(story)
    with reading(SYSTEM):
        asked = set(Case.unguarded.filter(asker=None).values_list("subject", flat=True))
    open_questions = [question for question in story["questions"] if question["subject"] not in asked]
    for question in open_questions:
        receive_general(STRANGER, **question)
    return bool(new or open_questions)


def _around(story: dict[str, Any]) -> None:
    """Meetings, news and earlier questions, and the figures that come of them."""
    for event in story["events"]:
        _meet(event)
    _tell_news(story["news"])
    follow_shipped()
    by = actor(story["earlier"]["by"], "andra")
    earlier.tell(story["earlier"], by.organisation, by.user)
    evaluator = actor("evaluator@funktionen.example", "national")
    for quarter in quarters(timezone.localdate()):
        publish(evaluator, period=quarter.key)


def _meet(entry: dict[str, Any]) -> None:
    entry, day = dict(entry), timezone.localdate()
    starts = datetime.datetime.combine(
        day + datetime.timedelta(days=entry.pop("in_days")), datetime.time(entry.pop("hour"))
    )
    moment = timezone.make_aware(starts)
    ends = moment + datetime.timedelta(hours=entry.pop("hours"))
    by, comes = actor(entry.pop("by"), "national"), entry.pop("comes")
    event = arrange(by, starts_at=moment, ends_at=ends, **entry)
    for one in comes:
        register(actor(one["who"], one["at"]), event=event, shows_name=one["shows_name"])


def _tell_news(entry: dict[str, Any]) -> None:
    read_file(TEXTS.with_name("news.xml"), key=entry["source"])
    editor = actor(entry["by"], "national")
    for told in entry["shown"]:
        with reading(editor):
            item = visible_items(editor).get(title=told["title"])
        show_it(editor, item, **{name: told[name] for name in ("means_sv", "means_en", "aspects")})


def _bring_in(entry: dict[str, Any], password: str) -> None:
    organisations = {organisation.key: organisation for organisation in Organisation.objects.all()}
    user = User.objects.create_user(
        entry["email"], name=entry["name"], password=password, language=entry["language"]
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    with writing(SYSTEM):
        for place in [entry, *entry.get("also", [])]:
            for role in place["roles"]:
                employer = organisations.get(entry.get("employer", ""))
                give_role(user, organisations[place["organisation"]], role, employer=employer)


def _dates(entry: dict[str, Any]) -> dict[str, Any]:
    fields = {name: entry[name] for name in FIELDS if name in entry}
    days = {name: datetime.date.fromisoformat(fields[name]) for name in fields if name.endswith("_on")}
    return {**fields, **days}


def _work(entry: dict[str, Any]) -> None:
    """Take the collaboration as far as its stage says."""
    home, owner = entry["organisation"], actor(entry["owner"], entry["organisation"])
    partners = [(partner["name"], partner["country"]) for partner in entry["partners"]]
    plan = begin(owner, partners=partners, **_dates(entry))
    if entry.get("answers"):
        instrument = instruments_on_offer().get(key=entry["instrument"])
        choose(owner, plan, instrument=instrument, profile=entry.get("profile", ""), version=0)
        with reading(owner):
            answers = _answers(plan, entry)
        assess(owner, plan, answers=answers, finished=True, version=1)
        hand_in(owner, plan)
    if "looked_up" in entry:
        _look_up(entry["looked_up"], owner, plan)
    if "advice" in entry:
        adviser = actor(entry["advice"]["by"], home)
        reference = entry.get("file_reference", "")
        asks = "question" in entry
        prepare(adviser, plan, text=entry["advice"]["text"], file_reference=reference, suggests_asking=asks)
    _go_on(entry, plan)


def _go_on(entry: dict[str, Any], plan: Collaboration) -> None:
    """From the steering group to the look back."""
    home, owner = entry["organisation"], actor(entry["owner"], entry["organisation"])
    if "steering" in entry:
        _steer(entry["steering"], home, plan)
    if "question" in entry:
        _ask(entry, plan)
    if "decision" in entry:
        given = dict(entry["decision"])
        decide(actor(given.pop("by"), home), plan, **given)
    for given in entry.get("shares", []):
        _share(given, home, plan)
    if entry["stage"] == "ongoing" and entry.get("reviews"):
        next_day = datetime.date.fromisoformat(entry["review_on"])
        look_back = entry.get("look_back") or entry["reviews"][0]["text"]
        review(owner, plan, note=look_back, review_on=next_day)


def _agree(entry: dict[str, Any]) -> None:
    adviser = actor(entry["by"], entry["organisation"])
    import_agreements(adviser, adviser.organisation, rows=entry["rows"], seen=mark(entry["rows"]))


def _share(entry: dict[str, Any], home: str, plan: Collaboration) -> None:
    given = dict(entry)
    sharer, withdrawn = actor(given.pop("by"), home), given.pop("withdrawn", False)
    given["recipient"] = Organisation.objects.get(key=given["recipient"])
    if "ends_on" in given:
        given["ends_on"] = datetime.date.fromisoformat(given["ends_on"])
    with reading(sharer):
        plan = visible_collaborations(sharer).get(pk=plan.pk)
        known = {re.sub(r"\.\d+", "", passage.key): passage.key for passage in shareable(plan)}
    given["chosen"] = [known[key] for key in given["chosen"] if key in known]
    shared = share(sharer, plan, **given)
    if withdrawn:
        withdraw(sharer, shared)


def _steer(entry: dict[str, Any], home: str, plan: Collaboration) -> None:
    conflicts = [(one["one"], one["other"], one["at_stake"]) for one in entry["conflicts"]]
    adviser, member = actor(entry["lifted_by"], home), actor(entry["by"], home)
    referral = lift(adviser, plan, question=entry["question"], conflicts=conflicts)
    with reading(member):
        keys = list(referral.conflicts.values_list("pk", flat=True))
    steer(member, plan, text=entry["text"], positions=dict(zip(keys, entry["positions"], strict=True)))


def _look_up(verdicts: list[dict[str, str]], owner: Actor, plan: Collaboration) -> None:
    """Compare the partners with whatever lists there are; judge the hits the story knows."""
    with reading(owner):
        partners = list(plan.partners.all())
    for partner in partners:
        screening = screen_partner(owner, partner)
        with reading(owner):
            hits = {hit.entry_id: hit for hit in screening.hits.all()}
        for given in verdicts:
            if hit := hits.get(given["entry"]):
                said = {"conclusion": given["conclusion"], "reason": given["reason"]}
                judge_hit(actor(given["by"], owner.organisation.key), partner, hit=hit, **said)


def _answers(plan: Collaboration, entry: dict[str, Any]) -> dict[Place, Given]:
    """What they answered about the plan; and in `about`, about each partner in turn."""
    partners = list(plan.partners.all())
    about = [(None, entry["answers"]), *zip(partners, entry.get("about", []), strict=False)]
    return {
        (attribute, partner.pk if partner else None): _given(given)
        for partner, answers in about
        for attribute, given in answers.items()
    }


def _given(given: dict[str, Any]) -> Given:
    value = given.get("value", [])
    return Given(tuple(value) if isinstance(value, list) else (value,), given.get("text", ""))


def _ask(entry: dict[str, Any], plan: Collaboration) -> None:
    question = entry["question"]
    contact_point = actor(question["by"], entry["organisation"])
    with reading(contact_point):
        plan = visible_collaborations(contact_point).get(pk=plan.pk)
        known = {passage.key for passage in passages(plan)}
    wanted = question.get("chosen", [])  # `screening` stands for every partner that was looked up
    chosen = [key for key in sorted(known) if key in wanted or key.partition(".")[0] in wanted]
    enquiry = ask(contact_point, plan, subject=question["subject"], question=question["text"], chosen=chosen)
    if "triage" in entry:
        steps = dict(entry["triage"])
        officer = actor(steps.pop("by"), "national")
        steps["officer"] = User.objects.get(email=steps["officer"])
        triage(officer, enquiry.case, **steps)
    opinions = {asked["agency"]: _consult(asked, enquiry.case) for asked in entry.get("consultations", [])}
    if "statement" in entry:
        given = dict(entry["statement"])
        signer = actor(given.pop("signed_by"), "national")
        views = [(opinions[view["agency"]], view["text"]) for view in given.pop("views", [])]
        given["views"] = [{"opinion": opinion.pk, "text": text} for opinion, text in views if opinion]
        write_draft(actor(given.pop("by"), "national"), enquiry.case, **given)
        return_statement(signer, enquiry.case)


def _consult(asked: dict[str, Any], case: Case) -> Opinion | None:
    """Ask an agency; its opinion, when the story has one."""
    agency = Organisation.objects.get(key=asked["agency"])
    due_on = timezone.localdate() + datetime.timedelta(days=7)
    officer = actor(asked["by"], "national")
    consultation = consult(
        officer, case, agency=agency, question=asked["question"], chosen=asked["chosen"], due_on=due_on
    )
    if "opinion" not in asked:
        return None
    given = dict(asked["opinion"])
    return give_opinion(actor(given.pop("by"), asked["agency"]), consultation, **given)
