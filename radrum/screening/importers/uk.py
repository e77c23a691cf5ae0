"""United Kingdom: the UK Sanctions List (XML), and OFSI's consolidated list (CSV, closed in January 2026)."""

import csv
import datetime
import io
import re
from xml.etree.ElementTree import Element

from radrum.screening.countries import codes
from radrum.screening.importers import tables
from radrum.screening.importers.xml import elements, need, text, texts
from radrum.screening.record import BrokenList, Delivery, Record

KEY, CLOSED = "uk-sl", "uk-ofsi"
_SCHEMA = {"Individual": "Person", "Entity": "Organization", "Ship": "Vessel"}
_UN = re.compile(r"UN Ref\.?:? ?(?:No\.? ?)?([A-Z]{2}[eivp]\.\d{3})", re.IGNORECASE)
_NAME = [f"Name{number}" for number in range(1, 7)]


def _day(text: str) -> datetime.date:
    day, month, year = text.strip().split("/")
    return datetime.date(int(year), int(month), int(day))


def _date(text: str) -> datetime.date | None:
    try:
        return _day(text)
    except ValueError:
        return None


def read(data: bytes) -> Delivery:
    """Every designation of the UK Sanctions List."""
    _root, found = elements(data, "Designation", "DateGenerated")
    day = next((element.text or "" for element, _ in found if element.tag == "DateGenerated"), "")
    records = [_record(element, line) for element, line in found if element.tag == "Designation"]
    return Delivery(KEY, records, date=_date(day), date_from="file")


def _record(element: Element, line: int) -> Record:
    unique = need(text(element, "UniqueID"), "unique id", line)
    record = Record(unique, _SCHEMA.get(text(element, "IndividualEntityShip"), ""), [])
    for name in element.iterfind("Names/Name"):
        weak = text(name, "AliasStrength").startswith("Low")
        kind = "primary" if text(name, "NameType") == "Primary Name" else "weak" if weak else "alias"
        record.add(" ".join(filter(None, (text(name, part) for part in _NAME))), kind)
    for original in texts(element, "NonLatinNames/NonLatinName/NameNonLatinScript"):
        record.add(original, "original")
    need(record.names[0]["name"] if record.names else "", "name", line)
    for address in element.iterfind("Addresses/Address"):
        parts = [" ".join((part.text or "").split()) for part in address]
        record.addresses.append(", ".join(part for part in parts if part))
    record.countries = codes(list(texts(element, "Addresses/Address/AddressCountry")))
    ids = {
        "un": list(texts(element, "UNReferenceNumber")),
        "ofsi": list(texts(element, "OFSIGroupID")),
        "imo": [number.removeprefix("IMO") for number in texts(element, ".//IMONumber")],
        "born": list(texts(element, ".//DOB")),
        "website": list(texts(element, "Websites/Website")),
    }
    record.identifiers = {name: values for name, values in ids.items() if values}
    record.remark = " ".join(filter(None, (text(element, "RegimeName"), text(element, "OtherInformation"))))
    record.listed_on = text(element, "DateDesignated")
    record.url = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
    return record


def read_closed(data: bytes) -> Delivery:
    """OFSI's ConList.csv: one row a name, grouped by `Group ID`; windows-1252."""
    lines = tables.whole(tables.decoded(data, "cp1252"))
    first, _, rest = lines.partition("\n")
    rows = tables.rows(csv.DictReader(io.StringIO(rest, newline=""), strict=True), offset=1)
    groups: dict[str, Record] = {}
    for line, row in rows:
        group = need(row["Group ID"], "group id", line)
        record = groups.setdefault(group, Record(group, _closed_schema(row), []))
        _add_row(record, row)
    if not groups:
        raise BrokenList("the list holds no entry")
    return Delivery(CLOSED, list(groups.values()), date=_date(first.split(",")[1]), date_from="file")


def _closed_schema(row: dict[str, str]) -> str:
    is_ship = "IMO:" in row["Other Information"] or "IMO number" in row["Other Information"]
    return "Person" if row["Group Type"] == "Individual" else "Vessel" if is_ship else "Organization"


def _add_row(record: Record, row: dict[str, str]) -> None:
    name = " ".join(filter(None, (row[f"Name {number}"].strip() for number in (1, 2, 3, 4, 5, 6))))
    kind = {"Prime Alias": "primary", "FKA": "former"}.get(row["Alias Type"], "alias")
    record.add(name, kind)
    record.names.sort(key=lambda known: known["kind"] != "primary")
    address = ", ".join(filter(None, (row[f"Address {number}"].strip() for number in range(1, 7))))
    if address and address not in record.addresses:
        record.addresses.append(address)
    record.countries = list(dict.fromkeys([*record.countries, *codes([row["Country"]])]))
    record.identifiers.setdefault("ofsi", [record.entry_id])
    if un := _UN.search(row["Other Information"]):
        record.identifiers.setdefault("un", [un.group(1)])
    record.remark = record.remark or row["Other Information"]
    record.listed_on = record.listed_on or row["Listed On"]
    if row["DOB"] and row["DOB"] not in record.identifiers.setdefault("born", []):
        record.identifiers["born"].append(row["DOB"])
