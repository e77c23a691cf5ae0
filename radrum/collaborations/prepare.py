"""Prepare the matter at home: the advisory group's advice."""

from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.collaborations import policy
from radrum.collaborations.models import Advice, Collaboration, text_version
from radrum.core.actor import Actor
from radrum.core.operation import Stale, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


def refuse_unread(plan: Collaboration, version: int | None) -> None:
    """Refuse to judge a text that was changed after it was opened; what was written is kept."""
    if version is not None and version != text_version(plan):
        raise Stale(
            _("The plan changed while you were writing. Read it again, then send; your text is here."),
            plan,
        )


@operation("collaboration.prepared", allowed=policy.may_prepare)
def prepare(
    actor: Actor,
    plan: Collaboration,
    *,
    text: str,
    file_reference: str = "",
    suggests_asking: bool = False,
    version: int | None = None,
) -> Advice:
    """Give advice; more than one adviser may, and an adviser may add to their own.

    `version` is the `text_version` that was read; raises `Stale` when the plan has moved since. If the advice
    suggests to ask the national function the contact point is told, otherwise those who decide.
    """
    refuse_unread(plan, version)
    refuse_what_must_not_be_sent([text])
    advice = Advice.unguarded.create(
        collaboration=plan,
        adviser_id=actor.user_id,
        text=text,
        file_reference=file_reference,
        suggests_asking=suggests_asking,
        on_version=text_version(plan),
    )
    reference, path = f"{plan.pk}", f"/collaborations/{plan.pk}/"
    notify.tell_person(plan.owner_id, "advice_given", reference=reference, path=path)
    next_in_line: list[str] = [Role.CONTACT_POINT if suggests_asking else Role.DECISION_MAKER]
    notify.tell_roles(plan.organisation_id, next_in_line, "plan_prepared", reference=reference, path=path)
    return advice
