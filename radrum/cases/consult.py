"""Gate: desk → agency. An agency is asked with an extract; it never sees the case, nor who else is asked."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.models import Organisation
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.models import Case, Consultation, Dossier
from radrum.cases.receive import digest
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import look_over


def extract(dossier: Dossier, chosen: list[str]) -> list[dict[str, Any]]:
    """The chosen passages of the frozen dossier, copied. An unknown key is refused."""
    known = {passage["key"] for passage in dossier.passages}
    if not set(chosen) <= known:
        raise Refused(_("A chosen passage is not in the dossier. Look through your choice once more."))
    return [dict(passage) for passage in dossier.passages if passage["key"] in chosen]


@operation("case.consulted", allowed=policy.may_consult)
def consult(
    actor: Actor,
    case: Case,
    *,
    agency: Organisation,
    question: str,
    chosen: list[str],
    due_on: date,
    confirmed: str = "",
) -> Consultation:
    """Ask one agency about an extract. Each agency is asked on its own, in words of its own."""
    if not policy.agencies().filter(pk=agency.pk).exists():
        raise Refused(_("Choose an agency that has experts in rådrum."))
    if due_on < timezone.localdate():
        raise Refused(_("The last day must be today or later."))
    if Consultation.unguarded.filter(case=case, agency=agency, withdrawn_at=None).exists():
        raise Refused(_("This agency has already been asked. Withdraw the first question to ask another."))
    look_over([question], confirmed=confirmed)
    passages = extract(case.dossier, chosen)
    consultation = Consultation.unguarded.create(
        case=case,
        agency=agency,
        question=question,
        passages=passages,
        digest=digest(passages),
        asked_by_id=actor.user_id,
        due_on=due_on,
    )
    notify.tell_roles(
        agency.pk,
        [Role.AGENCY_EXPERT],
        "consultation_asked",
        reference=consultation.address,
        path=f"/consultations/{consultation.address}/",
    )
    return consultation


@operation("consultation.withdrawn", allowed=policy.may_withdraw_consultation)
def withdraw_consultation(actor: Actor, consultation: Consultation) -> None:
    """The agency need not answer any more, and no longer sees the extract."""
    if hasattr(consultation, "opinion"):
        raise Refused(_("The agency has already answered."))
    consultation.withdrawn_at = timezone.now()
    consultation.save(update_fields=["withdrawn_at"])
