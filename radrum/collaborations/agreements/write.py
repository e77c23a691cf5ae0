"""Write agreements as a file that the import reads again, and that no spreadsheet runs as a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from radrum.collaborations.agreements.columns import COLUMNS, heading_in
from radrum.collaborations.models import Agreement

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SWEDISH = (
    "Velgrads tekniska universitet|Serranien|Ramavtal om snöforskning|ramavtal|namn@larosate.se|Geovetenskap"
)
_ENGLISH = (
    "Velgrad Technical University|Serrania|Snow research|framework agreement|name@institution.se|Geosciences"
)
_DAYS = ["2024-05-02", "2029-05-01", "2027-05-01"]


def harmless(text: str) -> str:
    """The text with a mark before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _file(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    language = get_language() or "sv"
    writer.writerow([heading_in(column, language) for column in COLUMNS])
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return "\ufeff" + out.getvalue()  # the mark by which Excel knows that it is UTF-8


def write(agreements: Iterable[Agreement]) -> str:
    """The whole list, in the reader's language."""
    return _file([_cell(agreement, column.field) for column in COLUMNS] for agreement in agreements)


def _cell(agreement: Agreement, name: str) -> str:
    value: Any = agreement.get_kind_display() if name == "kind" else getattr(agreement, name)
    return "" if value is None else str(value)


def template() -> str:
    """The headings and one invented line, to fill in."""
    words = _ENGLISH if (get_language() or "sv").startswith("en") else _SWEDISH
    *first, email, unit = words.split("|")
    return _file([[*first, *_DAYS, email, unit, "FU 2024/0311"]])


def file_name(word: str) -> str:
    """`agreements-2026-11-24.csv`."""
    return f"{word}-{timezone.localdate().isoformat()}.csv"
