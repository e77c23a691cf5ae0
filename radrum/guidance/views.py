"""The guidelines, open to all: an edition in five parts, the catalogue, and the questionnaires."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from radrum.accounts.models import Organisation
from radrum.accounts.web import ActorRequest
from radrum.core.operation import Forbidden
from radrum.guidance import policy, show
from radrum.guidance.catalogue import Catalogue
from radrum.guidance.forms import DecideForm
from radrum.guidance.models import Aspect, ChangeProposal, Dimension, Edition, Instrument, Vocabulary
from radrum.guidance.policy import (
    current_vocabulary,
    instruments_on_offer,
    visible_editions,
    visible_instruments,
)
from radrum.guidance.revise import decide


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
                {"number": a.number, "title": a.name, "url": f"{_url(dimension, edition)}#{show.anchor(a)}"}
                for a in dimension.aspects.all()
                if a.parent_id is None
            ],
        }
        for dimension in found.dimensions.prefetch_related("aspects")
    ]
    links = [{"label": _("Proposed for the next edition"), "url": reverse("guidance:proposals")}]
    context = {"edition": {**_line(found), "lead": found.note}, "dimensions": dimensions, "links": links}
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
    aspects = list(dimension.aspects.all())
    keys = {key for aspect in aspects for key in aspect.authorities}
    names = {organisation.key: organisation for organisation in Organisation.objects.filter(key__in=keys)}
    asked = _asked(dimension.edition)
    shown = {aspect.pk: _aspect(aspect, names, asked) for aspect in aspects}
    for aspect in aspects:
        if aspect.parent_id in shown:
            shown[aspect.parent_id]["sub_aspects"].append(shown[aspect.pk])
    return [shown[aspect.pk] for aspect in aspects if aspect.parent_id is None]


def _asked(edition: Edition) -> dict[str, list[str]]:
    """By aspect: what the instruments in force ask about it, each question once."""
    found: dict[str, list[str]] = {}
    for document in instruments_on_offer().filter(edition=edition).values_list("document", flat=True):
        for prompt in document["prompts"]:
            questions, question = found.setdefault(prompt["aspect"], []), show.text(prompt, "text")
            if question not in questions:
                questions.append(question)
    return found


def _aspect(aspect: Aspect, names: dict[str, Organisation], asked: dict[str, list[str]]) -> dict[str, Any]:
    language = show.language()
    text = {
        name: aspect.text.get(f"{name}_{language}", "")
        for name in ("asks", "about", "why", "steps", "example", "pitfalls", "ask")
    }
    authorities = [names[key] for key in aspect.authorities if key in names]
    return {
        "anchor": show.anchor(aspect),
        "number": aspect.number,
        "title": aspect.name,
        "asks": text["asks"],
        "paragraphs": [text[name] for name in ("about", "why") if text[name]],
        "steps": text["steps"] or [],
        "example": text["example"],
        "pitfalls": text["pitfalls"],
        "ask": text["ask"],
        "prompts": asked.get(aspect.key, []),
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
        "sub_aspects": [],
    }


@login_not_required
def catalogue_page(request: HttpRequest, kind: str = "") -> HttpResponse:
    """What an outcome may propose: everything, or one kind, each entry with an address of its own."""
    known = _catalogue()
    if kind and kind not in known.document["kinds"]:
        raise Http404
    context = {
        "version": known.document["version"],
        "checked": date.fromisoformat(known.document["checked"]),
        "kinds": [
            {
                "label": show.word(group["title"]),
                "url": reverse("guidance:catalogue", args=[key]),
                "here": key == kind,
            }
            for key, group in known.groups()
        ],
        "groups": [
            {
                "key": key,
                "title": show.word(group["title"]),
                "note": show.word(group["note"]),
                "mark": show.word(group["mark"]),
                "note_sources": show.entry_sources(known, group.get("note_sources", ())),
                "entries": [show.entry(known, entry["id"]) for entry in group["entries"]],
            }
            for key, group in known.groups()
            if kind in ("", key)
        ],
    }
    return render(request, "guidance/catalogue.html", context)


def _catalogue() -> Catalogue:
    try:
        return Catalogue(current_vocabulary("catalogue").document)
    except Vocabulary.DoesNotExist:
        raise Http404 from None


@login_not_required
def instruments_page(request: HttpRequest) -> HttpResponse:
    """The questionnaires in force, and the ones that were."""
    rows = [
        {
            "title": row.title,
            "purpose": row.purpose,
            "version": row.version,
            "minutes": row.minutes,
            "state": row.get_status_display(),
            "in_force": row.status == row.Status.IN_FORCE,
            "url": reverse("guidance:instrument", args=[row.key, row.version]),
        }
        for row in visible_instruments()
    ]
    return render(request, "guidance/instruments.html", {"instruments": rows})


@login_not_required
def instrument_page(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """One questionnaire of one version: all its questions with why, and what the answers can lead to."""
    row = get_object_or_404(visible_instruments(), key=key, version=version)
    return render(request, "guidance/instrument.html", instrument_context(row))


def instrument_context(row: Instrument) -> dict[str, Any]:
    """The questions by aspect, with the rules, for reading."""
    aspects, known = show.aspects_of(row.edition), Catalogue(row.catalogue.document)
    laws = {law.get("key", law["number"]): law["number"] for one in aspects.values() for law in one.laws}
    prompts = row.document["prompts"]
    return {
        "edition": _line(row.edition),
        "instrument": {
            "title": row.title,
            "purpose": row.purpose,
            "version": row.version,
            "minutes": row.minutes,
            "state": row.get_status_display(),
            "digest": row.digest,
            "draft": _("Draft: not yet read by an editor and a lawyer.")
            if row.document["status"] in {"draft", "consultation"}
            else "",
        },
        "prompts": [
            {
                "number": number,
                "aspect": str(aspects.get(prompt["aspect"], "")),
                "text": show.text(prompt, "text"),
                "why": show.text(prompt, "why"),
                "per_partner": prompt.get("block") == "partners",
                "sometimes": "when" in prompt,
                "source": show.sources(prompt["source"], row.edition, laws, known),
            }
            for number, prompt in enumerate(prompts, start=1)
        ],
        "rules": [
            {
                "aspect": str(aspects.get(rule["aspect"], "")),
                "law_first": rule["state"] == "law-first",
                "text": show.text(rule, "say"),
            }
            for rule in row.document["rules"]
        ],
    }


def _proposal(request: HttpRequest, one: ChangeProposal) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    open_still = one.state == ChangeProposal.State.PROPOSED and policy.may_decide(actor, one)
    told = one.taken_up_in or one.edition
    return {
        "number": one.pk,
        "aspect": one.aspect,
        "what": one.what,
        "why": one.why,
        "reason": one.reason,
        "state": str(one.get_state_display()).capitalize(),
        "edition": told.key,
        "office": one.office,
        "when": one.decided_at or one.proposed_at,
        "decide": reverse("guidance:proposal", args=[one.pk]) if open_still else "",
    }


@login_not_required
def proposals(request: HttpRequest) -> HttpResponse:
    """What is to stand otherwise in the next edition; the office and the council see all of it."""
    rows = [_proposal(request, one) for one in policy.visible_proposals(request.actor)]  # type: ignore[attr-defined]
    return render(request, "guidance/proposals.html", {"rows": rows})


def proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """Decide on one; not whoever proposed it."""
    one = get_object_or_404(policy.visible_proposals(request.actor), pk=pk)
    if not policy.may_decide(request.actor, one):
        raise Forbidden(_("Somebody else decides on what one has proposed, and only editors do."))
    form = DecideForm(request, f"proposal:{pk}")
    if form.is_valid() and form.carry_out(decide, one):
        messages.success(request, _("The decision is on the list."))
        return redirect("guidance:proposals")
    context = {"row": _proposal(request, one), "form": form, "back": reverse("guidance:proposals")}
    return render(request, "guidance/proposal.html", context, status=409 if form.theirs else 200)
