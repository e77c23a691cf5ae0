"""My room: what waits for me, from every package I work with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts.policy import visible_substitutions
from radrum.accounts.roles import Role
from radrum.cases import policy as desk
from radrum.cases import show as case_page
from radrum.cases.models import Case
from radrum.collaborations import policy as plans
from radrum.collaborations import show as plan_page
from radrum.collaborations.models import FINAL
from radrum.community import show as meetings
from radrum.core.actor import Actor
from radrum.guidance import policy as guidelines
from radrum.guidance.models import ChangeProposal
from radrum.knowledge import policy as pages
from radrum.monitoring import show as news
from radrum.programme import policy as figures
from radrum.programme import show as figures_page
from radrum.programme.publish import to_publish

MOST_WAITING = 200  # plans looked through for what waits
MOST = 8  # rows of each list; the whole list is a click away


def _waiting_plans(actor: Actor) -> list[dict[str, Any]]:
    """What has waited longest comes first."""
    undecided = plans.visible_collaborations(actor).exclude(decisions__outcome__in=FINAL)
    found = list(undecided.order_by("changed_at")[:MOST_WAITING])
    known = plans.standings(actor, found)
    waiting = []
    for plan in found:
        steps = {action["name"]: action for action in plan_page.actions(actor, plan, known[plan.pk])}
        if due := _due(actor, plan, known[plan.pk], steps):
            row = {"title": plan.title, "url": steps[due]["url"], "text": steps[due]["label"]}
            waiting.append({**row, "when": plan.changed_at})
    return waiting + _look_backs(actor)


def _look_backs(actor: Actor) -> list[dict[str, Any]]:
    """What the actor's own plans should be looked at for today, and what advisers see has been missed."""
    due = plans.due_for_review(actor, timezone.localdate())
    known = plans.standings(actor, [plan for plan, _day, _missed in due])
    return [
        {
            "title": plan.title,
            "url": plan_page.url(plan, "review") if plan.owner_id == actor.user_id else plan_page.url(plan),
            "text": _("Missed follow-up") if missed else _("Look back"),
            "when": day,
        }
        for plan, day, missed in due
        if plans.may_review(actor, plan, known[plan.pk])
    ]


def _due(actor: Actor, plan: Any, known: plans.Standing, steps: dict[str, Any]) -> str:
    """The step that waits for this person: asking only when suggested, deciding only when it is ready."""
    waits = {
        "decide": known.advised and not plans.waits_for_the_desk(known.case) and not plan.decisions.all(),
        "ask": known.suggested and known.enquiry is None,
        "steer": not known.has_view,
        "prepare": not known.advised or known.came_back,
        "hand_in": True,
        "assess": plan.owner_id == actor.user_id and not plan.handed_in_at,
    }
    return next((name for name, due in waits.items() if due and name in steps), "")


def _waiting_cases(actor: Actor) -> list[dict[str, Any]]:
    if not desk.is_desk(actor):
        return []
    cases = desk.visible_cases(actor).exclude(status=Case.Status.ANSWERED)
    written = desk.visible_drafts(actor).filter(case__in=cases).exclude(changed_by_id=actor.user_id)
    to_read = set(written.values_list("case_id", flat=True))
    handled = {h.case_id: h for h in desk.visible_handlings(actor).filter(case__in=cases)}
    own = [c for c in cases if c.pk not in handled or handled[c.pk].officer_id == actor.user_id]
    second = [
        {
            "title": case.subject,
            "url": reverse("cases:answer", args=[case.pk]),
            "text": _("%(reference)s. A colleague has written the statement: read and send it.")
            % {"reference": case.reference},
            "when": case.promised_on,
        }
        for case in cases
        if case.pk in to_read
    ]
    mine = [case for case in own if case.pk not in to_read]
    return second[:MOST] + [
        {
            "title": case.subject,
            "url": reverse("cases:case" if case.pk in handled else "cases:triage", args=[case.pk]),
            "text": f"{case.reference}. {case_page.promised_in(case)}",
            "when": case.promised_on,
        }
        for case in mine[:MOST]
    ]


def _waiting_consultations(actor: Actor) -> list[dict[str, Any]]:
    waiting = desk.visible_consultations(actor).filter(opinion=None) if desk.is_expert(actor) else []
    rows = [case_page.consultation_row(one) for one in waiting]
    return [
        {"title": row["title"], "url": row["url"], "text": row["state"], "when": row["due"]} for row in rows
    ]


def _waiting_texts(actor: Actor) -> list[dict[str, Any]]:
    """For editors: drafts that others have written, to read and publish, and proposals to decide on."""
    waiting = [
        {
            "title": draft.title,
            "url": reverse("wagtailadmin_pages:edit", args=[draft.pk]),
            "text": _("Draft: read it, and publish it."),
            "when": draft.latest_revision_created_at,
        }
        for draft in pages.drafts_to_publish(actor)[:MOST]
    ]
    proposed = guidelines.visible_proposals(actor).filter(state=ChangeProposal.State.PROPOSED)[:MOST]
    return waiting + [
        {
            "title": _("Change to aspect %(number)s") % {"number": one.aspect},
            "url": reverse("guidance:proposal", args=[one.pk]),
            "text": _("Accept it for the next edition, or decline it."),
            "when": one.proposed_at,
        }
        for one in proposed
        if guidelines.may_decide(actor, one)
    ]


def _my_plans(actor: Actor) -> dict[str, Any]:
    own = plans.visible_collaborations(actor).filter(owner_id=actor.user_id)[:MOST]
    new = {"label": _("Describe a collaboration"), "url": reverse("collaborations:new")}
    return {
        "id": "plans",
        "title": _("My collaborations"),
        "rows": [plan_page.row(actor, plan) for plan in own],
        "empty": _("Nothing here yet. Describe a collaboration you plan, or one that is under way."),
        "empty_action": new,
        "more": {"label": _("All collaborations you may see"), "url": reverse("collaborations:list")},
    }


def _my_questions(actor: Actor) -> dict[str, Any]:
    cases = desk.visible_cases(actor).order_by("-received_at")[:MOST]
    return {
        "id": "questions",
        "title": _("Questions to the national function"),
        "rows": [
            {
                "title": case.subject,
                "url": reverse("cases:case", args=[case.pk]),
                "text": f"{case.reference}. {case_page.plain_status(case)}",
                "when": case.received_at,
            }
            for case in cases
        ],
        "empty": _("No question has been asked. Your contact point asks from the page of a prepared plan."),
    }


def _shared_with_us(actor: Actor) -> dict[str, Any] | None:
    """Copies that other organisations have shared; a funder's officer is told when there are none."""
    copies = [plan_page.copy_row(copy) for copy in plans.visible_copies(actor)[:MOST]]
    if not copies and not actor.has(Role.FUNDER_OFFICER):
        return None
    return {
        "id": "shared",
        "title": _("Shared with us"),
        "rows": [{key: row[key] for key in ("title", "url", "text", "when")} for row in copies],
        "empty": _("Nothing has been shared with you yet. You get a message when it is."),
        "more": {"label": _("All that has been shared"), "url": reverse("collaborations:shared")},
    }


def _waiting_figures(actor: Actor) -> list[dict[str, Any]]:
    """Quarters that have ended and are not published, for whoever publishes them."""
    if not figures.may_publish(actor):
        return []
    return [
        {
            "title": _("Figures: %(period)s") % {"period": figures_page.period_name(quarter.key)},
            "url": f"{reverse('programme:publish')}?period={quarter.key}",
            "text": _("Look at them and publish"),
            "when": quarter.last,
        }
        for quarter in to_publish(timezone.localdate())[:MOST]
    ]


def _my_meetings(actor: Actor) -> list[dict[str, Any]]:
    rows = meetings.mine(actor)
    more = {"label": _("All meetings"), "url": reverse("community:calendar")}
    return [{"id": "meetings", "title": _("Meetings I come to"), "rows": rows, "more": more}] if rows else []


def _cover(actor: Actor) -> str:
    covers = visible_substitutions(actor).today().filter(substitute_id=actor.user_id)
    return " ".join(
        _("You stand in for %(name)s as %(role)s.") % {"name": cover.absent, "role": cover.get_role_display()}
        for cover in covers.filter(organisation_id=actor.organisation_id)
    )


def room(request: HttpRequest) -> HttpResponse:
    """What waits for me, my plans, and where each question stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at_home = actor.has(*plans.AT_HOME)
    sections = [_my_plans(actor), _my_questions(actor)] if at_home else []
    if shared := _shared_with_us(actor):
        sections.append(shared)
    sections += _my_meetings(actor)
    links = []
    if desk.is_desk(actor):
        links.append({"label": _("The desk's queue"), "url": reverse("cases:queue")})
    if actor.has(Role.CONTACT_POINT, Role.DESK_OFFICER, Role.DESK_LEAD, Role.FUNDER_OFFICER):
        away = reverse("accounts:person", args=[actor.user_id])
        links.append({"label": _("I will be away: name a substitute"), "url": away})
    context = {
        "waiting": [
            *plan_page.alert_rows(actor, MOST),
            *_waiting_plans(actor),
            *_waiting_cases(actor),
            *_waiting_consultations(actor),
            *news.waiting(actor),
            *_waiting_figures(actor),
            *_waiting_texts(actor),
        ],
        "sections": sections,
        "substitute": _cover(actor),
        "links": links[:2],
    }
    return render(request, "accounts/room.html", context)
