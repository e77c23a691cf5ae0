"""European Union: the consolidated list of financial sanctions (FSF), XML 1.1."""

import datetime
from xml.etree.ElementTree import Element

from radrum.screening.countries import codes
from radrum.screening.importers.xml import elements, need, text, texts
from radrum.screening.record import Delivery, Record

KEY = "eu-fsf"
_SCHEMA = {"person": "Person", "enterprise": "Organization"}


def read(data: bytes) -> Delivery:
    """Every sanctioned entity."""
    root, found = elements(data, "sanctionEntity")
    day = root.get("generationDate", "")[:10]
    return Delivery(
        KEY,
        [_record(element, line) for element, line in found],
        date=datetime.date.fromisoformat(day) if day else None,
        date_from="file",
    )


def _record(element: Element, line: int) -> Record:
    subject = element.find("subjectType")
    reference = need(
        element.get("euReferenceNumber", "") or element.get("logicalId", ""), "reference number", line
    )
    record = Record(reference, _SCHEMA.get(subject.get("code", "") if subject is not None else "", ""), [])
    for alias in element.iterfind("nameAlias"):
        kind = "alias" if record.names else "primary"
        record.add(
            _name(alias),
            kind if alias.get("strong") != "false" else "weak",
            alias.get("nameLanguage", "").lower(),
        )
    need(record.names[0]["name"] if record.names else "", "name", line)
    for address in element.iterfind("address"):
        parts = [
            address.get(name, "") for name in ("street", "poBox", "city", "zipCode", "countryDescription")
        ]
        record.addresses.append(", ".join(part for part in parts if part))
    record.countries = codes([address.get("countryIso2Code", "") for address in element.iterfind("address")])
    born = [
        day.get("birthdate", "") or day.get("year", "")
        for day in element.iterfind("birthdate")
        if len(day.attrib)
    ]
    record.identifiers = {"born": [day for day in born if day]} if any(born) else {}
    if element.get("unitedNationId"):
        record.identifiers["un"] = [element.get("unitedNationId", "")]
    record.remark = " ".join([*texts(element, "remark"), element.get("designationDetails", "")]).strip()
    record.url = text(element, "regulation/publicationUrl")
    record.listed_on = element.get("designationDate", "")
    return record


def _name(alias: Element) -> str:
    parts = " ".join(filter(None, (alias.get(part) for part in ("firstName", "middleName", "lastName"))))
    return alias.get("wholeName") or parts
