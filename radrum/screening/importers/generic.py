"""Our own format, for any list: JSON lines with `id, schema, names[], list` and what else is known.

Optional: `countries[], addresses[], identifiers[], url, date, legal_effect`. One file may hold several lists.
"""

import datetime
import json
import re
from typing import Any

from radrum.screening.countries import codes
from radrum.screening.importers import tables
from radrum.screening.record import BrokenList, Delivery, Record

EFFECTS = ("binding", "foreign", "indication")


def read(data: bytes) -> list[Delivery]:
    """A delivery for each `list` named."""
    lists: dict[str, Delivery] = {}
    text = tables.decoded(data)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            row = parsed(line, number)
            delivery = lists.setdefault(_text(row, "list", number), Delivery(_key(row["list"]), []))
            delivery.title = row["list"]
            delivery.records.append(_record(row, number))
            _date(delivery, row, number)
    if not lists:
        raise BrokenList("the list holds no entry", line=1)
    return list(lists.values())


def parsed(line: str, number: int) -> dict[str, Any]:
    """One line as an object; refuses anything else."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenList("the line is not JSON; the file may have been cut short", line=number) from error
    if not isinstance(row, dict):
        raise BrokenList("the line is not a JSON object", line=number)
    return row


def _key(title: str) -> str:
    return "x-" + (re.sub(r"\W+", "-", title.casefold()).strip("-")[:60] or "list")


def _text(row: dict[str, Any], name: str, line: int) -> str:
    value = row.get(name)
    if not isinstance(value, str | int) or not str(value).strip():
        raise BrokenList(f"the entry has no {name}", line=line)
    return str(value)


def _texts(row: dict[str, Any], name: str, line: int) -> list[str]:
    values = row.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BrokenList(f"{name} is not a list of texts", line=line)
    return [value for value in values if value.strip()]


def _record(row: dict[str, Any], line: int) -> Record:
    record = Record(_text(row, "id", line), str(row.get("schema") or ""), [])
    for name in _texts(row, "names", line):
        record.add(name, "alias" if record.names else "primary")
    if not record.names:
        raise BrokenList("the entry has no names", line=line)
    record.countries = codes(_texts(row, "countries", line))
    record.addresses = _texts(row, "addresses", line)
    if identifiers := _texts(row, "identifiers", line):
        record.identifiers = {"other": identifiers}
    record.url = str(row.get("url") or "")
    record.listed_on = str(row.get("date") or "")
    record.legal_effect = str(row.get("legal_effect") or "")
    if record.legal_effect and record.legal_effect not in EFFECTS:
        raise BrokenList(f"legal_effect is none of {', '.join(EFFECTS)}", line=line)
    return record


def _date(delivery: Delivery, row: dict[str, Any], line: int) -> None:
    """The newest `date` of its entries is the list's."""
    if not row.get("date"):
        return
    try:
        date = datetime.date.fromisoformat(str(row["date"])[:10])
    except ValueError as error:
        raise BrokenList("date is not written as 2026-11-24", line=line) from error
    if delivery.date is None or date > delivery.date:
        delivery.date, delivery.date_from = date, "file"
