"""Which format a file has is seen from what it holds, never from its name; each format has one module."""

import gzip
import re
import zlib
from collections.abc import Callable

from radrum.screening.importers import bis, canada, csl, eu, generic, ofac, ror, seven_sons, uk, un
from radrum.screening.record import BrokenList, Delivery

Read = Callable[[bytes], Delivery | list[Delivery]]

LARGEST = 1_500_000_000  # bytes unpacked; the largest list known has 150 million
_HEAD = 6000
_ROOTS: dict[bytes, Read] = {
    b"CONSOLIDATED_LIST": un.read,
    b"export": eu.read,
    b"Designations": uk.read,
    b"data-set": canada.read,
    b"sdnList": ofac.read_xml,
}
_TABLES: dict[str, Read] = {
    csl.HEADER: csl.read,
    seven_sons.HEADER: seven_sons.read,
    bis.HEADER: bis.read,
    ror.COMPACT: ror.read_compact,
    "Last Updated,": uk.read_closed,
}
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_NUMBERED = re.compile(r"^\d+,")


def unpacked(data: bytes) -> bytes:
    """The content of a gzipped file, or the data as they are."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        content = gzip.decompress(data)
    except (EOFError, OSError, zlib.error) as error:
        raise BrokenList("the packed file is not complete") from error
    if len(content) > LARGEST:
        raise BrokenList("the file is larger than any list")
    return content


def head_of(data: bytes) -> bytes:
    """The beginning of the content, also of a gzipped file that is cut short."""
    if data[:2] != b"\x1f\x8b":
        return data[:_HEAD]
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _HEAD)
    except zlib.error:
        return b""


def reader_of(head: bytes) -> Read | None:
    """What can read a file that begins like this; None if it is no list."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        root = _ROOT.search(head)
        return _ROOTS.get(root.group(1)) if root else None
    text = head.decode("utf-8", errors="replace")
    if text.startswith(("{", "[")):
        return _json_reader(text)
    return next((read for start, read in _TABLES.items() if text.startswith(start)), None)


def _json_reader(text: str) -> Read | None:
    first = text.split("\n", 1)[0] if text.startswith("{") else text
    if "https://ror.org/" in first and '"relationships"' in text:
        return ror.read
    if text.startswith("{") and all(f'"{name}"' in first for name in ("id", "names", "list")):
        return generic.read
    return None


def ofac_role(head: bytes) -> str:
    """Which of OFAC's files without header this is: primary, alias, address, comments; empty if none."""
    line = head.decode("utf-8", errors="replace").splitlines()[:1]
    if not line or not _NUMBERED.match(line[0]):
        return ""
    text = line[0]
    if re.match(r'^\d+,\d+,"[afn]ka",', text):
        return "alias"
    if re.match(r"^\d+,\d+,", text) and text.count("-0-") + text.count('"') // 2 >= 4:
        return "address"
    if re.match(r'^\d+,".*?",(?:-0- |"[\w ]+"),', text) and text.rstrip().count(",") >= 11:
        return "primary"
    return "comments" if re.match(r'^\d+,".*"$', text) else ""
