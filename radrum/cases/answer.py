"""Gate: desk → asker. The statement is returned; opinions stay, and an agency is named only as it agreed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.general import tell_enquirer
from radrum.cases.models import Case, Opinion, Statement, StatementDraft
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


def named_as_agreed(opinion: Opinion) -> dict[str, str] | None:
    """How the agency may stand in the statement, in both languages; None when it may not be mentioned."""
    if opinion.naming == Opinion.Naming.SILENT:
        return None
    if opinion.naming == Opinion.Naming.NAMED:
        agency = opinion.consultation.agency
        return {"sv": agency.name_sv, "en": agency.name_en}
    words = {}
    for language in ("sv", "en"):
        with override(language):
            words[language] = _("An agency that is not named")
    return words


def _views(draft: StatementDraft, opinions: dict[int, Opinion]) -> list[dict[str, Any]]:
    """Differing views in the desk's words, each beside the name its agency agreed to."""
    shown = []
    for view in draft.views:
        opinion = opinions.get(view["opinion"])
        who = named_as_agreed(opinion) if opinion else None
        if who is None:
            raise Refused(
                _("A view is shown from an agency that may not be mentioned. Take it out of the draft.")
            )
        shown.append({"who": who, "text": view["text"]})
    return shown


@operation("case.answered", allowed=policy.may_answer)
def return_statement(actor: Actor, case: Case, *, version: int | None = None) -> Statement:
    """Send the draft that somebody else wrote; the institution still decides. The second of two is told.

    `version` is the one that was read: what is sent is what the sender has seen.
    """
    if case.status == Case.Status.ANSWERED:
        name = Statement.unguarded.get(case=case).signed_by
        raise Refused(_("%(name)s has already answered this case.") % {"name": name})
    draft = StatementDraft.unguarded.filter(case=case).first()
    if draft is None:
        raise Refused(_("Write the statement first; somebody else then reads and sends it."))
    if version is not None and version != draft.version:
        raise Refused(_("The statement was changed while you read it. Read it once more, then send it."))
    if draft.changed_by_id == actor.user_id and policy.needs_second_reader(case):
        raise Refused(_("A second person reads the statement and sends it. Ask a colleague at the desk."))
    consultations = policy.consultations_of(case)
    if not draft.without.strip() and any(not hasattr(one, "opinion") for one in consultations):
        raise Refused(
            _("An agency has not answered yet. Wait, withdraw the question, or write why it goes without.")
        )
    refuse_what_must_not_be_sent([draft.text, draft.not_examined, *(view["text"] for view in draft.views)])
    opinions = {one.opinion.pk: one.opinion for one in consultations if hasattr(one, "opinion")}
    contributors = [named_as_agreed(opinion) for opinion in opinions.values()]
    statement = Statement.unguarded.create(
        case=case,
        text=draft.text,
        not_examined=draft.not_examined,
        contributors=[who for who in contributors if who],
        views=_views(draft, opinions),
        written_by_id=draft.changed_by_id,
        signed_by_id=actor.user_id,
    )
    case.status = Case.Status.ANSWERED
    case.save(update_fields=["status"])
    _tell(case)
    return statement


def _tell(case: Case) -> None:
    """Whoever asked; at an organisation whoever has the role when the mail leaves."""
    if case.asker_id is None:
        tell_enquirer(case, "question_answered")
        return
    readers: list[str] = [Role.CONTACT_POINT, *([] if case.discreet else [Role.DECISION_MAKER])]
    path, also = f"{reverse('room')}#questions", [case.on_behalf_of_id] if case.on_behalf_of_id else []
    notify.tell_roles(case.asker_id, readers, "case_answered", reference=case.reference, path=path, also=also)
