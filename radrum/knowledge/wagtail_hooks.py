"""Where Wagtail asks us: who may what with a page, and before something is published or removed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import AbstractPage, Page
from wagtail.permissions import register_permission_policy

from radrum.core.operation import Forbidden
from radrum.knowledge.edit import publish_page, remove_page
from radrum.knowledge.models import Home, KnowledgePage
from radrum.knowledge.policy import EditorsPages, Permissions
from radrum.knowledge.views import preview

register_permission_policy(AbstractPage, EditorsPages())
for ours in (Home, KnowledgePage):
    ours.tester, ours.drawn = Permissions, preview


@hooks.register("before_publish_page")
def before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The text has been saved as a draft; whoever wrote it goes back to it and is told why."""
    try:
        publish_page(request.actor, page)  # type: ignore[attr-defined]
    except Forbidden:
        messages.warning(
            request,
            _("The text is saved as a draft. Somebody else publishes what you have written yourself."),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_delete_page")
def before_removing(request: HttpRequest, page: Page) -> None:
    """Leave the trail while the page is still there."""
    if request.method == "POST":
        remove_page(request.actor, page)  # type: ignore[attr-defined]


@hooks.register("before_bulk_action")
def before_many(request: HttpRequest, kind: str, pages: list[Any], _action: Any) -> None:
    """The same for several pages at once; Wagtail has left out those that may not be touched."""
    step = {"publish": publish_page, "delete": remove_page}.get(kind)
    for page in pages if step else []:
        step(request.actor, page)  # type: ignore[attr-defined, misc]


@hooks.register("insert_global_admin_css")
def our_style() -> str:
    """Our colour, and a list of pages that can be read on a phone."""
    return format_html('<link rel="stylesheet" href="{}">', static("radrum/editing.css"))


@hooks.register("construct_main_menu")
def only_the_pages(request: HttpRequest, items: list[Any]) -> None:
    """The menu leads to the pages and to nothing that is not there."""
    items[:] = [item for item in items if item.name == "explorer"]


@hooks.register("construct_homepage_panels")
def no_panels_about_what_is_not_there(request: HttpRequest, panels: list[Any]) -> None:
    """What waits stands in My room; Wagtail's first page keeps what one has just edited."""
    panels[:] = [panel for panel in panels if panel.name in {"recent_edits", "locked_pages"}]


@hooks.register("construct_homepage_summary_items")
def no_counts(request: HttpRequest, items: list[Any]) -> None:
    """Nothing to count."""
    items.clear()
