"""Addresses and short sentences that every part of the page uses."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.accounts.roles import Role
from radrum.collaborations import policy
from radrum.collaborations.models import (
    Collaboration,
    decision_in_force,
    part,
)
from radrum.core.actor import Actor


def url(plan: Collaboration, step: str = "plan") -> str:
    """The address of the plan, or of one step of it."""
    return reverse(f"collaborations:{step}", args=[plan.pk])


def promise() -> str:
    """How soon the desk answers."""
    return ngettext(
        "An answer is promised within %(n)d working day.",
        "An answer is promised within %(n)d working days.",
        settings.ANSWER_DAYS,
    ) % {"n": settings.ANSWER_DAYS}


def decision_words(actor: Actor) -> str:
    """Who decides, before it is done."""
    people = [
        str(holder.person) for holder in policy.holders(actor, Role.DECISION_MAKER).select_related("person")
    ]
    if not people:
        return _("Nobody at your organisation has the role of decision maker yet.")
    return _("Made by %(names)s under the delegation order, with reasons.") % {
        "names": get_text_list(people, _("or"))
    }


def brief_state(plan: Collaboration) -> str:
    """Where it stands, from the plan itself."""
    assessment, decision = part(plan, "assessment"), decision_in_force(plan)
    if decision:
        outcome = str(decision.get_outcome_display())
        return _("Decided: %(outcome)s") % {"outcome": outcome[0].lower() + outcome[1:]}
    if plan.handed_in_at:
        return _("Handed in")
    if assessment and assessment.finished_at:
        return _("Assessed, not handed in")
    return _("Being described")
