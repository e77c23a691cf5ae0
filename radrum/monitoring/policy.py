"""News is everyone's; sources and what waits to be judged are the editors'."""

from typing import Any

from django.db.models import QuerySet

from radrum.accounts.roles import Kind, Role
from radrum.core.actor import Actor
from radrum.monitoring.models import Item, News, Source


def may_edit(actor: Actor) -> bool:
    """An editor of the national function."""
    return actor.kind == Kind.NATIONAL and actor.has(Role.EDITOR)


def may_follow(actor: Actor) -> bool:
    """An editor; the system, which sets up those that ship with the program."""
    return actor.system or may_edit(actor)


def visible_news(actor: Actor) -> QuerySet[News]:
    """What editors have shown and not taken back, the newest first."""
    return News.objects.filter(withdrawn_at=None)


def visible_sources(actor: Actor) -> QuerySet[Any]:
    """For editors."""
    return Source.unguarded.all() if may_follow(actor) else Source.unguarded.none()


def visible_items(actor: Actor) -> QuerySet[Any]:
    """For editors, the judged ones too."""
    rows = Item.unguarded.select_related("source", "judged_by")
    return rows if may_follow(actor) else rows.none()


def may_change_source(actor: Actor, _source: Source) -> bool:
    """An editor."""
    return may_edit(actor)


def may_judge(actor: Actor, _item: Item) -> bool:
    """An editor."""
    return may_edit(actor)


def may_withdraw(actor: Actor, _news: News) -> bool:
    """An editor."""
    return may_edit(actor)


def may_gather(actor: Actor, _source: Source) -> bool:
    """The system, when a source has been asked."""
    return actor.system
