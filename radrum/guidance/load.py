"""Put in force what ships with the program: an edition, the vocabulary, and the instruments."""

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance import policy
from radrum.guidance.models import Aspect, Dimension, Edition
from radrum.guidance.revise import take_up

CONTENT = Path(__file__).parent / "content"
_TEXTS = ("asks", "about", "why", "steps", "example", "pitfalls", "ask")


def content() -> dict[str, Any]:
    """The edition, its dimensions and aspects, as they stand in the file."""
    texts: dict[str, Any] = yaml.safe_load((CONTENT / "edition.yaml").read_text(encoding="utf-8"))
    return texts


def digest(document: Any) -> str:
    """A SHA-256 sum of the text, whatever its layout."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()


def _columns(entry: dict[str, Any], model: type) -> dict[str, Any]:
    names = {field.name for field in model._meta.fields}  # type: ignore[attr-defined]
    links = {"edition", "dimension", "aspect", "parent"}
    return {name: value for name, value in entry.items() if name in names - links}


@operation("edition.put_in_force", allowed=policy.may_put_in_force)
def put_in_force(actor: Actor, texts: dict[str, Any]) -> Edition:
    """Add the edition; the same text again changes nothing. Refuses a changed text under an old key."""
    sum_, key = digest(texts), texts["edition"]["key"]
    before = Edition.objects.filter(key=key).first()
    if before:
        if before.digest != sum_:
            raise Refused(_("An edition in force is not changed. Give the new text a key of its own."))
        return before
    edition = Edition.objects.create(**_columns(texts["edition"], Edition), digest=sum_)
    _add_aspects(edition, texts)
    if texts.get("answers_proposals"):
        take_up(actor, edition=edition, numbers=texts["answers_proposals"])
    return edition


def _add_aspects(edition: Edition, texts: dict[str, Any]) -> None:
    dimensions = {
        entry["key"]: Dimension.objects.create(edition=edition, **_columns(entry, Dimension))
        for entry in texts["dimensions"]
    }
    laws = {law["key"]: law for law in texts.get("laws", [])}
    for entry in texts["aspects"]:
        _add_aspect(dimensions[entry["dimension"]], entry, laws)


def _add_aspect(
    dimension: Dimension, entry: dict[str, Any], laws: dict[str, Any], parent: Aspect | None = None
) -> None:
    """An aspect, and its sub-aspects under it."""
    text = {f"{name}_{lang}": entry.get(f"{name}_{lang}", "") for name in _TEXTS for lang in ("sv", "en")}
    columns = {"status": parent.status if parent else "", **_columns(entry, Aspect)}
    columns["laws"] = [laws.get(key, {"number": key}) for key in entry.get("laws", [])]
    aspect = Aspect.objects.create(dimension=dimension, parent=parent, text=text, **columns)
    for order, under in enumerate(entry.get("sub_aspects", []), start=1):
        key = under.get("key", "")
        if not key.startswith(f"{aspect.key}."):
            raise Refused(
                _("The sub-aspect “%(key)s” stands under %(aspect)s; its key must begin with “%(aspect)s.”.")
                % {"key": key, "aspect": aspect.key}
            )
        _add_aspect(dimension, {"order": order, **under}, laws, aspect)
