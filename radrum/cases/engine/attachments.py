"""What a file really is, and whether something in it could act by itself; by its bytes, never by its name.

Nothing is executed, unpacked to disk or parsed as XML. What is not recognised is refused.
"""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

PDF, PNG, JPEG, TEXT, DOCX, XLSX, ODT = "pdf", "png", "jpeg", "text", "docx", "xlsx", "odt"
MIME = {
    PDF: "application/pdf",
    PNG: "image/png",
    JPEG: "image/jpeg",
    TEXT: "text/plain; charset=utf-8",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ODT: "application/vnd.oasis.opendocument.text",
}
ENDING = {PDF: "pdf", PNG: "png", JPEG: "jpg", TEXT: "txt", DOCX: "docx", XLSX: "xlsx", ODT: "odt"}

# Why a file is not taken.
UNKNOWN, BROKEN, LOCKED, BOMB, ACTIVE, REACHES_OUT, MARKUP, HIDDEN = (
    *("unknown", "broken", "locked", "bomb", "active", "reaches_out", "markup", "hidden"),
)
# What its reader should know of a file that is taken.
LINKS, OPENS, OTHER_NAME = "links", "opens", "other_name"

MOST_PARTS = 2_000  # of a zip; a long report with pictures has a few hundred
MOST_UNPACKED = 200_000_000  # bytes of all parts together
MOST_FOLD = 200  # times larger unpacked than packed; text comes to about 20
LONGEST_NAME = 80
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = (
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"SubmitForm",
    b"ImportData",
)
_ACTS_SHORT = (b"JS", b"XFA", b"GoToE", b"GoToR", b"Rendition", b"Sound", b"Movie")
_OPENS = (b"OpenAction", b"AA")
_MARKUP = re.compile(
    r"<\s*(?:!doctype|html|svg|script|iframe|object|embed|\?xml|\?php)\b|javascript:", re.IGNORECASE
)
_SCRIPT = re.compile(r"\A(?:#!|@echo\b|\{\\rtf|From: .*\nMIME-)", re.IGNORECASE)
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject|vbaData|activeX|embeddings|customUI|macrosheets|externalLinks)", re.IGNORECASE
)
_ODF_MACROS = re.compile(r"^(?:Basic|Scripts)/|^Object |^ObjectReplacements/", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_FIELD = re.compile(rb"<w:instrText\b[^>]*>([^<]*)|\bw:instr\s*=\s*[\"']([^\"']*)")
_FIELD_CODES = re.compile(rb"DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT")
_ODF_ACTS = re.compile(
    rb"script:event-listener|<script:|xlink:actuate\s*=\s*[\"']onLoad[\"'][^>]*xlink:href\s*=\s*[\"'](?:https?|ftp|file):"
    rb"|xlink:href\s*=\s*[\"'](?:https?|ftp|file):[^>]*xlink:actuate\s*=\s*[\"']onLoad[\"']|vnd\.sun\.star\.script",
    re.IGNORECASE,
)
_ODF_LINK = re.compile(rb"xlink:href\s*=\s*[\"']https?:", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
# Marks that turn text round, zero-width characters, and other characters that do not show.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


class NotTaken(ValueError):
    """The file is not taken; `why` is one of the words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Examined(NamedTuple):
    """What the file is, and what its reader should know."""

    kind: str
    findings: list[str]


def examine(data: bytes) -> Examined:
    """Say what the file is; raises `NotTaken` for what is not known, cannot be looked into, or could act."""
    if data.startswith(b"%PDF-"):
        return Examined(PDF, _pdf(data))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Examined(PNG, _picture(data, data.rfind(b"IEND") + 8, broken=b"IEND" not in data))
    if data.startswith(b"\xff\xd8\xff"):
        return Examined(JPEG, _picture(data, data.rfind(b"\xff\xd9") + 2, broken=b"\xff\xd9" not in data))
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return Examined(TEXT, _text(data))


def _picture(data: bytes, end: int, *, broken: bool) -> list[str]:
    """A picture ends where it ends: what comes after could be another file."""
    if broken:
        raise NotTaken(BROKEN)
    if data[end:].strip(b"\x00\r\n"):
        raise NotTaken(HIDDEN)
    return []


def _text(data: bytes) -> list[str]:
    """Text in UTF-8 that is neither a page nor a script."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken(UNKNOWN) from None
    if not text.strip() or re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise NotTaken(UNKNOWN)
    if _MARKUP.search(text) or _SCRIPT.match(text):
        raise NotTaken(MARKUP)
    return []


def _names_in(data: bytes, names: tuple[bytes, ...]) -> bool:
    """Whether one of the PDF names stands there."""
    return any(re.search(rb"/" + name + rb"(?![A-Za-z0-9])", data) for name in names)


def _unpacked(stream: bytes) -> bytes:
    """The beginning of a compressed stream; empty when it is compressed in another way."""
    try:
        return zlib.decompressobj().decompress(stream, 20_000_000)
    except zlib.error:
        return b""


def _pdf(data: bytes) -> list[str]:
    """Names of actions and of embedded files, also those inside compressed streams or written in numbers."""
    if b"%%EOF" not in data[-2048:]:
        raise NotTaken(BROKEN)
    if (
        b"\nPK\x03\x04" in data
        or data.rstrip(b"\r\n\x00 ").rfind(b"%%EOF") < len(data.rstrip(b"\r\n\x00 ")) - 5
    ):
        raise NotTaken(HIDDEN)
    plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)
    if _names_in(plain, (b"Encrypt",)):
        raise NotTaken(LOCKED)
    # Long names do not come about by chance among compressed bytes, short ones do.
    outside = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), _STREAM.sub(b"", data))
    inside = b"\n".join(_unpacked(match[1]) for match in _STREAM.finditer(data))
    inside = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), inside) if b"/" in inside else b""
    if _names_in(plain, _ACTS) or _names_in(outside + b"\n" + inside, (*_ACTS, *_ACTS_SHORT)):
        raise NotTaken(ACTIVE)
    return [OPENS] if _names_in(outside + b"\n" + inside, _OPENS) else []


def _office(data: bytes) -> Examined:
    """A zip that is a document: known parts, nothing that runs, nothing fetched from elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_tricks(parts, len(data))
            read = {part.filename: archive.read(part) for part in parts if _is_words(part.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise NotTaken(BROKEN) from None
    names = {part.filename for part in parts}
    if any(_ENTITY.search(part) for part in read.values()):
        raise NotTaken(ACTIVE)
    if read.get("mimetype", b"").strip() == b"application/vnd.oasis.opendocument.text":
        return Examined(ODT, _opendocument(names, read))
    kind = next(
        (k for k, part in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")) if part in names), ""
    )
    if not kind or "[Content_Types].xml" not in names:
        raise NotTaken(UNKNOWN)
    return Examined(kind, _ooxml(names, read))


def _is_words(name: str) -> bool:
    return name == "mimetype" or name.endswith((".xml", ".rels"))


def _refuse_tricks(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_FOLD * max(packed, 1):
        raise NotTaken(BOMB)
    for part in parts:
        if part.flag_bits & 1:
            raise NotTaken(LOCKED)
        if ".." in part.filename.split("/") or part.filename.startswith(("/", "\\")) or ":" in part.filename:
            raise NotTaken(HIDDEN)


def _ooxml(names: set[str], read: dict[str, bytes]) -> list[str]:
    """Word and Excel: macros, embedded objects and field codes act; an outside template reaches out."""
    if any(_MACROS.search(name) for name in names):
        raise NotTaken(ACTIVE)
    codes = b"".join(one or other for part in read.values() for one, other in _FIELD.findall(part))
    if _FIELD_CODES.search(codes) or b"macroEnabled" in read["[Content_Types].xml"]:
        raise NotTaken(ACTIVE)
    outside = [
        tag for name, part in read.items() if name.endswith(".rels") for tag in _EXTERNAL.findall(part)
    ]
    if any(not _HYPERLINK.search(tag) for tag in outside):
        raise NotTaken(REACHES_OUT)
    return [LINKS] if outside else []


def _opendocument(names: set[str], read: dict[str, bytes]) -> list[str]:
    if any(_ODF_MACROS.search(name) for name in names) or any(
        _ODF_ACTS.search(part) for part in read.values()
    ):
        raise NotTaken(ACTIVE)
    return (
        [LINKS]
        if any(_ODF_LINK.search(read.get(name, b"")) for name in ("content.xml", "styles.xml"))
        else []
    )


def safe_name(name: str, kind: str) -> tuple[str, bool]:
    """A name nobody is fooled by, and whether it claimed to be something else.

    The ending is that of the content; folders, unseen characters and names with a meaning of their own go.
    """
    seen = " ".join(_UNSEEN.sub("", name.replace("\\", "/").rpartition("/")[2]).split())
    stem, ending, claimed = seen, "", ""
    while (found := re.fullmatch(r"(.*)\.([A-Za-z][A-Za-z0-9]{1,4})", stem)) is not None:
        stem, ending = found[1], found[2].lower()
        claimed = claimed or ending
    stem = re.sub(r'[<>:"/|?*;%\x60$]', "_", stem).strip(" .")[:LONGEST_NAME] or "fil"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    right = {
        ENDING[kind],
        *({"jpeg", "jpe"} if kind == JPEG else ()),
        *({"md", "csv", "log"} if kind == TEXT else ()),
    }
    return f"{stem}.{ENDING[kind]}", bool(claimed) and claimed not in right
