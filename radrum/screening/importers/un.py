"""United Nations Security Council: the consolidated list, XML."""

import datetime
from xml.etree.ElementTree import Element

from radrum.screening.countries import codes
from radrum.screening.importers.xml import elements, need, text, texts
from radrum.screening.record import Delivery, Record

KEY = "un-sc"
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read(data: bytes) -> Delivery:
    """Every person and entity of the list."""
    root, found = elements(data, "INDIVIDUAL", "ENTITY", "CONSOLIDATED_LIST")
    day = root.get("dateGenerated", "")[:10]
    records = [_record(element, line) for element, line in found if element.tag != "CONSOLIDATED_LIST"]
    return Delivery(KEY, records, date=datetime.date.fromisoformat(day) if day else None, date_from="file")


def _record(element: Element, line: int) -> Record:
    kind = element.tag
    reference = need(text(element, "REFERENCE_NUMBER"), "reference number", line)
    record = Record(reference, "Person" if kind == "INDIVIDUAL" else "Organization", [])
    record.add(
        need(" ".join(filter(None, (text(element, part) for part in _PARTS))), "name", line), "primary"
    )
    for original in texts(element, "NAME_ORIGINAL_SCRIPT"):
        record.add(original, "original")
    for alias in element.iterfind(f"{kind}_ALIAS"):
        weak = text(alias, "QUALITY") == "Low"
        for name in text(alias, "ALIAS_NAME").split(";"):
            record.add(name, "weak" if weak else "alias")
    for address in element.iterfind(f"{kind}_ADDRESS"):
        fields = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
        line_of_text = ", ".join(filter(None, (text(address, field) for field in fields)))
        if line_of_text:
            record.addresses.append(line_of_text)
    record.countries = codes(list(texts(element, f"{kind}_ADDRESS/COUNTRY")))
    born = [*texts(element, f"{kind}_DATE_OF_BIRTH/DATE"), *texts(element, f"{kind}_DATE_OF_BIRTH/YEAR")]
    record.identifiers = {"born": born} if born else {}
    record.identifiers["un"] = [reference]
    record.remark = text(element, "COMMENTS1")
    record.listed_on = text(element, "LISTED_ON")
    record.url = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
    return record
