"""The guidelines, open to all: an edition in five parts, and each part with an anchor per aspect."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.accounts.models import Organisation
from radrum.guidance.models import Aspect, Dimension, Edition
from radrum.guidance.policy import visible_editions


def _edition(key: str | None) -> Edition:
    editions = visible_editions()
    return get_object_or_404(editions, key=key) if key else get_object_or_404(editions[:1])


def _line(edition: Edition) -> dict[str, Any]:
    reconstruction = _("Reconstruction: names, grouping and questions are not the official ones.")
    return {
        "label": f"{edition.title} ({edition.key})",
        "valid_from": edition.in_force_from,
        "reconstruction": reconstruction if edition.status == "reconstruction" else "",
        "permanent": reverse("guidance:edition", args=[edition.key]),
        "lead": "",
    }


def _url(dimension: Dimension, edition: str | None) -> str:
    keys = [edition, dimension.order] if edition else [dimension.order]
    return reverse("guidance:dimension", args=keys)


def anchor(aspect: Aspect) -> str:
    """`a1-3` for aspect 1.3."""
    return f"a{aspect.number.replace('.', '-')}"


def _law(law: dict[str, Any], language: str) -> dict[str, str]:
    """The law's name and number, with how far it was verified when it was not seen whole."""
    name = law.get(f"name_{language}") or ""
    number = law["number"] if law["number"].startswith("EU") else f"SFS {law['number']}"
    mark = "" if law.get("verification", "verified") == "verified" else _("partly verified")
    ended = _("repealed") if law.get("status") == "repealed" and _("repealed") not in name else ""
    return {"name": ", ".join(filter(None, [name, number, ended, mark]))}


@login_not_required
def edition_page(request: HttpRequest, edition: str | None = None) -> HttpResponse:
    """The five dimensions and their aspects."""
    found = _edition(edition)
    dimensions = [
        {
            "number": dimension.order,
            "title": dimension.name,
            "text": dimension.about,
            "url": _url(dimension, edition),
            "aspects": [
                {"number": a.number, "title": a.name, "url": f"{_url(dimension, edition)}#{anchor(a)}"}
                for a in dimension.aspects.all()
            ],
        }
        for dimension in found.dimensions.prefetch_related("aspects")
    ]
    context = {"edition": {**_line(found), "lead": found.note}, "dimensions": dimensions}
    return render(request, "guidance/edition.html", context)


@login_not_required
def dimension_page(request: HttpRequest, order: int, edition: str | None = None) -> HttpResponse:
    """One dimension: each aspect with why, how, pitfalls and whom to ask."""
    found = _edition(edition)
    dimension = get_object_or_404(found.dimensions, order=order)
    others = {other.order: other for other in found.dimensions.all()}
    context = {
        "edition": _line(found),
        "dimension": {
            "number": order,
            "of": len(others),
            "title": dimension.name,
            "text": dimension.about,
        },
        "aspects": _aspects(dimension),
        "previous": _neighbour(others.get(order - 1), edition),
        "next": _neighbour(others.get(order + 1), edition),
    }
    return render(request, "guidance/dimension.html", context)


def _neighbour(dimension: Dimension | None, edition: str | None) -> dict[str, str] | None:
    return {"label": str(dimension), "url": _url(dimension, edition)} if dimension else None


def _aspects(dimension: Dimension) -> list[dict[str, Any]]:
    aspects = list(dimension.aspects.prefetch_related("prompts"))
    keys = {key for aspect in aspects for key in aspect.authorities}
    names = {organisation.key: organisation for organisation in Organisation.objects.filter(key__in=keys)}
    return [_aspect(aspect, names) for aspect in aspects]


def _aspect(aspect: Aspect, names: dict[str, Organisation]) -> dict[str, Any]:
    language = "sv" if (get_language() or "sv").startswith("sv") else "en"
    text = {
        name: aspect.text.get(f"{name}_{language}", "")
        for name in ("asks", "about", "why", "steps", "example", "pitfalls", "ask")
    }
    authorities = [names[key] for key in aspect.authorities if key in names]
    return {
        "anchor": anchor(aspect),
        "number": aspect.number,
        "title": aspect.name,
        "asks": text["asks"],
        "paragraphs": [text[name] for name in ("about", "why") if text[name]],
        "steps": text["steps"] or [],
        "example": text["example"],
        "pitfalls": text["pitfalls"],
        "ask": text["ask"],
        "prompts": [prompt.text for prompt in aspect.prompts.all()],
        "authorities": [
            {
                "name": organisation.name,
                "url": organisation.facts.get("website", ""),
                "what": organisation.get_verification_display(),
            }
            for organisation in authorities
        ],
        "laws": [_law(law, language) for law in aspect.laws],
        "reconstruction": _("Reconstruction") if aspect.status == "reconstruction" else "",
    }
