"""The guidelines are public; only the system puts an edition in force until an editor can."""

from django.db.models import QuerySet
from django.utils import timezone

from radrum.core.actor import Actor
from radrum.guidance.models import Edition


def visible_editions() -> QuerySet[Edition]:
    """Every edition that has come into force; addresses of old ones stay."""
    return Edition.objects.filter(in_force_from__lte=timezone.localdate())


def current_edition() -> Edition:
    """The newest edition in force. Raises `Edition.DoesNotExist` before the content is loaded."""
    edition = visible_editions().first()
    if edition is None:
        raise Edition.DoesNotExist
    return edition


def may_put_in_force(actor: Actor) -> bool:
    """The command line, at set-up."""
    return actor.system
