"""Tables as they come: encodings, rows that are too short, and the line where it went wrong."""

import csv
from collections.abc import Iterator

from radrum.screening.record import BrokenList

csv.field_size_limit(1_000_000)  # the longest honest cell has 30 000 characters


def decoded(data: bytes, encoding: str = "utf-8-sig") -> str:
    """The text; refuses bytes that are not in this encoding, with their line."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenList(
            f"a character is not written in {encoding.removesuffix('-sig')}", line=line
        ) from error


def whole(text: str) -> str:
    """The same text; refuses a table whose last line does not end."""
    if not text.endswith("\n"):
        why = "the last line does not end; the file has been cut short"
        raise BrokenList(why, line=text.count("\n") + 1)
    return text


def rows(reader: "csv.DictReader[str]", *, offset: int = 0) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line; refuses one that has not as many columns as the header."""
    try:
        for row in reader:
            line = reader.line_num + offset
            if None in row or None in row.values():
                raise BrokenList("the row has not as many columns as the header", line=line)
            yield line, row
    except csv.Error as error:
        raise BrokenList(f"not a table ({error})", line=reader.line_num + offset) from error


def plain_rows(text: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Rows without a header, each of which has so many columns."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        for row in reader:
            if not row:
                continue
            if len(row) != columns:
                raise BrokenList(f"the row has {len(row)} columns instead of {columns}", line=reader.line_num)
            yield reader.line_num, row
    except csv.Error as error:
        raise BrokenList(f"not a table ({error})", line=reader.line_num) from error
