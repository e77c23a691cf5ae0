"""Published figures are everyone's; the evaluator and the lead of the desk publish them."""

from django.db.models import QuerySet

from radrum.accounts.roles import Kind, Role
from radrum.core.actor import Actor
from radrum.programme.models import Publication


def visible_publications(actor: Actor) -> QuerySet[Publication]:
    """Everything that has been published, the newest quarter and the newest count of it first."""
    return Publication.objects.prefetch_related("figures")


def may_publish(actor: Actor) -> bool:
    """The evaluator and the desk's lead, at the national function; the night's job."""
    return actor.system or (actor.kind == Kind.NATIONAL and actor.has(Role.EVALUATOR, Role.DESK_LEAD))
