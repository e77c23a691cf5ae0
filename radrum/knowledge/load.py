"""Publish the texts that ship with the program; one that an editor has changed is left as it is."""

from pathlib import Path
from typing import Any

import yaml

from radrum.core.actor import Actor
from radrum.core.operation import operation
from radrum.knowledge import policy
from radrum.knowledge.drafts import add
from radrum.knowledge.models import KnowledgePage

CONTENT = Path(__file__).parent / "content" / "pages.yaml"


def content() -> list[dict[str, Any]]:
    """The pages as they stand in the file."""
    pages: list[dict[str, Any]] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["pages"]
    return pages


@operation("page.loaded", allowed=policy.may_load)
def load_pages(actor: Actor, pages: list[dict[str, Any]]) -> int:
    """Add and publish the pages that are not there yet, by address; returns how many there were to add."""
    there = set(KnowledgePage.objects.values_list("slug", flat=True))
    new = [entry for entry in pages if entry["slug"] not in there]
    for entry in new:
        lists = {
            "aspects": ", ".join(entry.get("aspects", [])),
            "sources": "\n".join(entry.get("sources", [])),
        }
        add(owner=None, **{**entry, **lists}).get_latest_revision().publish()
    return len(new)
