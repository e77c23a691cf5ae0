"""Who may see and do what with the desk's cases."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from radrum.accounts.models import Membership, Organisation
from radrum.accounts.policy import organisations_with
from radrum.accounts.roles import Kind, Role
from radrum.cases.models import (
    Attachment,
    Case,
    Consultation,
    Enquirer,
    Handling,
    Lesson,
    Opinion,
    StatementDraft,
    Topics,
)
from radrum.core.actor import Actor

READERS_AT_HOME = (Role.CONTACT_POINT, Role.ADVISER, Role.STEERING, Role.DECISION_MAKER)


def is_desk(actor: Actor) -> bool:
    """An officer or the lead of the national desk, acting for it."""
    return actor.kind == Kind.NATIONAL and actor.has(Role.DESK_OFFICER, Role.DESK_LEAD)


def is_expert(actor: Actor) -> bool:
    """An expert of an agency, acting for it."""
    return actor.organisation_id is not None and actor.has(Role.AGENCY_EXPERT)


def _restricted_to_others(actor: Actor) -> Q:
    """Restricted to another officer; or come in discreetly, and the lead has not handed it out yet."""
    handlings = Handling.unguarded.filter(case=OuterRef("pk"))
    others = Exists(handlings.filter(access=Handling.Access.RESTRICTED).exclude(officer_id=actor.user_id))
    return others | (Q(discreet=True) & ~Exists(handlings))


def cases_with_parts() -> QuerySet[Any]:
    """Cases with all that one page of them shows; for steps, and for what `visible_cases` starts from."""
    return Case.unguarded.select_related("asker", "asked_by", "on_behalf_of", "dossier", "statement")


def visible_cases(actor: Actor) -> QuerySet[Any]:
    """The desk: open cases and one's own restricted ones (the lead: all). The asker: their organisation's."""
    cases = cases_with_parts()
    if is_desk(actor):
        return cases if actor.has(Role.DESK_LEAD) else cases.exclude(_restricted_to_others(actor))
    if not actor.organisation_id:
        return cases.none()
    may = Q(on_behalf_of_id=actor.user_id)
    if actor.has(Role.CONTACT_POINT):
        return cases.filter(asker_id=actor.organisation_id)
    if actor.has(*READERS_AT_HOME):
        may |= Q(discreet=False)
    return cases.filter(may, asker_id=actor.organisation_id)


def visible_handlings(actor: Actor) -> QuerySet[Any]:
    """How the desk works with the cases the actor may see there; nobody outside the desk."""
    if not is_desk(actor):
        return Handling.unguarded.none()
    return Handling.unguarded.filter(case__in=visible_cases(actor)).select_related("officer", "triaged_by")


def visible_topics(actor: Actor) -> QuerySet[Any]:
    """Under which topics the desk has sorted the cases the actor may see there; nobody outside the desk."""
    if not is_desk(actor):
        return Topics.unguarded.none()
    return Topics.unguarded.filter(case__in=visible_cases(actor))


def officers(actor: Actor) -> QuerySet[Any]:
    """Who can be given a case: members of the desk today."""
    desk = Membership.unguarded.today().filter(organisation_id=actor.organisation_id)
    return desk.filter(role__in=[Role.DESK_OFFICER, Role.DESK_LEAD]).select_related("person", "employer")


def may_ask(actor: Actor, asker: Organisation) -> bool:
    """The organisation's appointed contact point, or whoever stands in for them."""
    return actor.has(Role.CONTACT_POINT) and actor.organisation_id == asker.pk


def may_ask_generally(actor: Actor) -> bool:
    """Anyone, signed in or not."""
    return True


def may_triage(actor: Actor, case: Case) -> bool:
    """Any member of the desk who can see the case."""
    return is_desk(actor) and visible_cases(actor).filter(pk=case.pk).exists()


def may_answer(actor: Actor, case: Case) -> bool:
    """Any member of the desk who can see the case: a small office answers for each other."""
    return may_triage(actor, case)


def may_read_restricted(actor: Actor, case: Case) -> bool:
    """As seeing it; the reading itself is what leaves a trace."""
    return may_triage(actor, case)


def may_move_reader(actor: Actor, _case: Case) -> bool:
    """The system, when a plan is passed on at home."""
    return actor.system


def national() -> Organisation:
    """The national function."""
    return Organisation.objects.get(kind=Kind.NATIONAL)


def agencies() -> QuerySet[Organisation]:
    """Who can be consulted: agencies that have experts here; a question to nobody would wait for ever."""
    known = Organisation.objects.filter(kind__in=[Kind.SECURITY_AGENCY, Kind.AGENCY])
    return known.filter(pk__in=organisations_with(Role.AGENCY_EXPERT))


def visible_consultations(actor: Actor) -> QuerySet[Any]:
    """The desk: those of its cases. An agency's experts: their own agency's, and nothing of the case."""
    consultations = Consultation.unguarded.select_related("agency", "asked_by", "opinion__signed_by")
    if is_desk(actor):
        return consultations.filter(case__in=visible_cases(actor))
    if is_expert(actor):
        return consultations.filter(agency_id=actor.organisation_id, withdrawn_at=None)
    return consultations.none()


def consultations_of(case: Case) -> list[Consultation]:
    """The case's consultations that have not been withdrawn; for steps at the desk."""
    asked = Consultation.unguarded.filter(case=case, withdrawn_at=None)
    return list(asked.select_related("agency", "opinion"))


def unanswered(actor: Actor, cases: list[Case]) -> dict[int, int]:
    """How many agencies each case waits for; only where it waits, and only for the desk."""
    if not is_desk(actor):
        return {}
    asked = visible_consultations(actor).filter(case__in=cases, withdrawn_at=None, opinion=None)
    return dict(asked.order_by().values_list("case_id").annotate(Count("pk")))


def visible_drafts(actor: Actor) -> QuerySet[Any]:
    """The desk's unsent statements, in the cases the actor sees there."""
    if not is_desk(actor):
        return StatementDraft.unguarded.none()
    return StatementDraft.unguarded.filter(case__in=visible_cases(actor)).select_related("changed_by")


def may_consult(actor: Actor, case: Case) -> bool:
    """Any member of the desk who can see the case, when it has been triaged and is not answered."""
    handled = case.status not in {Case.Status.RECEIVED, Case.Status.ANSWERED}
    return handled and may_triage(actor, case)


def may_withdraw_consultation(actor: Actor, consultation: Consultation) -> bool:
    """The desk."""
    return is_desk(actor) and visible_consultations(actor).filter(pk=consultation.pk).exists()


def may_opine(actor: Actor, consultation: Consultation) -> bool:
    """An expert of the agency that was asked."""
    own = consultation.agency_id == actor.organisation_id
    return own and is_expert(actor) and consultation.withdrawn_at is None


def may_count(actor: Actor) -> bool:
    """The system, for figures that cannot point anyone out: no person counts cases they cannot see."""
    return actor.system


def visible_lessons(actor: Actor) -> QuerySet[Any]:
    """What the desk has made of the cases it sees; nobody else knows that a case led to anything."""
    if not is_desk(actor):
        return Lesson.unguarded.none()
    return Lesson.unguarded.filter(case__in=visible_cases(actor)).select_related("written_by")


def may_anonymise(actor: Actor, case: Case) -> bool:
    """Any member of the desk who can see the case, when it has been answered."""
    return case.status == Case.Status.ANSWERED and may_triage(actor, case)


def has_answered(consultation: Consultation) -> bool:
    """Whether the agency has given its opinion."""
    return bool(Opinion.unguarded.filter(consultation=consultation).exists())


def needs_second_reader(case: Case) -> bool:
    """Every statement, but for the answer to a general question that came by the open page.

    That one too when agencies have been asked: a joint statement is always read by a second person.
    """
    alone = case.asker_id is None and case.kind == Case.Kind.GENERAL
    return not alone or bool(consultations_of(case))


def visible_attachments(actor: Actor) -> QuerySet[Any]:
    """Files of the cases the actor sees (the desk's own only there), and of the consultations they see."""
    files = Attachment.unguarded.select_related("added_by", "consultation")
    inside = Q() if is_desk(actor) else Q(inside=False)
    of_cases = Q(case__in=visible_cases(actor)) & inside
    return files.filter(of_cases | Q(consultation__in=visible_consultations(actor)))


def visible_enquirers(actor: Actor) -> QuerySet[Any]:
    """Who asked by the open page: for the desk alone, in the cases it sees."""
    if not is_desk(actor):
        return Enquirer.unguarded.none()
    return Enquirer.unguarded.filter(case__in=visible_cases(actor))


def may_attach(actor: Actor, case: Case) -> bool:
    """The desk, to its own work; at home the contact point, to the question."""
    own = case.asker_id is not None and case.asker_id == actor.organisation_id
    return may_triage(actor, case) or (own and actor.has(Role.CONTACT_POINT))
