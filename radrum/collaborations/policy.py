"""Who may see and do what with an institution's collaborations."""

from typing import Any

from django.db.models import Q, QuerySet

from radrum.accounts.models import Membership
from radrum.accounts.roles import Role
from radrum.cases.models import Case
from radrum.cases.policy import visible_cases
from radrum.collaborations.models import Collaboration, Enquiry, part
from radrum.core.actor import Actor

READERS = (Role.ADVISER, Role.STEERING, Role.DECISION_MAKER, Role.CONTACT_POINT)
AT_HOME = (Role.RESEARCHER, *READERS)


def visible_collaborations(actor: Actor) -> QuerySet[Any]:
    """One's own; and, for those who prepare and decide, what has been handed in at the same organisation."""
    if not actor.organisation_id or not actor.has(*AT_HOME):
        return Collaboration.unguarded.none()
    seen = Q(owner_id=actor.user_id)
    if actor.has(*READERS):
        seen |= Q(handed_in_at__isnull=False)
    return (
        Collaboration.unguarded.filter(seen, organisation_id=actor.organisation_id)
        .select_related("owner", "organisation", "changed_by", "assessment__edition", "decision__decided_by")
        .prefetch_related("partners")
    )


def enquiry_of(plan: Collaboration) -> Enquiry | None:
    """The latest question asked about the plan."""
    return plan.enquiries.order_by("-asked_at").select_related("asked_by").first()


def case_of(actor: Actor, plan: Collaboration) -> Case | None:
    """The case of that question, as the actor may see it at the desk."""
    enquiry = enquiry_of(plan)
    return visible_cases(actor).filter(pk=enquiry.case_id).first() if enquiry else None


def holders(actor: Actor, role: str) -> QuerySet[Any]:
    """Who has a role at the actor's organisation today."""
    return Membership.unguarded.today().filter(organisation_id=actor.organisation_id, role=role)


def _sees(actor: Actor, plan: Collaboration) -> bool:
    return visible_collaborations(actor).filter(pk=plan.pk).exists()


def _owns(actor: Actor, plan: Collaboration) -> bool:
    return plan.owner_id == actor.user_id and _sees(actor, plan)


def may_begin(actor: Actor) -> bool:
    """Everyone with work of their own or others' to describe."""
    return bool(actor.organisation_id) and actor.has(*AT_HOME)


def may_describe(actor: Actor, plan: Collaboration) -> bool:
    """Its owner or an adviser, until it has been decided."""
    return part(plan, "decision") is None and (
        _owns(actor, plan) or (actor.has(Role.ADVISER) and _sees(actor, plan))
    )


def may_assess(actor: Actor, plan: Collaboration) -> bool:
    """As describing it."""
    return may_describe(actor, plan)


def may_hand_in(actor: Actor, plan: Collaboration) -> bool:
    """Its owner, once, when it has been assessed."""
    assessment = part(plan, "assessment")
    return _owns(actor, plan) and plan.handed_in_at is None and bool(assessment and assessment.finished_at)


def may_prepare(actor: Actor, plan: Collaboration) -> bool:
    """An adviser, when it has been handed in and is not decided; never on a plan of one's own."""
    return (
        actor.has(Role.ADVISER)
        and plan.owner_id != actor.user_id
        and plan.handed_in_at is not None
        and part(plan, "decision") is None
        and _sees(actor, plan)
    )


def may_ask(actor: Actor, plan: Collaboration) -> bool:
    """The contact point, when the matter has been prepared at home and no question is waiting."""
    if not actor.has(Role.CONTACT_POINT) or part(plan, "decision") is not None or not _sees(actor, plan):
        return False
    case = case_of(actor, plan)
    return plan.advice.exists() and (case is None or case.status == Case.Status.ANSWERED)


def may_decide(actor: Actor, plan: Collaboration) -> bool:
    """A decision maker under the delegation order, once; never on a plan of one's own."""
    return (
        actor.has(Role.DECISION_MAKER)
        and plan.owner_id != actor.user_id
        and plan.handed_in_at is not None
        and part(plan, "decision") is None
        and _sees(actor, plan)
    )


def may_review(actor: Actor, plan: Collaboration) -> bool:
    """Its owner or an adviser, when it is under way or decided."""
    under_way = plan.phase == Collaboration.Phase.ONGOING or part(plan, "decision") is not None
    return under_way and (_owns(actor, plan) or (actor.has(Role.ADVISER) and _sees(actor, plan)))
