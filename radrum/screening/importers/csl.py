"""US trade.gov: the Consolidated Screening List, CSV (also gzipped): thirteen lists of three departments."""

import csv
import io
import re

from radrum.screening.countries import codes
from radrum.screening.importers import tables
from radrum.screening.importers.xml import need
from radrum.screening.record import BrokenList, Delivery, Record

KEY = "us-csl"
HEADER = "_id,source,entity_number,type,programs,name,title,addresses"
_SCHEMA = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
# The part of our own catalogue of lists (content/sources.yaml) that a source is a version of.
_PART = {
    "SDN": "us-ofac-sdn",
    "EL": "us-bis-el",
    "DPL": "us-bis-dpl",
    "UVL": "us-bis-uvl",
    "MEU": "us-bis-meu",
    "DTC": "us-state-itar",
    "ISN": "us-state-isn",
    "SSI": "us-ofac-nonsdn",
    "PLC": "us-ofac-nonsdn",
    "CMIC": "us-ofac-nonsdn",
    "CAP": "us-ofac-nonsdn",
    "NS-MBS List": "us-ofac-nonsdn",
    "FSE": "us-ofac-nonsdn",
}
_SHORT = re.compile(r"\(([^()]+)\)")
_BETWEEN = re.compile(r";\s*(?:and\s+)?")


def read(data: bytes) -> Delivery:
    """Every row; several aliases and addresses stand in one cell, divided by `; `."""
    text = tables.whole(tables.decoded(data))
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    records = [_record(line, row) for line, row in tables.rows(reader)]
    if not records:
        raise BrokenList("the list holds no entry", line=1)
    return Delivery(KEY, records)


def _record(line: int, row: dict[str, str]) -> Record:
    number = row["entity_number"] or need(row["_id"], "id", line)
    short = _SHORT.search(row["source"])
    part = _PART.get(short.group(1) if short else "", "")
    if not part:
        raise BrokenList(f"no list is known as {row['source']!r}", line=line)
    record = Record(number, _SCHEMA.get(row["type"], ""), [], part=part)
    record.add(need(row["name"], "name", line), "primary")
    for name in _BETWEEN.split(row["alt_names"]):
        record.add(name)
    record.addresses = [address for address in row["addresses"].split("; ") if address]
    record.countries = codes([address.rpartition(", ")[2] for address in record.addresses])
    if part.startswith("us-ofac"):
        record.identifiers["ofac"] = [number]
    if row["dates_of_birth"]:
        record.identifiers["born"] = row["dates_of_birth"].split("; ")
    said = (row["programs"], row["remarks"], row["license_requirement"], row["federal_register_notice"])
    record.remark = "; ".join(filter(None, said))
    record.url = row["source_information_url"]
    record.listed_on = row["start_date"]
    return record
