"""Hand the plan in: from now on those who prepare and decide at the organisation see it."""

from django.utils import timezone

from radrum.accounts import notify
from radrum.accounts.roles import Role
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, part
from radrum.core.actor import Actor
from radrum.core.operation import operation
from radrum.guidance.wording import look_over


def texts_of(plan: Collaboration) -> list[str]:
    """Everything that was written about the plan so far."""
    assessment = part(plan, "assessment")
    answers = [answer.text for answer in assessment.answers.all()] if assessment else []
    partners = [partner.name for partner in plan.partners.all()]
    return [plan.title, plan.summary, plan.worth_doing, plan.field, plan.funding, *partners, *answers]


@operation("collaboration.handed_in", allowed=policy.may_hand_in)
def hand_in(actor: Actor, plan: Collaboration, *, confirmed: str = "") -> None:
    """Let the advisory group know that a plan waits for them.

    Its texts leave their author now: markings and identity numbers are refused, doubtful words wait to be
    confirmed.
    """
    look_over(texts_of(plan), confirmed=confirmed)
    plan.handed_in_at = timezone.now()
    plan.handed_in_by_id = actor.user_id
    plan.save(update_fields=["handed_in_at", "handed_in_by", "changed_at"])
    notify.tell_roles(
        plan.organisation_id,
        [Role.ADVISER],
        "plan_handed_in",
        reference=f"{plan.pk}",
        path=f"/collaborations/{plan.pk}/",
    )
