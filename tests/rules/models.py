"""Links between tables: downwards only, and with no way back across packages or audiences."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import ForeignObject, ManyToManyField

from radrum.core.guarded import Guarded
from tests.rules import LAYERS, is_above


class Link(NamedTuple):
    """A foreign key: from which model to which, its name for the way back, and who may see both."""

    model: str
    field: str
    to: str
    back: str | None
    confidential: bool = True
    to_confidential: bool = True

    @property
    def packages(self) -> tuple[str, str]:
        """Where it begins and ends."""
        return self.model.partition(".")[0], self.to.partition(".")[0]


DJANGOS = {"accounts.User.groups", "accounts.User.user_permissions"}  # come with Django's mixin; not used


def is_confidential(model: Any) -> bool:
    """Guarded, or the history of what is."""
    return issubclass(getattr(model, "pgh_tracked_model", model), Guarded)


def links(models: Iterable[Any] | None = None) -> Iterator[Link]:
    """Every link of our own models."""
    for model in models or apps.get_models():
        for field in model._meta.get_fields():
            own = model._meta.app_label in LAYERS and f"{model._meta.label}.{field.name}" not in DJANGOS
            own = own and field.model._meta.app_label in LAYERS  # not what comes with Wagtail's pages
            own = own and not getattr(field.remote_field, "parent_link", False)
            if own and isinstance(field, ForeignObject | ManyToManyField):
                yield Link(
                    model._meta.label,
                    field.name,
                    field.related_model._meta.label,
                    field.remote_field.related_name,
                    is_confidential(model),
                    is_confidential(field.related_model),
                )


def links_upwards(given: Iterable[Link]) -> list[str]:
    """A link to a package above one's own."""
    return [f"{link.model}.{link.field}" for link in given if is_above(*link.packages)]


def ways_back(given: Iterable[Link]) -> list[str]:
    """A link to another package, or from what is confidential to what is not, that has a way back."""
    return [
        f"{link.model}.{link.field}"
        for link in given
        if link.back != "+" and (len(set(link.packages)) > 1 or link.confidential > link.to_confidential)
    ]


def ways_back_from_the_desk(given: Iterable[Link]) -> list[str]:
    """Inside `cases` too: what only the desk works with cannot be reached from the case the asker sees."""
    return [
        f"{link.model}.{link.field}"
        for link in given
        if (link.model, link.to) == ("cases.Handling", "cases.Case") and link.back != "+"
    ]
