"""A page as plain values for the public templates."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.guidance.models import Aspect
from radrum.guidance.policy import visible_editions
from radrum.knowledge.models import Article, CaseStudy, FaqEntry, KnowledgePage, News

KINDS = (CaseStudy, FaqEntry, Article, News)


def _text(page: KnowledgePage, name: str) -> dict[str, str]:
    """The text, and its language where it is not the reader's."""
    text, language = page.in_language(name)
    return {"text": text, "lang": "" if language == (get_language() or "sv")[:2] else language}


def _anchor(aspect: Aspect) -> str:
    return f"a{aspect.number.replace('.', '-')}"


def aspects(numbers: Iterable[str]) -> list[dict[str, str]]:
    """Aspects of the edition in force, by number, with where they stand."""
    keys = [f"D{number}" for number in numbers]
    edition = visible_editions().first()
    found = Aspect.objects.filter(dimension__edition=edition, key__in=keys).select_related("dimension")
    return [
        {
            "label": str(aspect),
            "url": f"{reverse('guidance:dimension', args=[aspect.dimension.order])}#{_anchor(aspect)}",
        }
        for aspect in found.order_by("dimension__order", "order")
    ]


def _marks(page: KnowledgePage) -> list[str]:
    marks = []
    if page.exercise:
        marks.append(_("An exercise: organisations, people and events are invented."))
    if page.unverified:
        marks.append(_("Something here could not be verified in a source. Check before you rely on it."))
    if page.review_by and page.review_by < timezone.localdate():
        marks.append(_("This should have been looked through again by now; it may be out of date."))
    return marks


def page(page: KnowledgePage) -> dict[str, Any]:
    """The context of `knowledge/page.html`."""
    untranslated = page.in_language("body")[1] != (get_language() or "sv")[:2]
    return {
        "page": {
            "title": _text(page, "title"),
            "lead": _text(page, "lead"),
            "body": _text(page, "body"),
            "kind": page.kind,
            "marks": _marks(page),
            "untranslated": _("This text is so far only in Swedish.") if untranslated else "",
            "sources": [line.strip() for line in page.sources.splitlines() if line.strip()],
            "published": page.last_published_at,
            "review_by": page.review_by,
            "aspects": aspects(page.aspect_numbers),
        }
    }


def row(page: KnowledgePage) -> dict[str, Any]:
    """One line of a list."""
    return {
        "title": _text(page, "title"),
        "lead": _text(page, "lead"),
        "url": page.get_url(),
        "anchor": f"p-{page.slug}",
        "exercise": page.exercise,
    }


def groups(pages: Iterable[KnowledgePage]) -> list[dict[str, Any]]:
    """The context of `knowledge/index.html`: published pages by kind; a kind with nothing is left out."""
    by_kind: dict[type, list[KnowledgePage]] = {}
    for one in pages:
        by_kind.setdefault(one.specific_class, []).append(one)
    return [
        {
            "anchor": kind._meta.model_name,
            "title": str(kind._meta.verbose_name_plural).capitalize(),
            "rows": [row(one) for one in by_kind[kind]],
        }
        for kind in KINDS
        if kind in by_kind
    ]


def fates(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """How far each page has come, for whoever wrote it: its state, and its address when it is public."""
    pages = KnowledgePage.objects.filter(pk__in=numbers)
    return {
        one.pk: (_("published"), one.get_url()) if one.live else (_("waits for an editor"), "")
        for one in pages
    }
