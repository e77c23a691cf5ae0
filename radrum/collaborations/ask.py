"""Gate: institution → desk. A dossier is a chosen, frozen copy; what was not chosen stays at home.

A security question is accepted only with the organisation's own preparation attached (product rule 3): the
advice always goes with it.
"""

from django.utils.translation import gettext as _

from radrum.cases.receive import digest, receive
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Enquiry
from radrum.collaborations.passages import Passage, passages, picked
from radrum.core.actor import Actor
from radrum.core.operation import Stale, operation
from radrum.guidance.wording import look_over


def mark(subject: str, question: str, chosen: list[Passage]) -> str:
    """A mark of exactly what would be sent, to compare with what its sender has looked at."""
    return digest([subject, question, *([passage.label, passage.text] for passage in chosen)])


def chosen_passages(plan: Collaboration, keys: list[str]) -> list[Passage]:
    """What is sent with the question: the chosen passages, and those that always go along."""
    return picked(passages(plan), keys)


@operation("collaboration.asked", allowed=policy.may_ask)
def ask(
    actor: Actor,
    plan: Collaboration,
    *,
    subject: str,
    question: str,
    chosen: list[str],
    seen: str | None = None,
    confirmed: str = "",
) -> Enquiry:
    """Send the question with the chosen passages to the national desk, which registers it at once.

    `seen` is the `mark` of what the sender has looked at; raises `Stale` when what would be sent is something
    else, for it cannot be taken back (TF 2:9).
    """
    dossier = chosen_passages(plan, chosen)
    if seen is not None and seen != mark(subject, question, dossier):
        raise Stale(
            _("This is not what you looked at. Nothing has been sent; look through it once more."), plan
        )
    look_over([subject, question, *(passage.text for passage in dossier)], confirmed=confirmed)
    case = receive(
        actor,
        plan.organisation,
        subject=subject,
        question=question,
        passages=[{"key": p.key, "label": p.label, "text": p.text} for p in dossier],
        left_out=len(passages(plan)) - len(dossier),
        on_behalf_of=plan.owner,
    )
    return Enquiry.unguarded.create(collaboration=plan, case=case, asked_by_id=actor.user_id)
