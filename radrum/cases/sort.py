"""Sort a question under the topics of the desk's list, so that figures can say what questions are about."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.cases import policy
from radrum.cases.models import Case, Topics
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation

FILE = Path(__file__).parent / "content" / "topics.yaml"


@cache
def listed() -> dict[str, Any]:
    """The list as it ships with the program: its edition, and the topics in order."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def choices() -> list[tuple[str, str]]:
    """Key and name of each topic, in the reader's language."""
    language = "sv" if (get_language() or "sv").startswith("sv") else "en"
    return [(topic["key"], topic[f"name_{language}"]) for topic in listed()["topics"]]


@operation("case.sorted", allowed=policy.may_triage)
def sort(actor: Actor, case: Case, *, topics: list[str]) -> Topics:
    """Say what the question is about, in the words of the list; several topics are fine."""
    known = [topic["key"] for topic in listed()["topics"]]
    if not set(topics) <= set(known):
        raise Refused(_("Choose topics from the list."))
    found = Topics.unguarded.filter(case=case).first() or Topics(case=case)
    found.keys, found.edition = [key for key in known if key in topics], listed()["edition"]
    found.set_by_id = actor.user_id
    found.save()
    return found


def sorted_under(actor: Actor, case: Case) -> list[str]:
    """The keys of the topics the case stands under; none when nobody has sorted it."""
    found = policy.visible_topics(actor).filter(case=case).first()
    return list(found.keys) if found else []
