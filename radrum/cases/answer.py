"""Gate: desk → asker. The statement is returned; how it was made stays at the desk."""

from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.models import Case, Statement
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


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
    refuse_what_must_not_be_sent([text, not_examined])
    case.status = Case.Status.ANSWERED
    case.save(update_fields=["status"])
    statement = Statement.unguarded.create(
        case=case, text=text, not_examined=not_examined, signed_by_id=actor.user_id
    )
    readers: list[str] = [
        Role.CONTACT_POINT,
        Role.DECISION_MAKER,
    ]  # whoever has the role when the mail leaves
    path, also = f"{reverse('room')}#questions", [case.on_behalf_of_id]
    notify.tell_roles(case.asker_id, readers, "case_answered", reference=case.reference, path=path, also=also)
    return statement
