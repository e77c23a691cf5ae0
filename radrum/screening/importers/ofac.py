"""US Treasury, OFAC: the SDN list and the consolidated non-SDN list, as CSV sets and as XML.

A CSV set is three files and a fourth with long remarks. Each ends in the byte 0x1A; `-0- ` means nothing.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from radrum.screening.countries import codes
from radrum.screening.importers import tables
from radrum.screening.importers.xml import elements, need, text, texts
from radrum.screening.record import BrokenList, Delivery, Record

SDN, OTHER = "us-ofac-sdn", "us-ofac-nonsdn"
_SCHEMA = {
    "individual": "Person",
    "entity": "Organization",
    "": "Organization",  # OFAC marks everything but organisations
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
_ONLY_OUTSIDE_SDN = re.compile(r"NS-PLC|NS-MBS|CMIC-EO|561-Related|NS-CAPTA")
_SHARE = 0.1  # some persons of that list are on the SDN list as well; a tenth of the list are not
_AKA = re.compile(r"[af]\.k\.a\. '([^']+)'")
_BORN = re.compile(r"DOB ([^;.]+)")
COLUMNS = {"primary": 12, "alias": 5, "address": 6, "comments": 2}
URL = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id="


def _rows(data: bytes, columns: int) -> list[tuple[int, list[str]]]:
    content = tables.decoded(data, "utf-8-sig").rstrip("\x1a")
    if content:
        tables.whole(content)
    clean = tables.plain_rows(content, columns)
    return [(line, ["" if cell.strip() == "-0-" else cell.strip() for cell in row]) for line, row in clean]


def read_set(files: Mapping[str, bytes]) -> Delivery:
    """`files` maps primary, alias, address and comments to what they hold; only the first must be there."""
    records: dict[str, Record] = {}
    outside = 0
    for line, row in _named(files, "primary"):
        record = Record(need(row[0], "number", line), _SCHEMA.get(row[2].lower(), ""), [])
        record.add(need(row[1], "name", line), "primary")
        record.identifiers["ofac"] = [row[0]]
        record.remark = "; ".join(filter(None, (row[3].replace("] [", ", "), row[11])))
        record.url = URL + row[0]
        outside += bool(_ONLY_OUTSIDE_SDN.search(row[3]))
        records[row[0]] = record
    for line, row in _named(files, "alias"):
        kind = "former" if row[2] == "fka" else "alias"
        _owner(records, row[0], "alias", line).add(row[3], kind)
    _add_addresses(records, files)
    for line, row in _named(files, "comments"):
        _owner(records, row[0], "remark", line).remark += row[1]
    for record in records.values():
        _from_remark(record)
    return Delivery(_which(outside, len(records)), list(records.values()))


def _which(outside: int, of: int) -> str:
    return OTHER if outside >= max(1, of * _SHARE) else SDN


def _named(files: Mapping[str, bytes], role: str) -> list[tuple[int, list[str]]]:
    try:
        return _rows(files.get(role, b""), COLUMNS[role])
    except BrokenList as broken:
        broken.file = role
        raise


def _owner(records: dict[str, Record], number: str, what: str, line: int) -> Record:
    if number not in records:
        why = (
            f"the {what} belongs to number {number}, which is not in the list: one of the files is cut short"
        )
        raise BrokenList(why, line=line, file=what)
    return records[number]


def _add_addresses(records: dict[str, Record], files: Mapping[str, bytes]) -> None:
    countries: dict[str, list[str]] = defaultdict(list)
    for line, row in _named(files, "address"):
        record = _owner(records, row[0], "address", line)
        address = ", ".join(filter(None, row[2:5]))
        if address:
            record.addresses.append(address)
        countries[row[0]].append(row[4])
    for number, names in countries.items():
        records[number].countries = codes(names)


def _from_remark(record: Record) -> None:
    for name in _AKA.findall(record.remark):
        record.add(name, "weak")
    if born := _BORN.findall(record.remark):
        record.identifiers["born"] = [day.strip() for day in born]


def read_xml(data: bytes) -> Delivery:
    """The same lists as `sdn.xml` and `consolidated.xml`."""
    _root, found = elements(data, "sdnEntry", "Publish_Date", "Record_Count")
    says = {element.tag: (element.text or "").strip() for element, _ in found if element.tag != "sdnEntry"}
    entries = [(element, line) for element, line in found if element.tag == "sdnEntry"]
    if says.get("Record_Count", str(len(entries))) != str(len(entries)):
        why = f"the file says {says['Record_Count']} entries and holds {len(entries)}"
        raise BrokenList(why, line=entries[-1][1] if entries else 1)
    programmes = [" ".join(texts(element, ".//program")) for element, _ in entries]
    key = _which(sum(bool(_ONLY_OUTSIDE_SDN.search(names)) for names in programmes), len(entries))
    month, day, year = (int(part) for part in says["Publish_Date"].split("/"))
    records = [_record(element, line) for element, line in entries]
    return Delivery(key, records, date=datetime.date(year, month, day), date_from="file")


def _record(element: Element, line: int) -> Record:
    uid = need(text(element, "uid"), "number", line)
    record = Record(uid, _SCHEMA.get(text(element, "sdnType").lower(), ""), [])
    record.add(need(_name(element), "name", line), "primary")
    for alias in element.iterfind("akaList/aka"):
        weak, former = text(alias, "category") == "weak", text(alias, "type") == "f.k.a."
        record.add(_name(alias), "weak" if weak else "former" if former else "alias")
    for address in element.iterfind("addressList/address"):
        fields = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
        line_of_text = ", ".join(filter(None, (text(address, field) for field in fields)))
        if line_of_text:
            record.addresses.append(line_of_text)
    record.countries = codes(list(texts(element, "addressList/address/country")))
    record.identifiers = {"ofac": [uid]}
    if born := list(texts(element, ".//dateOfBirth")):
        record.identifiers["born"] = born
    record.remark = "; ".join([", ".join(texts(element, ".//program")), *texts(element, "remarks")])
    record.url = URL + uid
    return record


def _name(element: Element) -> str:
    last, first = text(element, "lastName"), text(element, "firstName")
    return f"{last}, {first}" if last and first else last or first
