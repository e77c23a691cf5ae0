"""Research Organization Registry (ROR): who research organisations are and what they are called.

Schema v1 and v2, as a JSON array, JSON lines (also gzipped) or the compact table made from both.
"""

import csv
import io
import json
from typing import Any

from radrum.screening.importers import generic, tables
from radrum.screening.importers.xml import need
from radrum.screening.record import BrokenList, Delivery, Record

KEY = "ror"
COMPACT = "id\tstatus\tname\tcountry\tcity\ttypes\taliases\tacronyms\tlabels"
_RELATIONS = {"parent", "child", "related", "predecessor", "successor"}


def read(data: bytes) -> Delivery:
    """Every organisation; the registry's file has no date of its own."""
    text = tables.decoded(data)
    if text.lstrip().startswith("["):
        rows = list(enumerate(_array(text), start=1))
    else:
        lines = enumerate(text.splitlines(), start=1)
        rows = [(number, generic.parsed(line, number)) for number, line in lines if line.strip()]
    records = []
    for line, row in rows:
        try:
            records.append(_v2(row) if isinstance(row.get("names"), list) else _v1(row))
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise BrokenList("the record has neither the shape of schema v1 nor of v2", line=line) from error
    if not records:
        raise BrokenList("the register holds no organisation", line=1)
    return Delivery(KEY, records)


def _array(text: str) -> list[dict[str, Any]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise BrokenList("not JSON; the file may have been cut short", line=line) from error
    return [row for row in rows if isinstance(row, dict)]


def _id(row: dict[str, Any]) -> str:
    return str(row["id"]).rstrip("/").rpartition("/")[2]


def _start(row: dict[str, Any], primary: str) -> Record:
    record = Record(_id(row), "Organization", [], url=f"https://ror.org/{_id(row)}")
    record.add(primary, "primary")
    record.remark = str(row.get("status", ""))
    for relation in row.get("relationships", []):
        kind = str(relation.get("type", "")).lower()
        if kind in _RELATIONS:
            record.relations.setdefault(kind, []).append(_id(relation))
    return record


def _put(record: Record, *, city: str, domains: list[str], website: str) -> None:
    facts = {"city": [city], "domain": domains, "website": [website], "ror": [record.entry_id]}
    record.identifiers = {name: [value for value in values if value] for name, values in facts.items()}


def _v2(row: dict[str, Any]) -> Record:
    display = next((name for name in row["names"] if "ror_display" in name["types"]), row["names"][0])
    record = _start(row, display["value"])
    for name in row["names"]:
        kinds = name["types"]
        kind = "acronym" if "acronym" in kinds else "alias" if "alias" in kinds else "label"
        record.add(name["value"], kind, name.get("lang") or "")
    places = [location.get("geonames_details", {}) for location in row.get("locations", [])]
    record.countries = [place["country_code"] for place in places[:1] if place.get("country_code")]
    website = next((link["value"] for link in row.get("links", []) if link.get("type") == "website"), "")
    _put(
        record,
        city=places[0].get("name", "") if places else "",
        domains=row.get("domains", []),
        website=website,
    )
    return record


def _v1(row: dict[str, Any]) -> Record:
    record = _start(row, row["name"])
    for label in row.get("labels", []):
        record.add(label["label"], "label", label.get("iso639") or "")
    for alias in row.get("aliases", []):
        record.add(alias, "alias")
    for acronym in row.get("acronyms", []):
        record.add(acronym, "acronym")
    code = (row.get("country") or {}).get("country_code")
    record.countries = [code] if code else []
    addresses = row.get("addresses") or [{}]
    _put(record, city=addresses[0].get("city") or "", domains=[], website=(row.get("links") or [""])[0])
    return record


def read_compact(data: bytes) -> Delivery:
    """The table `ror-compact.tsv`: several names in one cell, divided by `|`, labels with their language."""
    reader = csv.DictReader(
        io.StringIO(tables.whole(tables.decoded(data)), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    records = []
    for line, row in tables.rows(reader):
        relations = [part.partition(":") for part in row["relations"].split("|") if part]
        linked = [{"type": kind, "id": number} for kind, _, number in relations]
        record = _start({**row, "relationships": linked}, need(row["name"], "name", line))
        for label in filter(None, row["labels"].split("|")):
            lang, _, text = label.partition(":")
            record.add(text, "label", lang)
        for kind, column in (("alias", "aliases"), ("acronym", "acronyms")):
            for name in filter(None, row[column].split("|")):
                record.add(name, kind)
        record.countries = [row["country"]] if row["country"] else []
        _put(record, city=row["city"], domains=row["domains"].split("|"), website=row["website"])
        records.append(record)
    return Delivery(KEY, records)
