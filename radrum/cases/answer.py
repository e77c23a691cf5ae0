"""Gate: desk → asker. The statement is returned; how it was made stays at the desk."""

from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.cases import policy
from radrum.cases.models import Case, Statement
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


@operation("case.answered", allowed=policy.may_answer)
def return_statement(actor: Actor, case: Case, *, text: str, not_examined: str = "") -> Statement:
    """Send the desk's statement; the institution still decides. The second of two officers is told."""
    if case.status == Case.Status.ANSWERED:
        raise Refused(
            _("%(name)s has already answered this case. Your text is still here; it has not been sent.")
            % {"name": Statement.unguarded.get(case=case).signed_by}
        )
    if case.status != Case.Status.TRIAGED:
        raise Refused(_("Triage the case before it is answered."))
    case.status = Case.Status.ANSWERED
    case.save(update_fields=["status"])
    statement = Statement.unguarded.create(
        case=case, text=text, not_examined=not_examined, signed_by_id=actor.user_id
    )
    for person_id in sorted({case.asked_by_id, case.on_behalf_of_id}):
        notify.tell_person(person_id, "case_answered", reference=case.reference, path="/room/")
    return statement
