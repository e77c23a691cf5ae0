"""Put an edition in force from the texts that ship with the program."""

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance import policy
from radrum.guidance.models import Aspect, Dimension, Edition, Prompt
from radrum.guidance.revise import take_up

CONTENT = Path(__file__).parent / "content"
_TEXTS = ("asks", "about", "why", "steps", "example", "pitfalls", "ask")


def content() -> dict[str, Any]:
    """The edition, its dimensions, aspects and prompts, as they stand in the files."""
    edition = yaml.safe_load((CONTENT / "edition.yaml").read_text(encoding="utf-8"))
    prompts = yaml.safe_load((CONTENT / "prompts.yaml").read_text(encoding="utf-8"))
    return {**edition, **prompts}


def _columns(entry: dict[str, Any], model: type) -> dict[str, Any]:
    names = {field.name for field in model._meta.fields}  # type: ignore[attr-defined]
    return {
        name: value for name, value in entry.items() if name in names - {"edition", "dimension", "aspect"}
    }


@operation("edition.put_in_force", allowed=policy.may_put_in_force)
def put_in_force(actor: Actor, texts: dict[str, Any]) -> Edition:
    """Add the edition; the same text again changes nothing. Refuses a changed text under an old key."""
    digest = hashlib.sha256(json.dumps(texts, sort_keys=True, default=str).encode()).hexdigest()
    before = Edition.objects.filter(key=texts["edition"]["key"]).first()
    if before:
        if before.digest != digest:
            raise Refused(_("An edition in force is not changed. Give the new text a key of its own."))
        return before
    notice = {name: texts[name] for name in ("notice_sv", "notice_en")}
    edition = Edition.objects.create(**_columns(texts["edition"], Edition), **notice, digest=digest)
    aspects = _add_aspects(edition, texts)
    for order, entry in enumerate(texts["prompts"], start=1):
        Prompt.objects.create(
            edition=edition, aspect=aspects[entry["aspect"]], order=order, **_columns(entry, Prompt)
        )
    if texts.get("answers_proposals"):
        take_up(actor, edition, numbers=texts["answers_proposals"])
    return edition


def _add_aspects(edition: Edition, texts: dict[str, Any]) -> dict[str, Aspect]:
    dimensions = {
        entry["key"]: Dimension.objects.create(edition=edition, **_columns(entry, Dimension))
        for entry in texts["dimensions"]
    }
    laws = {law["key"]: law for law in texts.get("laws", [])}
    aspects = {}
    for entry in texts["aspects"]:
        text = {f"{name}_{lang}": entry.get(f"{name}_{lang}", "") for name in _TEXTS for lang in ("sv", "en")}
        aspects[entry["key"]] = Aspect.objects.create(
            dimension=dimensions[entry["dimension"]],
            text=text,
            **{
                **_columns(entry, Aspect),
                "laws": [laws.get(key, {"number": key}) for key in entry.get("laws", [])],
            },
        )
    return aspects
