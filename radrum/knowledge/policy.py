"""Who reads, edits and publishes. Wagtail's own questions about permissions are answered here, from roles."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, QuerySet
from wagtail.models import GroupPagePermission, Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from radrum.accounts.roles import Kind, Role
from radrum.core.actor import Actor
from radrum.knowledge.models import Home, KnowledgePage

GRANTS = ("add_page", "change_page")  # publishing is no grant: it depends on who wrote the text
ADMIN = "wagtailadmin.access_admin"


def visible_pages() -> QuerySet[KnowledgePage]:
    """What is published, for everyone."""
    return KnowledgePage.objects.filter(live=True).order_by("title")


def visible_drafts(actor: Actor) -> QuerySet[KnowledgePage]:
    """What waits to be published: editors alone."""
    pages = KnowledgePage.objects.filter(has_unpublished_changes=True).order_by("latest_revision_created_at")
    return pages if may_edit(actor) else pages.none()


def may_edit(actor: Actor) -> bool:
    """An editor of the national function, or the lead, who publishes what the editor wrote."""
    return actor.kind == Kind.NATIONAL and actor.has(Role.EDITOR, Role.DESK_LEAD)


def may_edit_page(actor: Actor, _page: Page) -> bool:
    """As `may_edit`: editors answer for each other's pages."""
    return may_edit(actor)


def may_draft(actor: Actor) -> bool:
    """The desk writes what it has learned; editors write; the command line loads what ships with it."""
    writes = actor.has(Role.DESK_OFFICER, Role.DESK_LEAD, Role.EDITOR)
    return actor.system or (actor.kind == Kind.NATIONAL and writes)


def may_load(actor: Actor) -> bool:
    """The command line, at set-up."""
    return actor.system


def _writers() -> Func:
    return Func(F("pk"), function="app_writers", output_field=ArrayField(BigIntegerField()))


def writers(page: Page) -> set[int]:
    """Whose words stand in the newest draft and were not public before; the database works it out."""
    found = (
        Page.objects.filter(pk=page.pk).annotate(writers=_writers()).values_list("writers", flat=True).first()
    )
    return set(found or [])


def drafts_to_publish(actor: Actor) -> QuerySet[KnowledgePage]:
    """The drafts that this editor may publish, for others have written them."""
    return visible_drafts(actor).annotate(writers=_writers()).exclude(writers__overlap=[actor.user_id or 0])


def may_publish(actor: Actor, page: Page) -> bool:
    """An editor who has written none of what would become public."""
    return may_edit(actor) and actor.user_id not in writers(page)


class Permissions(PagePermissionTester):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's buttons and steps ask here: each page, each time."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if "change" in self.permissions:
            self.permissions.add("publish")  # to unpublish, move and delete what is published

    def can_publish(self) -> bool:
        """See `may_publish`."""
        actor = acting(self.user)
        return bool(self.page.pk and not self.page_is_root and may_publish(actor, self.page))

    def can_publish_subpage(self) -> bool:
        """A new page is a draft first: whoever writes it does not publish it."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Everything but the top of the tree."""
        return not isinstance(self.page, Home) and super().can_delete(ignore_bulk)


def acting(user: Any) -> Actor:
    """The actor of this request, as `door.py` has put it beside the person; else nobody."""
    actor: Actor | None = getattr(user, "acting", None)
    return actor if actor and actor.user_id == user.pk else Actor()


class EditorsPages(PagePermissionPolicy):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's grants for a person, made from their role instead of kept in groups."""

    def get_all_permissions_for_user(self, user: Any) -> list[GroupPagePermission]:
        """Add and change under the top of the tree, for editors."""
        home = Home.objects.first() if may_edit(acting(user)) else None
        if home is None:
            return []
        return [
            GroupPagePermission(page=home.page_ptr, permission=Permission(codename=codename))
            for codename in GRANTS
        ]

    def users_with_any_permission(self, actions: Any, include_superusers: bool = True) -> Any:
        """Nobody is listed: Wagtail sends no mail here."""
        from django.contrib.auth import get_user_model  # noqa: PLC0415

        return get_user_model().objects.none()

    def users_with_any_permission_for_instance(
        self, actions: Any, instance: Any, include_superusers: bool = True
    ) -> Any:
        """Nobody is listed: Wagtail sends no mail here."""
        return self.users_with_any_permission(actions)
