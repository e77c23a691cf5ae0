"""The time line, where the plan stands, and what this actor may do next."""

from typing import Any

from django.utils.translation import gettext as _

from radrum.cases.models import Case
from radrum.collaborations import policy
from radrum.collaborations.models import (
    Collaboration,
    Enquiry,
    is_closed,
    part,
)
from radrum.collaborations.policy import Standing
from radrum.collaborations.show.words import url
from radrum.core.actor import Actor
from radrum.core.days import day


def _step(
    title: str, anchor: str, moment: Any, who: Any, *, waits: str = "", now: bool = False
) -> dict[str, Any]:
    state = "done" if moment else "now" if now else "next"
    return {"title": title, "anchor": anchor, "when": moment or waits, "who": str(who or ""), "state": state}


def time_line(plan: Collaboration, enquiry: Enquiry | None, case: Case | None) -> list[dict[str, Any]]:
    """Every step with when and who; the first that is not done is where the plan is now."""
    assessment = part(plan, "assessment")
    advice = plan.advice.select_related("adviser").first()
    statement = part(case, "statement") if case else None  # type: ignore[arg-type]
    finished = assessment.finished_at if assessment else None
    steps = [
        _step(_("Description"), "plan", plan.described_at, plan.described_by),
        _step(_("Assessment"), "assessment", finished, assessment.changed_by if finished else ""),
        _step(_("Handing in"), "advice", plan.handed_in_at, plan.handed_in_by),
        _step(_("Preparation at home"), "advice", advice and advice.given_at, advice and advice.adviser),
    ]
    for referral in plan.referrals.select_related("lifted_by").prefetch_related("views__given_by"):
        steps.append(
            _step(_("Lifted to the steering group"), "steering", referral.lifted_at, referral.lifted_by)
        )
        back = next((view for view in referral.views.all() if view.returns), None)
        steps.append(
            _step(_("The steering group's view"), "steering", back and back.given_at, back and back.given_by)
        )
    if enquiry and case:
        promised = _("promised by %(day)s") % {"day": day(case.promised_on)}
        steps.append(_step(_("Question"), "question", enquiry.asked_at, enquiry.asked_by))
        sent = statement and statement.sent_at
        steps.append(
            _step(_("Statement"), "statement", sent, statement and statement.signed_by, waits=promised)
        )
    steps += [
        _step(_("Decision"), "decision", made.decided_at, made.decided_by) for made in plan.decisions.all()
    ]
    if not is_closed(plan):
        steps.append(_step(_("Decision"), "decision", None, ""))
    steps += [
        _step(_("Review"), "follow-up", review.reviewed_at, review.reviewed_by)
        for review in plan.reviews.select_related("reviewed_by")
    ]
    coming = plan.follow_ups.filter(cancelled_at=None, review=None).first()
    if coming:
        steps.append(_step(_("Next follow-up"), "follow-up", None, "", waits=day(coming.due_on)))
    elif plan.review_on:
        steps.append(_step(_("Next review"), "follow-up", None, "", waits=day(plan.review_on)))
    for step in steps:
        if step["state"] == "next":
            step["state"] = "now"
            break
    return steps


def where_it_stands(steps: list[dict[str, Any]], case: Case | None) -> str:
    """One sentence on what the plan waits for."""
    done = {step["anchor"]: step["state"] == "done" for step in steps}
    titles = [step["title"] for step in steps if step["state"] == "now"]
    if done.get("decision"):  # the last step of that name
        return _("It has been decided.")
    if case and case.status != Case.Status.ANSWERED:
        return _("It waits for the desk's statement, promised by %(day)s.") % {"day": day(case.promised_on)}
    return _("Next step: %(step)s.") % {"step": titles[0].lower()} if titles else ""


def actions(actor: Actor, plan: Collaboration, known: Standing) -> list[dict[str, str]]:
    """What this actor may do with the plan now, the most important first."""
    ready = known.advised and not policy.waits_for_the_desk(known.case)
    weigh = _("Change the assessment") if part(plan, "assessment") else _("Weigh the plan")
    possible = [
        (ready and policy.may_decide(actor, plan, known), "decide", _("Decide")),
        (policy.may_ask(actor, plan, known), "ask", _("Ask the national function")),
        (policy.may_steer(actor, plan, known), "steer", _("Give the steering group's view")),
        (policy.may_prepare(actor, plan, known), "prepare", _("Give advice")),
        (policy.may_hand_in(actor, plan, known), "hand_in", _("Hand in for preparation")),
        (policy.may_assess(actor, plan, known), "assess", weigh),
        (not ready and policy.may_decide(actor, plan, known), "decide", _("Decide")),
        (policy.may_lift(actor, plan, known), "lift", _("Lift to the steering group")),
        (policy.may_review(actor, plan, known), "review", _("Look back")),
        (policy.may_review(actor, plan, known), "move", _("Change the days for following up")),
        (policy.may_describe(actor, plan, known), "describe", _("Change the description")),
        (policy.may_share(actor, plan, known), "share", _("Share with another organisation")),
        (policy.may_pass_on(actor, plan, known), "pass_on", _("Let a colleague take over")),
    ]
    return [{"name": name, "label": label, "url": url(plan, name)} for may, name, label in possible if may]


SECTIONS = {
    "plan": ("describe",),
    "assessment": ("assess",),
    "advice": ("prepare", "hand_in"),
    "steering": ("steer", "lift"),
    "question": ("ask",),
    "decision": ("decide",),
    "follow_up": ("review",),
    "days": ("move",),
    "shared": ("share",),
}
