"""Triage: who handles the case, how urgent it is, and who inside the desk may read it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.keep import someone_saved
from radrum.accounts.models import User
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.models import Case, Handling
from radrum.cases.sort import sort, sorted_under
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


def _refuse_if_it_cannot(actor: Actor, case: Case, officer: User, access: str) -> None:
    if case.status == Case.Status.ANSWERED:
        raise Refused(_("This case has been answered; nothing more is handed out."))
    if not policy.officers(actor).filter(person=officer).exists():
        raise Refused(_("Choose someone who works at the desk today."))
    if access == Handling.Access.RESTRICTED and officer.pk != actor.user_id and not actor.has(Role.DESK_LEAD):
        raise Refused(_("Only the lead can restrict a case to someone else."))


@operation("case.triaged", allowed=policy.may_triage)
def triage(
    actor: Actor,
    case: Case,
    *,
    officer: User,
    kind: str = "",
    access: str = Handling.Access.OPEN,
    urgent: bool = False,
    secrecy_ground: str = "",
    note: str = "",
    topics: list[str] | None = None,
    version: int | None = None,
) -> Handling:
    """Hand the case to an officer; may be done again until it is answered. `version` is 0 the first time."""
    _refuse_if_it_cannot(actor, case, officer, access)
    handling = Handling.unguarded.select_for_update().filter(case=case).first()
    if version is not None and version != (handling.version if handling else 0):
        raise someone_saved(handling)
    handling = handling or Handling(case=case, version=0)
    handling.officer, handling.access, handling.urgent = officer, access, urgent
    handling.secrecy_ground, handling.note = secrecy_ground, note
    handling.triaged_by_id = actor.user_id
    handling.version += 1
    handling.save()
    case.kind = kind or case.kind
    if case.status == Case.Status.RECEIVED:
        case.status = Case.Status.TRIAGED
    case.save(update_fields=["status", "kind"])
    if topics is not None and topics != sorted_under(actor, case):
        sort(actor, case, topics=topics)
    if officer.pk != actor.user_id:
        path = reverse("cases:case", args=[case.pk])
        notify.tell_person(officer.pk, "case_given", reference=case.reference, path=path)
    return handling
