"""US Department of Commerce, BIS: the Denied Persons List, tab-separated text."""

import csv
import hashlib
import io
from collections import Counter

from radrum.screening.countries import codes
from radrum.screening.importers import tables
from radrum.screening.importers.xml import need
from radrum.screening.record import BrokenList, Delivery, Record

KEY = "us-bis-dpl"
HEADER = '"Name"\t"Street_Address"\t"City"'


def read(data: bytes) -> Delivery:
    """Every order. Rows have no number: name and first day make one. Persons are not told from companies."""
    text = tables.whole(tables.decoded(data))
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    records = [_record(line, row) for line, row in tables.rows(reader)]
    if not records:
        raise BrokenList("the list holds no entry", line=1)
    seen: Counter[str] = Counter()
    for record in records:  # an order with several addresses has several rows
        seen[record.entry_id] += 1
        record.entry_id += f"-{seen[record.entry_id]}" if seen[record.entry_id] > 1 else ""
    return Delivery(KEY, records)


def _record(line: int, row: dict[str, str]) -> Record:
    name = need(row["Name"].strip(), "name", line)
    order = "dpl-" + hashlib.sha256(f"{name}|{row['Effective_Date']}".encode()).hexdigest()[:10]
    record = Record(order, "", [])
    record.add(name, "primary")
    fields = ("Street_Address", "City", "State", "Postal_Code", "Country")
    record.addresses = [", ".join(filter(None, (row[field] for field in fields)))]
    record.countries = codes([row["Country"]])
    record.identifiers = {"order": [order]}
    record.remark = "; ".join(filter(None, (row["FR_Citation"], row["Action"])))
    record.listed_on = row["Effective_Date"]
    record.url = "https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl"
    return record
