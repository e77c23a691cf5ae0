"""What editors do in Wagtail, as operations: Wagtail writes; the operation decides and leaves the trail."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page, PageLogEntry

from radrum.core.actor import Actor
from radrum.core.operation import operation
from radrum.knowledge import policy


@operation("page.published", allowed=policy.may_publish)
def publish_page(actor: Actor, page: Page) -> None:
    """Let a page be published by somebody who has not written it; asked just before Wagtail does so."""


@operation("page.edited", allowed=policy.may_edit_page)
def note_edit(actor: Actor, page: Page) -> None:
    """A page was written, renamed, copied, locked or taken back to what it was."""


@operation("page.withdrawn", allowed=policy.may_edit_page)
def withdraw_page(actor: Actor, page: Page) -> None:
    """A page is no longer published; the editor who found a mistake does not wait for a second person."""


@operation("page.removed", allowed=policy.may_edit_page)
def remove_page(actor: Actor, page: Page) -> None:
    """A page is removed, with its drafts; asked just before Wagtail does so."""


_TOLD_BEFORE = {"wagtail.publish", "wagtail.delete"}  # `publish_page` and `remove_page` have been asked


@contextmanager
def tell_what_was_done(actor: Actor) -> Iterator[None]:
    """Tell the trail what Wagtail has written in its own log meanwhile; each page once for each step."""
    newest = PageLogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    entries = PageLogEntry.objects.filter(pk__gt=newest).exclude(action__in=_TOLD_BEFORE).order_by("pk")
    for step, number in dict.fromkeys(
        (withdraw_page if action == "wagtail.unpublish" else note_edit, number)
        for action, number in entries.values_list("action", "page_id")
    ):
        if page := Page.objects.filter(pk=number).first():
            step(actor, page)
