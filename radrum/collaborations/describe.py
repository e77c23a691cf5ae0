"""Describe a collaboration: kind, partners, countries, field, funding, dates, why it is worth doing."""

from typing import Any

from django.utils.translation import gettext as _

from radrum.accounts.keep import someone_saved
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Partner
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation

FIELDS = (
    "title",
    "kind",
    "phase",
    "summary",
    "worth_doing",
    "field",
    "funding",
    "starts_on",
    "ends_on",
    "review_on",
)


def _fill(plan: Collaboration, fields: dict[str, Any]) -> None:
    starts_on, ends_on = fields.get("starts_on"), fields.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("The last day comes before the first day."))
    if fields.get("phase") == Collaboration.Phase.ONGOING and not fields.get("review_on"):
        raise Refused(_("Say when a collaboration that is already under way should be reviewed."))
    if "review_on" in fields and fields["review_on"] != plan.review_on:
        plan.reminded_on = None
    for name in FIELDS:
        if name in fields:
            setattr(plan, name, fields[name])


def _set_partners(plan: Collaboration, partners: list[tuple[str, str]]) -> None:
    """Keep the rows that are unchanged, so that what later hangs on a partner stays."""
    before = {(partner.name, partner.country): partner for partner in plan.partners.all()}
    wanted = list(dict.fromkeys(partners))
    for key, partner in before.items():
        if key not in wanted:
            partner.delete()
    for order, (name, country) in enumerate(wanted):
        if (name, country) in before:
            Partner.unguarded.filter(pk=before[name, country].pk).update(order=order)
        else:
            Partner.unguarded.create(collaboration=plan, name=name, country=country, order=order)


@operation("collaboration.begun", allowed=policy.may_begin)
def begin(actor: Actor, /, *, partners: list[tuple[str, str]], **fields: Any) -> Collaboration:
    """Describe a new collaboration; the actor becomes its owner. Only they see it until it is handed in."""
    plan = Collaboration(
        organisation_id=actor.organisation_id,
        owner_id=actor.user_id,
        described_by_id=actor.user_id,
        changed_by_id=actor.user_id,
    )
    _fill(plan, fields)
    plan.save()
    _set_partners(plan, partners)
    return plan


@operation("collaboration.described", allowed=policy.may_describe)
def describe(
    actor: Actor, /, plan: Collaboration, *, version: int, partners: list[tuple[str, str]], **fields: Any
) -> Collaboration:
    """Change the description. Raises `Stale` when somebody saved after `version` was read."""
    if version != plan.version:
        raise someone_saved(plan)
    _fill(plan, fields)
    plan.changed_by_id = actor.user_id
    plan.version = version + 1
    plan.save()
    _set_partners(plan, partners)
    return plan
