"""Read a file of agreements: whatever a spreadsheet made of it. No database; faults by line and column."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from radrum.collaborations.agreements.columns import COLUMNS, Column, day_in, kinds, known_headings, plain
from radrum.collaborations.models import Agreement
from radrum.guidance.wording import identity_numbers, markings

LARGEST = 500_000  # bytes: some thousands of agreements
MOST_ROWS = 3_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Fault(NamedTuple):
    """What is wrong, where: a line of the file and the heading of the column."""

    line: int
    column: str
    says: str


@dataclass
class Row:
    """An agreement as it stands in the file."""

    line: int
    partner: str = ""
    country: str = ""
    title: str = ""
    kind: str = "other"
    signed_on: date | None = None
    expires_on: date | None = None
    review_on: date | None = None
    owner_email: str = ""
    unit: str = ""
    file_reference: str = ""

    @property
    def key(self) -> tuple[str, str, date | None]:
        """What makes it the same agreement."""
        return self.title.casefold(), self.partner.casefold(), self.signed_on


@dataclass
class Table:
    """Everything that was read; the rows are of use only when there are no faults."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)  # headings nobody knows

    def fault(self, line: int, column: str, says: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(line, column, says))


class Unreadable(ValueError):
    """The file is no table of text; the message says what to do."""


def decode(data: bytes) -> str:
    """The text of the file: UTF-8 with or without a mark, UTF-16 with one, or Windows' own letters."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than 500 kB. Divide it, and import one part at a time."))
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(_("This is a workbook. Save it as CSV in your spreadsheet, and choose that file."))
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _or_unreadable(data, "utf-16")
    if b"\0" in data:
        raise Unreadable(_("This is not a text file. Save the list as CSV, and choose that file."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _or_unreadable(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_("This is not a text file. Save the list as CSV, and choose that file.")) from error


def read(text: str) -> Table:
    """Every row and every fault of the file."""
    table = Table()
    first, _rest, _tail = text.lstrip("\ufeff").partition("\n")
    try:
        records = list(_records(text.lstrip("\ufeff"), _delimiter(first)))
    except csv.Error:
        table.fault(
            1, "", _("A quotation mark is opened and never closed, so the rows cannot be told apart.")
        )
        return table
    if not records:
        table.fault(1, "", _("The file is empty. It needs a line of headings and at least one agreement."))
        return table
    columns = _columns(table, *records[0])
    if table.faults:
        return table
    if len(records) - 1 > MOST_ROWS:
        table.fault(
            1, "", _("There are more than 3,000 rows. Divide the file, and import one part at a time.")
        )
        return table
    for line, cells in records[1:]:
        _row(table, line, cells, columns)
    if not table.rows and not table.faults:
        table.fault(1, "", _("The file is empty. It needs a line of headings and at least one agreement."))
    _twice(table)
    return table


def _records(text: str, delimiter: str) -> Any:
    """Each record that holds something, with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _delimiter(first: str) -> str:
    """The mark that divides the first line into the most headings we know."""
    known = known_headings()

    def found(mark: str) -> int:
        return sum(plain(cell) in known for cell in first.split(mark))

    return max((";", ",", "\t"), key=found)


def _columns(table: Table, line: int, cells: list[str]) -> list[Column | None]:
    """Which column each heading means; faults for one that is missing or stands twice."""
    known = known_headings()
    columns = [known.get(plain(cell)) for cell in cells]
    table.not_read = [
        cell.strip() for cell, column in zip(cells, columns, strict=True) if column is None and cell.strip()
    ]
    for column in COLUMNS:
        count = columns.count(column)
        if count > 1:
            table.fault(line, str(column.heading), _("Two columns mean the same. Take one of them away."))
        elif not count and column.required:
            table.fault(
                line, str(column.heading), _("This column is missing. The first line must hold the headings.")
            )
    return columns


def _row(table: Table, line: int, cells: list[str], columns: list[Column | None]) -> None:
    row, before = Row(line), len(table.faults)
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        table.fault(
            line,
            "",
            _("The row has more cells than headings. Put quotation marks around text with the mark in it."),
        )
        return
    for column, cell in zip(columns, cells, strict=False):
        if column:
            _cell(table, row, column, _clean(cell))
    for column in COLUMNS:
        told = any(
            fault.line == line and fault.column == str(column.heading) for fault in table.faults[before:]
        )
        if column.required and not getattr(row, column.field) and not told:
            table.fault(line, str(column.heading), _("This must be filled in."))
    if row.signed_on and row.expires_on and row.expires_on < row.signed_on:
        table.fault(line, _named("expires_on"), _("It expires before it was signed."))
    if len(table.faults) == before:
        table.rows.append(row)


def _named(name: str) -> str:
    return next(str(column.heading) for column in COLUMNS if column.field == name)


def _clean(cell: str) -> str:
    """Without spaces around it, and without the mark that our own export puts before a formula."""
    text = " ".join(cell.split())
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def _cell(table: Table, row: Row, column: Column, text: str) -> None:
    heading = str(column.heading)
    if not text:
        return
    if column.longest and len(text) > column.longest:
        table.fault(row.line, heading, _("At most %(n)d characters.") % {"n": column.longest})
    elif markings(text) or identity_numbers(text):
        table.fault(
            row.line, heading, _("Security markings and personal identity numbers must not be written here.")
        )
    elif column.is_day:
        _day(table, row, column, text)
    elif column.field == "kind":
        _kind(table, row, heading, text)
    elif column.field == "owner_email":
        _email(table, row, heading, text)
    else:
        setattr(row, column.field, text)


def _day(table: Table, row: Row, column: Column, text: str) -> None:
    day = day_in(text)
    if day is None:
        says = _("“%(text)s” is not a day. Write 2026-11-24, 24/11/2026 or 24 november 2026.")
        table.fault(row.line, str(column.heading), says % {"text": text})
    else:
        setattr(row, column.field, day)


def _kind(table: Table, row: Row, heading: str, text: str) -> None:
    kind = kinds().get(text.casefold())
    if kind is None:
        possible = ", ".join(str(label) for label in Agreement.Kind.labels)
        table.fault(
            row.line,
            heading,
            _("“%(text)s” is not a kind we know. Write one of: %(kinds)s.")
            % {"text": text, "kinds": possible},
        )
    else:
        row.kind = kind


def _email(table: Table, row: Row, heading: str, text: str) -> None:
    try:
        validate_email(text)
    except ValidationError:
        table.fault(row.line, heading, _("“%(text)s” is not an e-mail address.") % {"text": text})
    else:
        row.owner_email = text.lower()


def _twice(table: Table) -> None:
    """The same agreement on two lines of one file."""
    first: dict[Any, int] = {}
    for row in table.rows:
        if row.key in first:
            says = _("The same title, partner and signing day stand on line %(n)d.") % {"n": first[row.key]}
            table.fault(row.line, _named("title"), says)
        first.setdefault(row.key, row.line)
