"""Who may see and do what with an institution's collaborations."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from radrum.accounts.models import Membership, Organisation
from radrum.accounts.roles import Role
from radrum.cases.models import Case
from radrum.cases.policy import visible_cases
from radrum.collaborations.models import (
    LATE,
    READERS_OF,
    Advice,
    Agreement,
    Collaboration,
    Enquiry,
    FollowUp,
    ListAlert,
    Partner,
    Referral,
    Screening,
    Share,
    SharedCopy,
    is_closed,
    open_referral,
    part,
)
from radrum.core.actor import Actor
from radrum.screening.models import ListVersion

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
        .select_related("owner", "organisation", "changed_by", "assessment__instrument")
        .prefetch_related("partners", "decisions__decided_by")
    )


class Standing(NamedTuple):
    """What the rules need to know of a plan beside its own row."""

    seen: bool
    advised: bool
    suggested: bool  # that the national function is asked
    enquiry: Enquiry | None
    case: Case | None
    lifted: bool = False  # it lies with the steering group
    has_view: bool = False  # this actor has given a view there
    came_back: bool = False  # from the steering group, and no advice has been given since


def standings(actor: Actor, plans: Iterable[Collaboration]) -> dict[int, Standing]:
    """By plan, at the same cost for one plan as for a whole list; give one to the `may_…` of its plan."""
    keys = [plan.pk for plan in plans]
    seen = set(visible_collaborations(actor).filter(pk__in=keys).values_list("pk", flat=True))
    advice = Advice.unguarded.filter(collaboration__in=seen).order_by("given_at")
    suggested = dict(advice.values_list("collaboration_id", "suggests_asking"))  # the latest advice counts
    asked = Enquiry.unguarded.filter(collaboration__in=seen).select_related("asked_by").order_by("asked_at")
    latest = {enquiry.collaboration_id: enquiry for enquiry in asked}
    cases = visible_cases(actor).in_bulk([enquiry.case_id for enquiry in latest.values()])
    found = {key: latest.get(key) for key in keys}
    lying = _lifted(actor, seen)
    return {
        key: Standing(
            key in seen,
            key in suggested,
            suggested.get(key, False),
            enquiry,
            cases.get(enquiry.case_id) if enquiry else None,
            *lying.get(key, (False, False, False)),
        )
        for key, enquiry in found.items()
    }


def _lifted(actor: Actor, plans: set[int]) -> dict[int, tuple[bool, bool, bool]]:
    """Of plans ever lifted: whether the last referral is open, has this actor's view, is back unread."""
    last_advice = dict(
        Advice.unguarded.filter(collaboration__in=plans)
        .order_by("given_at")
        .values_list("collaboration_id", "given_at")
    )
    found = {}
    referrals = Referral.unguarded.filter(collaboration__in=plans).order_by("lifted_at", "pk")
    for referral in referrals.prefetch_related("views"):
        views = list(referral.views.all())
        back = next((view.given_at for view in views if view.returns), None)
        advised = last_advice.get(referral.collaboration_id)
        found[referral.collaboration_id] = (
            back is None,
            any(view.given_by_id == actor.user_id for view in views),
            back is not None and (advised is None or advised < back),
        )
    return found


def waits_for_the_desk(case: Case | None) -> bool:
    """A question has been asked and is not answered."""
    return case is not None and case.status != Case.Status.ANSWERED


def holders(actor: Actor, role: str) -> QuerySet[Any]:
    """Who has a role at the actor's organisation today."""
    return Membership.unguarded.today().filter(organisation_id=actor.organisation_id, role=role)


def _sees(actor: Actor, plan: Collaboration, known: Standing | None) -> bool:
    return known.seen if known else visible_collaborations(actor).filter(pk=plan.pk).exists()


def _owns(actor: Actor, plan: Collaboration, known: Standing | None) -> bool:
    return plan.owner_id == actor.user_id and _sees(actor, plan, known)


def may_begin(actor: Actor) -> bool:
    """Everyone with work of their own or others' to describe."""
    return bool(actor.organisation_id) and actor.has(*AT_HOME)


def may_describe(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """Its owner or an adviser, until it has been decided."""
    return not is_closed(plan) and (
        _owns(actor, plan, known) or (actor.has(Role.ADVISER) and _sees(actor, plan, known))
    )


def may_assess(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """As describing it."""
    return may_describe(actor, plan, known)


def may_hand_in(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """Its owner, once, when it has been assessed."""
    assessment = part(plan, "assessment")
    return (
        _owns(actor, plan, known)
        and plan.handed_in_at is None
        and bool(assessment and assessment.finished_at)
    )


def may_prepare(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """An adviser, when it has been handed in and is not decided; never on a plan of one's own."""
    return (
        actor.has(Role.ADVISER)
        and plan.owner_id != actor.user_id
        and plan.handed_in_at is not None
        and not is_closed(plan)
        and _sees(actor, plan, known)
    )


def _is_lifted(plan: Collaboration, known: Standing | None) -> bool:
    return known.lifted if known else open_referral(plan) is not None


def may_lift(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """An adviser who may prepare it, when no earlier question to the steering group is open."""
    return may_prepare(actor, plan, known) and not _is_lifted(plan, known)


def may_steer(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """A member of the steering group, while the plan lies there; never on a plan of one's own."""
    return (
        actor.has(Role.STEERING)
        and plan.owner_id != actor.user_id
        and not is_closed(plan)
        and _sees(actor, plan, known)
        and _is_lifted(plan, known)
    )


def may_ask(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """The contact point, when the matter has been prepared at home and no question is waiting."""
    if not actor.has(Role.CONTACT_POINT) or is_closed(plan):
        return False
    known = known or standings(actor, [plan])[plan.pk]
    return known.seen and known.advised and not waits_for_the_desk(known.case)


def may_decide(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """A decision maker under the delegation order, once; never on a plan of one's own."""
    return (
        actor.has(Role.DECISION_MAKER)
        and plan.owner_id != actor.user_id
        and plan.handed_in_at is not None
        and not is_closed(plan)
        and _sees(actor, plan, known)
    )


def may_review(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """Its owner or an adviser, when it is under way or decided."""
    under_way = plan.phase == Collaboration.Phase.ONGOING or is_closed(plan)
    return under_way and (
        _owns(actor, plan, known) or (actor.has(Role.ADVISER) and _sees(actor, plan, known))
    )


def visible_shares(actor: Actor) -> QuerySet[Any]:
    """At home: what has been shared of the plans one sees."""
    shares = Share.unguarded.filter(collaboration__in=visible_collaborations(actor))
    return shares.select_related("recipient", "shared_by", "withdrawn_by")


def visible_copies(actor: Actor) -> QuerySet[Any]:
    """There: copies for a role one has at the organisation they were shared with."""
    audiences = [audience for audience, roles in READERS_OF.items() if actor.has(*roles)]
    copies = SharedCopy.unguarded.filter(recipient_id=actor.organisation_id, audience__in=audiences)
    return copies.select_related("sender", "sent_by", "withdrawn_by")


def visible_agreements(actor: Actor) -> QuerySet[Any]:
    """The organisation's list for those who prepare and decide; and those one is responsible for."""
    seen = Q(owner_id=actor.user_id)
    if actor.has(*READERS):
        seen |= Q(pk__isnull=False)
    found = Agreement.unguarded.filter(seen, organisation_id=actor.organisation_id)
    return found if actor.has(*AT_HOME) else found.none()


def may_import(actor: Actor, organisation: Organisation) -> bool:
    """An adviser or the contact point, for their own organisation."""
    return actor.has(Role.ADVISER, Role.CONTACT_POINT) and actor.organisation_id == organisation.pk


def may_plan_agreement(actor: Actor, agreement: Agreement) -> bool:
    """Whoever sees it and may describe plans, once."""
    return (
        agreement.plan_id is None
        and may_begin(actor)
        and visible_agreements(actor).filter(pk=agreement.pk).exists()
    )


def may_share(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """Its owner, and the contact point."""
    return _owns(actor, plan, known) or (actor.has(Role.CONTACT_POINT) and _sees(actor, plan, known))


def may_withdraw_share(actor: Actor, shared: Share) -> bool:
    """Whoever may share the plan, until it is done."""
    return shared.withdrawn_at is None and may_share(actor, shared.collaboration)


def due_for_review(actor: Actor, today: date) -> list[tuple[Collaboration, date, bool]]:
    """Own plans whose day has come, and for advisers every plan whose day was missed; with the day."""
    seen = visible_collaborations(actor)
    waiting = FollowUp.unguarded.filter(
        cancelled_at=None, review=None, due_on__lte=today, collaboration__in=seen
    )
    first = {one.collaboration_id: one.due_on for one in waiting.order_by("-due_on")}
    late = [key for key, day in first.items() if actor.has(Role.ADVISER) and day < today - LATE]
    mine = Q(owner_id=actor.user_id) & (Q(review_on__lte=today) | Q(pk__in=first))
    found = [(plan, first.get(plan.pk) or plan.review_on) for plan in seen.filter(mine | Q(pk__in=late))]
    return [(plan, day, day < today - LATE) for plan, day in found]


def colleagues(plan: Collaboration) -> QuerySet[Any]:
    """Who can own a plan of that organisation: those who work with collaborations there today."""
    there = Membership.unguarded.today().filter(organisation_id=plan.organisation_id, role__in=AT_HOME)
    return there.exclude(person_id=plan.owner_id)


def may_pass_on(actor: Actor, plan: Collaboration, known: Standing | None = None) -> bool:
    """Its owner; an adviser when it has been handed in; the operator for someone who has already left."""
    advises = actor.has(Role.ADVISER) and _sees(actor, plan, known)
    return actor.system or _owns(actor, plan, known) or advises


# --- Partners and lists --------------------------------------------------------------------------------


def visible_partners(actor: Actor) -> QuerySet[Any]:
    """Those of the plans one sees."""
    plans = visible_collaborations(actor).values("pk")
    return Partner.unguarded.filter(collaboration__in=plans).select_related("collaboration__organisation")


def visible_screenings(actor: Actor) -> QuerySet[Any]:
    """Those of the plans one sees, with their hits and what was concluded; the newest first."""
    found = Screening.unguarded.filter(collaboration__in=visible_collaborations(actor).values("pk"))
    return found.select_related("screened_by").prefetch_related("hits__verdicts__judged_by")


def may_screen(actor: Actor, partner: Partner) -> bool:
    """Whoever sees the plan, also when it has been decided; and the job that follows a changed list."""
    return actor.system or visible_partners(actor).filter(pk=partner.pk).exists()


def may_judge(actor: Actor, partner: Partner) -> bool:
    """Whoever sees the plan; the verdict stands with their name."""
    return bool(actor.user_id) and visible_partners(actor).filter(pk=partner.pk).exists()


def visible_alerts(actor: Actor) -> QuerySet[Any]:
    """One's own, for the organisation one acts for."""
    return ListAlert.unguarded.filter(
        person_id=actor.user_id, organisation_id=actor.organisation_id
    ).select_related("version__source")


def may_read(actor: Actor, alert: ListAlert) -> bool:
    """Whom it was made for."""
    return (alert.person_id, alert.organisation_id) == (actor.user_id, actor.organisation_id)


def may_follow(actor: Actor, version: ListVersion) -> bool:
    """A job or the command line, when the version changed something."""
    return actor.system and version.follows_id is not None
