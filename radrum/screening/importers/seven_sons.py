"""The seven Chinese universities called *Seven Sons of National Defence*, our own CSV."""

import csv
import io

from radrum.screening.importers import tables
from radrum.screening.importers.xml import need
from radrum.screening.record import Delivery, Record

KEY = "seven-sons"
HEADER = "name_en,name_zh,ror_id"


def read(data: bytes) -> Delivery:
    """Each with its English and Chinese name, ROR id and website."""
    reader = csv.DictReader(io.StringIO(tables.whole(tables.decoded(data)), newline=""), strict=True)
    return Delivery(KEY, [_record(line, row) for line, row in tables.rows(reader)])


def _record(line: int, row: dict[str, str]) -> Record:
    record = Record(need(row["ror_id"], "ROR id", line), "Organization", [], countries=["CN"])
    record.add(need(row["name_en"], "name", line), "primary", "en")
    record.add(row["name_zh"], "original", "zh")
    record.identifiers = {"ror": [row["ror_id"]], "website": [row["website"]]}
    record.url = f"https://ror.org/{row['ror_id']}"
    return record
