"""What has been shared: for those at home, and for whoever got a copy."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.collaborations import policy
from radrum.collaborations.models import Audience, Collaboration, Share, SharedCopy
from radrum.core.actor import Actor
from radrum.core.days import day


def audience_words(audience: str) -> str:
    """Who there may read."""
    return str(Audience(audience).label)


def _state(ends_on: Any, withdrawn_at: Any, withdrawn_by: Any) -> str:
    if withdrawn_at:
        return _("Withdrawn by %(name)s, %(day)s.") % {"name": withdrawn_by, "day": day(withdrawn_at)}
    if ends_on and ends_on < timezone.localdate():
        return _("Ended on %(day)s.") % {"day": day(ends_on)}
    if ends_on:
        return _("Can be read until %(day)s.") % {"day": day(ends_on)}
    return _("Can be read until it is withdrawn.")


def _left_out(number: int) -> str:
    return ngettext("%(n)d passage was not shared.", "%(n)d passages were not shared.", number) % {
        "n": number
    }


def share_facts(shared: Share) -> list[dict[str, str]]:
    """With whom, when and what; what was shared is frozen in Swedish."""
    state = _state(shared.ends_on, shared.withdrawn_at, shared.withdrawn_by)
    left_out = _left_out(shared.left_out) if shared.left_out else ""
    return [
        {"label": _("Shared with"), "value": f"{shared.recipient}: {audience_words(shared.audience)}"},
        {"label": _("Subject"), "value": shared.subject},
        {"label": _("Shared by"), "value": f"{shared.shared_by}, {day(shared.shared_at)}"},
        {"label": _("What"), "value": "\n".join(shared.labels), "lang": "sv"},
        {"label": _("Where it stands"), "value": f"{state} {left_out}".strip()},
    ]


def shares_of(actor: Actor, plan: Collaboration) -> list[dict[str, Any]]:
    """Everything that has been shared of the plan, withdrawn or not."""
    shares = list(policy.visible_shares(actor).filter(collaboration=plan))
    for shared in shares:
        shared.collaboration = plan
    return [
        {
            "recipient": str(shared.recipient),
            "facts": share_facts(shared)[1:],
            "withdraw": {
                "label": _("Withdraw"),
                "url": reverse("collaborations:withdraw_share", args=[plan.pk, shared.pk]),
            }
            if policy.may_withdraw_share(actor, shared)
            else None,
        }
        for shared in shares
    ]


def _is_there(copy: SharedCopy) -> bool:
    ended = copy.ends_on is not None and copy.ends_on < timezone.localdate()
    return copy.emptied_at is None and not ended


def copy_row(copy: SharedCopy) -> dict[str, Any]:
    """One line in the recipient's list."""
    there = _is_there(copy)
    return {
        "title": copy.subject if there else _("No longer there"),
        "url": reverse("collaborations:copy", args=[copy.pk]),
        "sender": str(copy.sender),
        "by": str(copy.sent_by),
        "state": _state(copy.ends_on, copy.withdrawn_at, copy.withdrawn_by),
        "when": copy.shared_at,
        "text": str(copy.sender),
    }


def copy_page(copy: SharedCopy) -> dict[str, Any]:
    """The recipient's page: these passages and nothing else, or that it is gone."""
    there = _is_there(copy)
    source = _("%(organisation)s, shared by %(name)s, %(day)s.") % {
        "organisation": copy.sender,
        "name": copy.sent_by,
        "day": day(copy.shared_at),
    }
    context: dict[str, Any] = {
        "source": source,
        "state": _state(copy.ends_on, copy.withdrawn_at, copy.withdrawn_by),
    }
    if not there:
        return {**context, "title": _("No longer there"), "gone": True}
    return {
        **context,
        "title": copy.subject,
        "message": copy.message,
        "passages": copy.passages,
        "left_out": _left_out(copy.left_out) if copy.left_out else _("Nothing was left out."),
        "digest": f"{copy.digest[:4]}…{copy.digest[-4:]}",
    }
