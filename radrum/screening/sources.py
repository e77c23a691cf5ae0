"""What is known about each list, from `content/sources.yaml`: keeper, address, rhythm, effect in law here."""

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

CONTENT = Path(__file__).parent / "content"
UNKNOWN_DAYS = 30  # a list nobody has described is stale after a month


@dataclass(frozen=True)
class Source:
    """One list, as the catalogue describes it."""

    key: str
    sv: str
    en: str
    kind: str = "list"  # list | collection (several lists in one file) | register | exercise
    effect: str = "indication"  # binding | foreign | indication | register
    days: int = UNKNOWN_DAYS
    keeper: str = ""
    url: str = ""
    download: str = ""  # where a machine fetches it; empty where the keeper has no such address
    verified: str = ""

    @property
    def known(self) -> bool:
        """Whether the catalogue describes it."""
        return self.key in _catalogue()[0]

    def stale(self, date: datetime.date | None, today: datetime.date) -> bool:
        """Older than its own rhythm; a copy without date, or from the future, is always too old."""
        return date is None or not -1 <= (today - date).days <= self.days


@cache
def _catalogue() -> tuple[dict[str, Source], dict[str, dict[str, str]]]:
    text: dict[str, Any] = yaml.safe_load((CONTENT / "sources.yaml").read_text(encoding="utf-8"))
    return {row["key"]: Source(**row) for row in text["sources"]}, text["effects"]


def sources() -> dict[str, Source]:
    """Every list of the catalogue, by key."""
    return _catalogue()[0]


def source(key: str, title: str = "") -> Source:
    """The list with this key; one the catalogue does not know is an indication with its own title."""
    return sources().get(key) or Source(key, title or key, title or key)


def effect_text(effect: str) -> dict[str, str]:
    """What a legal effect means, in Swedish and English."""
    return _catalogue()[1].get(effect, {"sv": "", "en": ""})


def effect_label(effect: str) -> str:
    """What a legal effect is called, in the reader's language."""
    labels = {
        "binding": _("binding here"),
        "foreign": _("foreign law that may reach you"),
        "indication": _("an indication only"),
        "register": _("a register of identities"),
    }
    return labels.get(effect, effect)


def not_confirmed(key: str) -> bool:
    """Whether nobody has confirmed what the catalogue says the list means in law here."""
    return source(key).verified not in {"confirmed", "own"}
