"""Texts of instruments and of the catalogue in the reader's language, and where they are to be read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.guidance.catalogue import Catalogue
from radrum.guidance.models import Aspect, Edition


def language() -> str:
    """The one of our two languages that the reader reads."""
    return "sv" if (get_language() or "sv").startswith("sv") else "en"


def word(text: Mapping[str, str] | None) -> str:
    """One of `{sv: …, en: …}`."""
    return str((text or {}).get(language(), ""))


def _named(known: Catalogue, said: str) -> str:
    """The text with names for the ids of entries, such as cl-01: ids stand nowhere on a page."""

    def name(found: re.Match[str]) -> str:
        entry = known.entries.get(found[0])
        return _("“%(title)s”") % {"title": word(entry["title"])} if entry else found[0]

    return re.sub(r"\b[a-z]{1,2}-\d\d\b", name, said)


def text(entry: Mapping[str, Any], name: str) -> str:
    """One of `name_sv` and `name_en`."""
    return str(entry.get(f"{name}_{language()}", ""))


def options(attribute: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What may be chosen, with its words."""
    if attribute["kind"] == "ynu":
        return [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Unsure"))]
    return [(str(option["value"]), word(option)) for option in attribute.get("options", ())]


def anchor(aspect: Aspect) -> str:
    """`a1-3` for aspect 1.3."""
    return f"a{aspect.number.replace('.', '-')}"


def aspect_url(aspect: Aspect) -> str:
    """Where the guidelines say more about the aspect."""
    return f"{reverse('guidance:dimension', args=[aspect.dimension.order])}#{anchor(aspect)}"


def entry_url(entry: Mapping[str, Any]) -> str:
    """Where the catalogue says more about a measure, a design, a clause or a contact."""
    return f"{reverse('guidance:catalogue', args=[entry['kind']])}#{entry['id']}"


def aspects_of(edition: Edition) -> dict[str, Aspect]:
    """The edition's aspects by key, in the order of the guidelines."""
    rows = Aspect.objects.filter(dimension__edition=edition).select_related("dimension")
    return {aspect.key: aspect for aspect in rows.order_by("dimension__order", "order")}


def sources(codes: Iterable[str], edition: Edition, laws: Mapping[str, str], known: Catalogue) -> str:
    """What a prompt rests on, in words: a law by its number, an aspect by its edition and number."""
    general = {
        "q": _("questions gathered from other countries' guides"),
        "flag": _("warning signs gathered from other countries' guides"),
        "framework": _("other countries' frameworks"),
        "tech": _("lists of technologies"),
        "authority": _("what Swedish authorities publish"),
        "seed": _("the report of December 2024"),
    }
    found = []
    for code in codes:
        kind, _colon, name = code.partition(":")
        if kind == "aspect":
            found.append(f"{edition.key} · {name.removeprefix('D')}")
        elif kind == "law":
            number = laws.get(name, name)
            found.append(number if number.startswith("EU") else f"SFS {number}")
        elif kind == "measure" and name in known.entries:
            found.append(word(known.entries[name]["title"]))
        else:
            found.append(general.get(kind, code))
    return "; ".join(dict.fromkeys(found))


def entry(known: Catalogue, key: str) -> dict[str, Any]:
    """An entry for a page: what it does to benefit and risk, where it comes from, and how sure it is."""
    found = known.entries[key]
    group = known.document["kinds"][found["kind"]]
    return {
        "id": found["id"],
        "kind": found["kind"],
        "title": word(found["title"]),
        "url": entry_url(found),
        "lead": _named(known, word(found.get("how") or found.get("idea") or found.get("purpose"))),
        "rows": _rows(found, group.get("words", {})),
        "wording": word(found.get("wording")),
        "dates": [
            {"what": word(date["what"]), "when": word(group["words"]["when"][date["when"]])}
            for date in found.get("dates", ())
        ],
        "aspects": [key.removeprefix("D") for key in found.get("aspects", ())],
        "laws": list(found.get("laws", ())),
        "measures": [
            {"title": word(known.entries[one]["title"]), "url": entry_url(known.entries[one])}
            for one in found.get("measures", ())
        ],
        "note": word(found.get("note")),
        "mark": word(group["mark"]),
        "sources": entry_sources(known, found.get("sources", ())),
        "unsourced": "" if found.get("sources") else word(group["unsourced"]),
    }


def entry_sources(known: Catalogue, keys: Iterable[str]) -> list[dict[str, str]]:
    """Where something was seen: a name, an address if it has one, and whether all of it was read."""
    rows = [known.document["sources"][key] for key in keys]
    return [
        {
            "name": word(row.get("title")) or _site(row["url"]),
            "url": row.get("url", ""),
            "seen": _("read in part") if row.get("seen") == "part" else "",
        }
        for row in rows
    ]


def _site(url: str) -> str:
    """The site's name; of a site that many share, whose part of it."""
    site, _slash, path = url.split("//")[1].removeprefix("www.").partition("/")
    return f"{site}/{path}" if site == "github.com" else site


def _rows(found: Mapping[str, Any], words: Mapping[str, Any]) -> list[dict[str, str]]:
    """The entry's other texts, each with a heading; a word from a closed list stands first."""
    titles = {
        "benefit": _("What it does to the benefit"),
        "risk": _("Risk") if found["kind"] == "clause" else _("What it does to the risk"),
        "who": _("Who"),
        "effort": _("Effort"),
        "openness": _("Openness"),
        "fits": _("Fits"),
        "fails": _("Does not fit"),
        "needs": _("Needs"),
    }
    closed = {"benefit": "effect", "risk": "effect", "effort": "effort", "openness": "openness"}
    inner = {"effort": "level", "openness": "value", "benefit": "effect", "risk": "effect"}
    rows = []
    for name, title in titles.items():
        value = found.get(name)
        if not value:
            continue
        chosen = value.get(inner[name], "") if name in inner else ""
        first = word(words.get(closed[name], {}).get(chosen)) if chosen else ""
        first = f"{first[0].upper()}{first[1:]}." if first else ""
        rows.append({"title": title, "text": " ".join(filter(None, [first, word(value)]))})
    return rows
