"""An agency's opinion on the extract it was sent, and how it agrees to be named."""

from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.cases import policy
from radrum.cases.models import Consultation, Opinion
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


@operation("consultation.answered", allowed=policy.may_opine)
def give_opinion(
    actor: Actor, consultation: Consultation, *, text: str, naming: str, not_examined: str = ""
) -> Opinion:
    """Give the opinion, once. Whoever asked is told, and the lead; nobody outside the desk is."""
    if Opinion.unguarded.filter(consultation=consultation).exists():
        raise Refused(_("Your agency has already answered."))
    refuse_what_must_not_be_sent([text, not_examined])
    opinion = Opinion.unguarded.create(
        consultation=consultation,
        text=text,
        not_examined=not_examined,
        naming=naming,
        signed_by_id=actor.user_id,
    )
    notify.tell_roles(
        policy.national().pk,
        [Role.DESK_LEAD],
        "opinion_given",
        reference=consultation.address,
        path=reverse("cases:consultation", args=[consultation.address]),
        also=[consultation.asked_by_id],
    )
    return opinion
