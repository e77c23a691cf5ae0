"""Files by their content: what is taken, what is refused and why, and what the name becomes."""

import io
import zipfile
import zlib

import pytest

from radrum.cases.engine import attachments
from radrum.cases.engine.attachments import ENDING, JPEG, PDF, TEXT, NotTaken, examine, safe_name

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + b"\x10" * 30 + b"\xff\xd9"
RELS = "word/_rels/document.xml.rels"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def pdf(inside: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer\n<< >>\n" + end


def packed(inside: bytes) -> bytes:
    """A PDF whose objects stand in a compressed stream, as most are."""
    stream = zlib.compress(inside)
    return pdf(b">>\nendobj\n2 0 obj\n<< /Type /ObjStm >>\nstream\n" + stream + b"\nendstream\n<<")


def archive(**parts: str | bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return data.getvalue()


def docx(**parts: str | bytes) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:t>Hej DDE</w:t>", **parts})


def xlsx(**parts: str | bytes) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", **parts})


def odt(**parts: str | bytes) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return archive(**{"mimetype": kind, "content.xml": "<office:text/>", **parts})


def rels(kind: str) -> str:
    return f'<Relationships><Relationship Id="r1" TargetMode="External" Type="{kind}" Target="https://x.example/"/>'


@pytest.mark.parametrize(
    ("data", "kind", "findings"),
    [
        (pdf(), "pdf", []),
        (packed(b"<< /Type /Page >>"), "pdf", []),
        (pdf(b"/OpenAction [3 0 R /Fit]"), "pdf", ["opens"]),
        (packed(b"<< /OpenAction [3 0 R /Fit] >>"), "pdf", ["opens"]),
        (PNG, "png", []),
        (JPG, "jpeg", []),
        ("Hej på dig.\n1 < 2".encode(), "text", []),
        (b"\xef\xbb\xbfMed m\xc3\xa4rke", "text", []),
        (docx(), "docx", []),
        (docx(**{RELS: rels(HYPERLINK)}), "docx", ["links"]),
        (xlsx(), "xlsx", []),
        (odt(), "odt", []),
        (odt(**{"content.xml": '<text:a xlink:href="https://x.example/">'}), "odt", ["links"]),
    ],
)
def test_what_is_taken(data: bytes, kind: str, findings: list[str]) -> None:
    assert examine(data) == (kind, findings)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        # PDF: plainly, in numbers, packed away; cut off, locked, with something after its end
        *(
            (pdf(b"/" + name), "active")
            for name in (b"JavaScript", b"JS (app)", b"Launch", b"EmbeddedFile", b"XFA")
        ),
        (pdf(b"/J#61vaScript"), "active"),
        (packed(b"<< /S /JavaScript >>"), "active"),
        (packed(b"<< /S /#4aS >>"), "active"),
        (pdf(b"/Encrypt 4 0 R"), "locked"),
        (pdf(end=b""), "broken"),
        (pdf() + b"PK\x03\x04 och mer", "hidden"),
        # pictures
        (PNG[:-8], "broken"),
        (PNG + b"<script>", "hidden"),
        (JPG + b"PK\x03\x04", "hidden"),
        # text that is something else
        (b"<svg xmlns='x' onload='alert(1)'/>", "markup"),
        (b"<!DOCTYPE html><p>Hej", "markup"),
        (b"<?xml version='1.0'?><a/>", "markup"),
        (b"Hej <script>alert(1)</script>", "markup"),
        (b"#!/bin/sh\nrm -rf /", "markup"),
        (b"{\\rtf1 hej}", "markup"),
        (b"MZ\x90\x00\x03", "unknown"),
        (b"\xff\xfeH\x00e\x00j\x00", "unknown"),
        (b"", "unknown"),
        # office
        (docx(**{"word/vbaProject.bin": b"x"}), "active"),
        (docx(**{"[Content_Types].xml": '<Override ContentType="x.macroEnabled.main+xml"/>'}), "active"),
        (docx(**{"word/embeddings/oleObject1.bin": b"x"}), "active"),
        (
            docx(**{"word/a.xml": "<w:instrText>DD</w:instrText><w:instrText>EAUTO cmd</w:instrText>"}),
            "active",
        ),
        (docx(**{RELS: rels(TEMPLATE)}), "reaches_out"),
        (docx(**{"word/b.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "active"),
        (xlsx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "active"),
        (odt(**{"Basic/Standard/Module1.xml": "<a/>"}), "active"),
        (odt(**{"content.xml": "<script:event-listener/>"}), "active"),
        (docx(**{"../../etc/passwd": b"x"}), "hidden"),
        (docx(**{"word/big.xml": b"0" * 60_000_000}), "bomb"),
        (archive(**{"readme.txt": "Hej"}), "unknown"),
        (docx()[:-30], "broken"),
    ],
)
def test_what_is_refused_and_why(data: bytes, why: str) -> None:
    with pytest.raises(NotTaken) as refusal:
        examine(data)
    assert refusal.value.why == why


@pytest.mark.parametrize(
    ("name", "kind", "becomes", "otherwise"),
    [
        ("rapport.pdf", PDF, "rapport.pdf", False),
        ("Årsberättelse 2025 (ny).PDF", PDF, "Årsberättelse 2025 (ny).pdf", False),
        ("rapport.pdf.exe", PDF, "rapport.pdf", True),
        ("bild.jpeg", JPEG, "bild.jpg", False),
        ("../../etc/passwd", TEXT, "passwd.txt", False),
        ("C:\\Users\\x\\fil.txt", TEXT, "fil.txt", False),
        ("ann\u202efdp.exe", PDF, "annfdp.pdf", True),
        ("CON.txt", TEXT, "_CON.txt", False),
        (".htaccess", TEXT, "htaccess.txt", False),
        ("a\r\nSet-Cookie: b.pdf", PDF, "aSet-Cookie_ b.pdf", False),
        ("", PDF, "fil.pdf", False),
        ("x" * 300, PDF, "x" * 80 + ".pdf", False),
    ],
)
def test_nobody_is_fooled_by_a_name(name: str, kind: str, becomes: str, otherwise: bool) -> None:
    assert safe_name(name, kind) == (becomes, otherwise)


def test_every_kind_has_an_ending_and_a_type() -> None:
    assert set(ENDING) == set(attachments.MIME)
