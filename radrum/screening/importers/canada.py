"""Canada: the consolidated autonomous sanctions list (SEMA and JVCFOA), XML."""

import datetime
import re
from collections import Counter
from xml.etree.ElementTree import Element

from radrum.screening.importers.xml import elements, need, text
from radrum.screening.record import Delivery, Record

KEY = "ca-sema"
_LANGUAGE = re.compile(r"\b(?:Russian|Belarus+ian|Ukrainian|Persian|Arabic|Burmese)\s*:\s*", re.IGNORECASE)


def read(data: bytes) -> Delivery:
    """Every record. The list carries no date of its own; the latest listing is how old it is at least."""
    _root, found = elements(data, "record")
    seen: Counter[str] = Counter()
    records = []
    for element, line in found:
        record = _record(element, line)
        seen[record.entry_id] += 1
        if seen[record.entry_id] > 1:
            record.entry_id += f" ({seen[record.entry_id]})"
        records.append(record)
    latest = max((record.listed_on for record in records), default="")
    date = datetime.date.fromisoformat(latest) if latest else None
    return Delivery(KEY, records, date=date, date_from="file")


def _record(element: Element, line: int) -> Record:
    regime = need(text(element, "Country"), "country", line).split(" / ")[0]
    number = f"{regime}, {text(element, 'Schedule')}, {need(text(element, 'Item'), 'item', line)}"
    entity = text(element, "EntityOrShip")
    person = ", ".join(filter(None, (text(element, "LastName"), text(element, "GivenName"))))
    is_ship = bool(text(element, "ShipIMONumber"))
    record = Record(number, "Vessel" if is_ship else "Organization" if entity else "Person", [])
    record.add(need(entity or person, "name", line), "primary")
    for alias in _LANGUAGE.sub("", text(element, "Aliases")).split(","):
        for name in re.split(r"\s+or\s+|;", alias):
            if record.schema != "Person" or len(name.split()) > 1:
                record.add(name)
    born = text(element, "DateOfBirthOrShipBuildDate")
    ids = {"imo": text(element, "ShipIMONumber"), "built" if is_ship else "born": born}
    record.identifiers = {name: [value] for name, value in ids.items() if value}
    record.remark = f"{regime}: {text(element, 'Schedule')}"
    record.listed_on = text(element, "DateOfListing")
    record.url = "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx"
    return record
