"""Entries into the database by COPY: 50 000 rows in seconds, where one row at a time takes minutes."""

import json
from collections.abc import Iterable

from django.db import connection

from radrum.screening.models import ListVersion
from radrum.screening.record import Record

FIELDS = ("schema", "names", "countries", "addresses", "identifiers", "relations", "url", "remark")
_COLUMNS = (
    "version_id",
    "part",
    "entry_id",
    "schema",
    "names",
    "countries",
    "addresses",
    "identifiers",
    "relations",
    "url",
    "remark",
    "listed_on",
    "effect",
    "digest",
)


def copy_in(version: ListVersion, records: Iterable[Record]) -> None:
    """Add the records to the version."""
    key = version.source.key  # no other query may run while COPY is open
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY screening_entry ({', '.join(_COLUMNS)}) FROM STDIN") as copy,
    ):
        for record in records:
            copy.write_row([version.pk, *_row(key, record)])


def _row(key: str, record: Record) -> list[str]:
    values = [record.part or key, record.entry_id[:200], record.schema[:40]]
    values += [json.dumps(getattr(record, name), ensure_ascii=False) for name in FIELDS[1:6]]
    values += [record.url[:1000], record.remark, record.listed_on[:40], record.legal_effect, record.digest()]
    return [value.replace("\x00", "").replace("\\u0000", "") for value in values]  # PostgreSQL has no NUL
