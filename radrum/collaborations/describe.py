"""Describe a collaboration: kind, partners, countries, field, funding, dates, why it is worth doing."""

from typing import Any

from django.utils.translation import gettext as _

from radrum.accounts.keep import someone_saved
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Partner
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import look_over

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
    """Keep the rows of the same organisations: what hangs on a partner stays when a country is mended."""
    wanted = list(dict.fromkeys(partners))
    before: dict[str, list[Partner]] = {}
    for partner in plan.partners.all():
        before.setdefault(partner.name, []).append(partner)
    kept = []
    for order, (name, country) in enumerate(wanted):
        same = before.get(name, [])
        exact = next((partner for partner in same if partner.country == country), None)
        free = [p for p in same if (name, p.country) not in wanted]
        partner = exact or (free[0] if free else Partner(collaboration=plan, name=name))
        if partner in same:
            same.remove(partner)
        partner.country, partner.order = country, order
        partner.save()
        kept.append(partner.pk)
    for partner in plan.partners.exclude(pk__in=kept):
        partner.delete()


def _look_over(plan: Collaboration, partners: list[tuple[str, str]], fields: dict[str, Any]) -> None:
    """Others read the plan at once: what is new in it is looked at before it leaves its author."""
    known = {partner.name for partner in plan.partners.all()}
    new = [name for name, _country in partners if name not in known]
    texts = {name: value for name, value in fields.items() if name in FIELDS and isinstance(value, str)}
    new += [value for name, value in texts.items() if value != getattr(plan, name)]
    look_over(new, confirmed=fields.get("confirmed", ""))


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
    if plan.handed_in_at:
        _look_over(plan, partners, fields)
    _fill(plan, fields)
    plan.changed_by_id = actor.user_id
    plan.version = version + 1
    plan.save()
    _set_partners(plan, partners)
    return plan
