"""Every page there is, by who opens it, at every stage of the chain; for tests that look at all of them."""

from typing import NamedTuple

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from radrum import story
from radrum.accounts import invite
from radrum.accounts.appoint import give_role
from radrum.accounts.models import Membership, Organisation, User
from radrum.accounts.substitute import name_substitute
from radrum.cases.attach import attach
from radrum.cases.general import token_for
from radrum.collaborations.agreements.load import import_agreements, mark
from radrum.collaborations.models import Agreement, Collaboration, SharedCopy
from radrum.collaborations.share import share
from radrum.collaborations.steer import lift
from radrum.community.models import Event
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import writing
from radrum.guidance.revise import propose
from radrum.knowledge.drafts import take_draft
from radrum.monitoring.models import Item, Source
from tests import factories

TOKEN = "en-hemlighet-ur-ett-brev"
PASSWORD = "tall gran björk 1907"

# Addresses that show no page of their own: they are sent to, answer a program, or lead on.
NOT_PAGES = {
    "health",
    "robots",
    "set_language",
    "account_set_password",
    "collaborations:export",
    "collaborations:record",
    "collaborations:template",
    "accounts:keep",
    "accounts:withdraw",
    "accounts:end",
    "accounts:back",
    "cases:withdraw",
    "collaborations:partner_compare",
    "collaborations:alert_read",
    "screening:confirm",
    "cases:attachment",
    "cases:statement",
    "consultations:attachment",
    "mfa_download_recovery_codes",
    "programme:csv",
    "programme:json",
    "programme:chart",
    "community:feed",
    "community:ics",
    "community:register",
    "community:withdraw",
    "community:cancel",
    "monitoring:feed",
    "monitoring:withdraw",
}


class Tour(NamedTuple):
    """Who goes where: for each person the addresses they open."""

    people: dict[str, Actor]
    paths: dict[str, list[str]]


def fjallby(role: str) -> Actor:
    """Somebody in the story, acting for Fjällby universitet."""
    return story.actor(f"{role}@fjallby.example", "fjallby")


def desk(role: str = "desk-officer") -> Actor:
    """Somebody in the story, acting for the national function."""
    return story.actor(f"{role}@funktionen.example", "national")


def make_tour() -> Tour:
    """Make a plan or a case for every stage beside those of the story, and list where to go."""
    people = {
        role: fjallby(role)
        for role in ("researcher", "adviser", "steering", "contact-point", "decision-maker")
    }
    people |= {"desk": desk(), "administrator": fjallby("organisation-admin"), "guarded": _guarded()}
    people["expert"] = story.actor("agency-expert@ovning.example", "ovning")
    people |= {"evaluator": desk("evaluator"), "editor": desk("editor")}
    people["funder"] = story.actor("funder-officer@nordfonden.example", "nordfonden")
    people["council"] = story.actor("council@nordfonden.example", "nordfonden")
    paths = {
        "stranger": _open(),
        **_at_home(people["researcher"], people["adviser"], people["contact-point"]),
        **_at_the_desk(people),
        "administrator": _people(people["administrator"], people["contact-point"]),
        "guarded": _own_account(),
        "council": ["/room/", "/act/", "/meetings/"],
        "evaluator": ["/room/", "/figures/", "/figures/publish/"],
        "editor": _edited(people["editor"]) + _editing(people["desk"]),
        "funder": ["/room/", "/collaborations/shared/", *_copies()],
    }
    return Tour(people, paths)


def _open() -> list[str]:
    person = story.User.objects.get(email="steering@fjallby.example")
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    account = ["login", "signup", "inactive", "password/reset", "password/reset/done"]
    return [
        "/",
        "/ask/",
        "/ask/general/",
        *_general(),
        "/about/",
        "/accessibility/",
        "/privacy/",
        "/figures/",
        "/meetings/",
        f"/meetings/{_meeting('Öppet samtal om gästforskare')}/",
        "/news/",
        "/look-up/",
        "/look-up/lists/",
        "/guidelines/",
        *(f"/guidelines/{number}/" for number in range(1, 6)),
        "/guidelines/edition/2026-r1/",
        "/guidelines/catalogue/",
        "/guidelines/catalogue/clause/",
        "/guidelines/questions/",
        "/guidelines/questions/01-research-cooperation/1.0.0/",
        "/guidelines/edition/2026-r1/3/",
        "/guidelines/proposals/",
        "/knowledge/",
        "/knowledge/professuren-med-onskemal/",
        "/knowledge/mou/",
        *(f"/account/{page}/" for page in account),
        "/account/password/reset/key/1-wrong/",
        f"/account/password/reset/key/{key}/",
        "/account/password/reset/key/done/",
        "/invitation/no-such-secret/",
        f"/invitation/{_invited()}/",
    ]


def _meeting(title: str) -> int:
    with writing(SYSTEM):
        return Event.unguarded.get(title_sv=title).pk


def _edited(editor: Actor) -> list[str]:
    with writing(SYSTEM):
        item = Item.unguarded.filter(judgement="waiting").values_list("pk", flat=True)[0]
        source = Source.unguarded.filter(key="ovning").values_list("pk", flat=True)[0]
    meeting = _meeting("Kontaktpunkternas månadsmöte")
    return [
        "/room/",
        "/news/",
        "/news/inbox/",
        f"/news/inbox/{item}/",
        f"/news/inbox/{item}/dismiss/",
        "/news/sources/new/",
        f"/news/sources/{source}/",
        "/meetings/new/",
        f"/meetings/{meeting}/",
        f"/meetings/{meeting}/edit/",
    ]


def _editing(officer: Actor) -> list[str]:
    """What waits for an editor; Wagtail's own pages are Wagtail's."""
    take_draft(officer, kind="faq", title_sv="Får vi dela mätvärden?", body_sv="Ja, om de är öppna.")
    proposal = propose(officer, aspect="2.1", what="Fråga också efter rådata.", why="Det saknas.")
    return ["/room/", "/guidelines/proposals/", f"/guidelines/proposals/{proposal.pk}/"]


def _general() -> list[str]:
    """A general question that waits, and one that has been answered."""
    waits, answered = factories.asked_openly(), factories.asked_openly(subject="Diarieföring")
    factories.triaged(answered, desk())
    factories.answered(answered, desk())
    return [f"/question/{token_for(case)}/" for case in (waits, answered)]


def _invited() -> str:
    with writing(SYSTEM):
        made = invite.invite(
            SYSTEM,
            email="nykomling@fjallby.example",
            name="Ny Komling",
            roles=["researcher"],
            organisation=Organisation.objects.get(key="fjallby"),
        )
        made.token_hash = invite._hash(TOKEN)
        made.save()
    return TOKEN


def _at_home(owner: Actor, adviser: Actor, contact_point: Actor) -> dict[str, list[str]]:
    described = factories.plan(owner, title="Is som arkiv")
    factories.assess(owner, described, answers={}, version=0)
    assessed = factories.plan(owner, title="Myrar som minne")
    factories.assess(owner, assessed, answers=factories.answers(assessed), finished=True, version=0)
    handed_in = factories.handed_in(owner, title="Vind över kalfjäll")
    prepared = factories.prepared(owner, adviser, title="Ljus i djupa sjöar")
    lifted = factories.prepared(owner, adviser, title="Is på drift")
    lift(adviser, lifted, question="Får vi?", conflicts=[("openness", "security", "Rådata.")])
    finished = Collaboration.unguarded.get(title="Snö som vattenresurs")
    hit = factories.judged(owner, described).hit
    partner = f"{described.pk}/partners/{described.partners.get().pk}/"
    there = {"recipient": Organisation.objects.get(key="nordfonden"), "audience": "funder"}
    shared = share(owner, finished, subject="Underlag", chosen=["plan.title", "plan.summary"], **there)
    own = [f"{described.pk}/", f"{described.pk}/describe/", f"{described.pk}/assess/"]
    own += [f"{described.pk}/assess/{part}/" for part in ("questions", "1", "3")]
    own += [f"{assessed.pk}/assess/2-{assessed.partners.get().pk}/"]
    own += [f"{assessed.pk}/", f"{assessed.pk}/assess/", f"{assessed.pk}/hand-in/", f"{assessed.pk}/pass-on/"]
    own += [f"{finished.pk}/", f"{finished.pk}/review/", f"{finished.pk}/follow-ups/"]
    own += [partner, f"{partner}who/", f"{partner}hits/{hit.pk}/"]
    return {
        "researcher": [
            f"/collaborations/{finished.pk}/share/",
            f"/collaborations/{finished.pk}/share/{shared.pk}/withdraw/",
            "/room/",
            "/collaborations/",
            "/collaborations/new/",
            *(f"/collaborations/{end}" for end in own),
        ],
        "adviser": [
            "/collaborations/agreements/",
            "/collaborations/agreements/import/",
            f"/collaborations/agreements/{_agreement(adviser)}/plan/",
            "/collaborations/shared/",
            f"/collaborations/{shared.collaboration_id}/",
            "/room/",
            "/collaborations/",
            f"/collaborations/{handed_in.pk}/prepare/",
            f"/collaborations/{handed_in.pk}/lift/",
            "/look-up/person/",
        ],
        "steering": ["/room/", f"/collaborations/{lifted.pk}/", f"/collaborations/{lifted.pk}/steer/"],
        "contact-point": ["/room/", "/ask/", f"/collaborations/{prepared.pk}/ask/"],
        "decision-maker": [
            "/room/",
            f"/collaborations/{prepared.pk}/decide/",
            f"/collaborations/{finished.pk}/",
        ],
    }


def _agreement(adviser: Actor) -> int:
    rows = "Partner;Land;Rubrik;Upphör\nVelgrads universitet;Serranien;Avtal om fältarbete;2027-01-31"
    [line] = import_agreements(adviser, adviser.organisation, rows=rows, seen=mark(rows))
    return Agreement.unguarded.get(title=line.row.title).pk


def _copies() -> list[str]:
    return [
        f"/collaborations/shared/{copy.pk}/"
        for copy in SharedCopy.unguarded.filter(recipient__key="nordfonden")
    ]


def _at_the_desk(people: dict[str, Actor]) -> dict[str, list[str]]:
    home = (people["researcher"], people["adviser"], people["contact-point"])
    received = factories.asked(*home, title="Renar och radar")
    triaged = factories.triaged(factories.asked(*home, title="Norrsken i siffror"), people["desk"])
    drafted = factories.triaged(factories.asked(*home, title="Fjällets minne"), people["desk"])
    factories.drafted(drafted, story.actor("desk-lead@funktionen.example", "national"))
    attach(people["desk"], triaged, files=[factories.file("tjänsteanteckning.txt")])
    attach(people["contact-point"], triaged, files=[factories.file("avtal.pdf.exe")])
    asked = factories.consulted(triaged, people["desk"], people["expert"])
    answered = Collaboration.unguarded.get(title="Snö som vattenresurs").enquiries.get().case_id
    return {
        "desk": [
            "/room/",
            "/desk/",
            "/desk/closed/",
            f"/desk/{received.pk}/",
            f"/desk/{received.pk}/triage/",
            f"/desk/{triaged.pk}/",
            f"/desk/{triaged.pk}/attach/",
            f"/desk/{triaged.pk}/consult/",
            f"/desk/{triaged.pk}/draft/",
            f"/desk/{drafted.pk}/answer/",
            f"/desk/consultation/{asked.address}/",
            f"/desk/{answered}/",
            f"/desk/{answered}/anonymise/",
        ],
        "expert": [
            "/room/",
            "/consultations/",
            *(f"/consultations/{asked.address}/{step}" for step in ("", "attach/")),
        ],
        "asker": [
            "/ask/interference/",
            f"/desk/{received.pk}/",
            f"/desk/{received.pk}/attach/",
            f"/desk/{answered}/",
        ],
    }


def _people(administrator: Actor, contact_point: Actor) -> list[str]:
    role = Membership.unguarded.get(person_id=contact_point.user_id, role="contact_point")
    colleague = User.objects.get(email="researcher-3@fjallby.example")
    name_substitute(
        administrator, role, substitute=colleague, starts_on=role.starts_on, ends_on=role.starts_on
    )
    return [
        "/room/",
        "/people/",
        "/people/invite/",
        f"/people/{contact_point.user_id}/",
        f"/people/{administrator.user_id}/",
        f"/people/role/{role.pk}/substitute/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/password/change/",
        "/account/",
        "/account/logout/",
    ]


def _guarded() -> Actor:
    """Somebody who has a second factor, and nothing else to do."""
    user = User.objects.create_user("tva-steg@fjallby.example", name="Tva Steg", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    with writing(SYSTEM):
        give_role(user, Organisation.objects.get(key="fjallby"), "steering")
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return story.actor(user.email, "fjallby")


def _own_account() -> list[str]:
    factors = ["", "reauthenticate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"]
    return [*(f"/account/2fa/{page}" for page in factors), "/account/reauthenticate/"]
