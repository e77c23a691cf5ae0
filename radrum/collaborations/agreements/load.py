"""Compare a file of agreements with those there are, and import it whole or not at all."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from radrum.accounts.models import Membership, Organisation
from radrum.cases.receive import digest
from radrum.collaborations import policy
from radrum.collaborations.agreements.read import Row, read
from radrum.collaborations.describe import begin
from radrum.collaborations.models import Agreement, Collaboration
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation

FIELDS = (
    "partner",
    "country",
    "title",
    "kind",
    "signed_on",
    "expires_on",
    "review_on",
    "owner_email",
    "unit",
    "file_reference",
)


class Line(NamedTuple):
    """What importing a row would do: add an agreement, change some fields of one, or nothing."""

    row: Row
    there: Agreement | None
    changes: list[str]
    has_account: bool


def mark(text: str) -> str:
    """A mark of the file, to compare with what was looked at; a browser changes the ends of lines."""
    return digest(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").splitlines())


def compare(actor: Actor, rows: list[Row]) -> list[Line]:
    """Each row beside the agreement it is, if that is there."""
    there = {_key(one): one for one in policy.visible_agreements(actor)}
    accounts = _accounts(actor.organisation_id, rows)
    return [
        Line(row, one, _changes(row, one) if one else [], row.owner_email in accounts)
        for row in rows
        for one in [there.get(row.key)]
    ]


def _key(agreement: Agreement) -> tuple[str, str, Any]:
    return agreement.title.casefold(), agreement.partner.casefold(), agreement.signed_on


def _changes(row: Row, there: Agreement) -> list[str]:
    return [name for name in FIELDS if getattr(row, name) != getattr(there, name)]


def _accounts(organisation_id: Any, rows: list[Row]) -> dict[str, int]:
    """Those of the owners who have a role at the organisation today; nobody else is ever written to."""
    emails = {row.owner_email for row in rows if row.owner_email}
    members = Membership.unguarded.today().filter(organisation_id=organisation_id, person__email__in=emails)
    return dict(members.values_list("person__email", "person_id"))


@operation("agreements.imported", allowed=policy.may_import)
def import_agreements(actor: Actor, organisation: Organisation, *, rows: str, seen: str = "") -> list[Line]:
    """Add and change agreements as the file says, all of it or nothing; those not in the file stay.

    Refuses a file with any fault, and one that is not what was looked at (`seen`, its `mark`).
    """
    if seen != mark(rows):
        raise Refused(
            _("This is not the list you looked at. Nothing has been imported; look through it once more.")
        )
    table = read(rows)
    if table.faults:
        raise Refused(_("The list has errors. Nothing has been imported."))
    lines, accounts = compare(actor, table.rows), _accounts(organisation.pk, table.rows)
    for line in lines:
        values = {name: getattr(line.row, name) for name in FIELDS}
        values |= {"changed_by_id": actor.user_id, "owner_id": accounts.get(line.row.owner_email)}
        if line.there is None:
            Agreement.unguarded.create(organisation=organisation, **values)
        elif line.changes or line.there.owner_id != values["owner_id"]:
            _change(line.there, values, line.changes)
    return lines


def _change(agreement: Agreement, values: dict[str, Any], changes: list[str]) -> None:
    for name, value in values.items():
        setattr(agreement, name, value)
    if "expires_on" in changes:
        agreement.expiry_told_on = None
    if "review_on" in changes:
        agreement.review_told_on = None
    agreement.save()


@operation("agreement.planned", allowed=policy.may_plan_agreement)
def plan_agreement(actor: Actor, /, agreement: Agreement, **fields: Any) -> Collaboration:
    """Describe a plan from an agreement, which from now on leads to it."""
    plan = begin(actor, **fields)
    agreement.plan, agreement.changed_by_id = plan, actor.user_id
    agreement.save()
    return plan
