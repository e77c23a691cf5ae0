"""Take a text that somebody has written and lay it among the drafts, for an editor to read and publish.

The draft knows who wrote it and nothing about where it came from.
"""

import re
from html import escape
from typing import Any

from django.utils.text import slugify

from radrum.accounts import notify
from radrum.accounts.models import Organisation
from radrum.accounts.roles import Kind, Role
from radrum.core.actor import Actor
from radrum.core.operation import operation
from radrum.knowledge import policy
from radrum.knowledge.models import Article, CaseStudy, FaqEntry, Home, KnowledgePage, News

KINDS: dict[str, type[KnowledgePage]] = {
    "study": CaseStudy,
    "faq": FaqEntry,
    "article": Article,
    "news": News,
}


def paragraphs(text: str) -> str:
    """What was written in a plain field, as paragraphs; a blank line begins a new one."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br/>')}</p>" for part in parts if part)


def free_slug(title: str) -> str:
    """An address from the title, with a number if it is taken."""
    start = slugify(title)[:60].strip("-") or "text"
    taken = set(
        Home.objects.get().get_children().filter(slug__startswith=start).values_list("slug", flat=True)
    )
    return next(
        slug for n in range(len(taken) + 1) if (slug := start if not n else f"{start}-{n + 1}") not in taken
    )


@operation("page.drafted", allowed=policy.may_draft)
def take_draft(actor: Actor, /, *, kind: str, title_sv: str, body_sv: str, **more: Any) -> KnowledgePage:
    """Lay a text among the drafts, and tell the editors that one waits. `body_*` are plain text."""
    bodies = {
        name: paragraphs(text)
        for name, text in {"body_sv": body_sv, **more}.items()
        if name.startswith("body_")
    }
    page = add(kind, owner=actor.user_id, title_sv=title_sv, **{**more, **bodies})
    national = Organisation.objects.get(kind=Kind.NATIONAL)
    notify.tell_roles(national.pk, [Role.EDITOR], "draft_waits", reference=str(page.pk), path="/room/")
    return page


def add(kind: str, *, owner: int | None, title_sv: str, slug: str = "", **fields: Any) -> KnowledgePage:
    """Put a page that is not published into the tree, with its first revision."""
    page = KINDS[kind](title=title_sv, slug=slug or free_slug(title_sv), live=False, owner_id=owner, **fields)
    Home.objects.get().add_child(instance=page)
    page.save_revision(user=page.owner, changed=True, log_action="wagtail.create")
    return page
