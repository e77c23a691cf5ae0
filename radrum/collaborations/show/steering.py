"""The steering group's part of the page: what was lifted, which goals conflict, and what the group holds."""

from typing import Any

from django.utils.translation import gettext as _

from radrum.collaborations.models import Collaboration, GoalConflict, Position, Referral
from radrum.core.days import day


def _weighs(conflict: GoalConflict, position: Position) -> str:
    """The position in words that name the goal."""
    goals = {
        Position.Weight.ONE: conflict.get_one_display(),
        Position.Weight.OTHER: conflict.get_other_display(),
    }
    goal = goals.get(Position.Weight(position.weight))
    words = _("%(goal)s weighs more") % {"goal": goal} if goal else str(position.get_weight_display())
    return words[:1].upper() + words[1:]


def _conflict(conflict: GoalConflict) -> dict[str, str]:
    title = _("%(one)s against %(other)s") % {
        "one": conflict.get_one_display(),
        "other": conflict.get_other_display(),
    }
    return {"title": title[:1].upper() + title[1:], "text": conflict.at_stake}


def _views(referral: Referral) -> list[dict[str, Any]]:
    views = referral.views.select_related("given_by").prefetch_related("positions__conflict")
    return [
        {
            "text": view.text,
            "whole": view.returns,
            "positions": [
                {"title": _conflict(p.conflict)["title"], "word": _weighs(p.conflict, p)}
                for p in view.positions.all()
            ],
            "source": (
                _("The steering group, through %(name)s, %(day)s.")
                if view.returns
                else _("%(name)s, member of the steering group, %(day)s.")
            )
            % {"name": view.given_by, "day": day(view.given_at)},
        }
        for view in views
    ]


def steering_of(plan: Collaboration) -> list[dict[str, Any]]:
    """Everything that was lifted, the latest last."""
    found = []
    for referral in plan.referrals.select_related("lifted_by").prefetch_related("conflicts"):
        views = _views(referral)
        source = _("Lifted by %(name)s, %(day)s.") % {
            "name": referral.lifted_by,
            "day": day(referral.lifted_at),
        }
        found.append(
            {
                "question": referral.question,
                "conflicts": [_conflict(conflict) for conflict in referral.conflicts.all()],
                "views": views,
                "waits": ""
                if any(view["whole"] for view in views)
                else _("The steering group has not returned it yet."),
                "source": source,
            }
        )
    return found


def as_grounds(plan: Collaboration) -> list[dict[str, str]]:
    """The group's views for whoever decides, each with its positions first."""
    return [
        {
            "title": _("The steering group's view"),
            "text": "\n".join([*(f"{p['title']}: {p['word']}" for p in view["positions"]), "", view["text"]]),
            "source": view["source"],
        }
        for referral in steering_of(plan)
        for view in referral["views"]
    ]
