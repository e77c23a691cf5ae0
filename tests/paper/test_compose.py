"""What people write is set as they wrote it, whatever it looks like, in a document that everyone can read."""

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from radrum.paper import compose as module
from radrum.paper.compose import Paper, Section, compose

PAPER = Paper(
    lang="sv",
    title="Snö & is",
    over="Underlag",
    foot="Fjällby",
    page="Sida",
    of="av",
    lacking="Om tecken i hakparentes.",
)
HOSTILE = [
    '#include "/etc/passwd"',
    "#panic(1) #let x = 1",
    "$x^2$ $",
    "\\ \\u{41} \\#",
    "@ref <label> @@",
    "*fet* _kursiv_ `kod` ```",
    "= Rubrik",
    "- lista / term: x",
    "// kommentar /* */",
    "~ -- --- ... 'a' \"b\"",
    "[innehåll] {kod} ]]] }}}",
    "<script>alert(1)</script>",
    '#sys.inputs.data #read("x") #eval("1")',
    "http://example.org/#x",
]


def _read(paper: Paper) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(compose(paper)))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def _with(text: str) -> Paper:
    return replace(PAPER, sections=[Section("Rubrik", [{"type": "text", "text": text}])])


def _plain(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_written_is_a_command(text: str) -> None:
    _reader, said = _read(_with(text))
    assert _plain(text) in _plain(said)


def test_everywhere_a_text_can_stand_it_is_literal() -> None:
    evil = '#panic("x") $ \\ @y'
    inside: list[dict[str, Any]] = [
        {"type": "text", "text": evil},
        {"type": "heading", "text": evil},
        {"type": "label", "text": evil},
        {"type": "strong", "text": evil},
        {"type": "state", "text": evil},
        {"type": "source", "text": evil},
        {"type": "note", "text": evil},
        {"type": "pairs", "rows": [{"label": evil, "value": evil}]},
        {"type": "numbered", "rows": [{"label": "1", "value": evil}]},
        {"type": "table", "head": [evil, evil], "rows": [[evil, evil]]},
        {"type": "list", "items": [evil]},
        {"type": "frame", "kind": "statement", "pieces": [{"type": "text", "text": evil}]},
    ]
    paper = replace(
        PAPER,
        title=evil,
        over=evil,
        lead=evil,
        foot=evil,
        facts=[{"label": evil, "value": evil}],
        notes=[evil],
        sections=[Section(evil, inside, "assessment", evil)],
    )
    reader, said = _read(paper)
    assert _plain(said).count(_plain(evil)) >= 22
    assert reader.metadata
    assert reader.metadata.title == evil


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    for lang in ("sv", "en"):
        reader, said = _read(replace(_with("Text"), lang=lang))
        root: Any = reader.trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (lang, True)
        assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  (pypdf's own boolean)
        assert reader.metadata
        assert reader.metadata.title == "Snö & is"
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
        assert _structure(root["/StructTreeRoot"]) >= {"/H1", "/H2", "/P"}
        assert "Sida 1 av 1" in " ".join(said.split())


def _structure(node: Any) -> set[str]:
    """Every kind of tag in the document."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*(_structure(one) for one in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (_structure(node["/K"]) if "/K" in node else set())


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا بالعالم",
        "שלום עולם",
        "Ελληνικά",
        "Кириллица",
        "naïve façade œuvre ŁÓDŹ",
        "a\u0301 e\u0308",
        "Ẽ ǫ́ ʼ",
    ],
)
def test_other_letters_go_through(text: str) -> None:
    _reader, said = _read(_with(f"före {text} efter"))
    assert ("före" in said, "efter" in said, "[" in said) == (True, True, False)


def test_letters_that_no_font_has_are_written_with_latin_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_can_show", lambda letter: not "\u4e00" <= letter <= "\u9fff")
    _reader, said = _read(_with("哈尔滨工程大学 och 南京"))
    assert ("[HaErBinGongChengDaXue]" in said, "[NanJing]" in said) == (True, True)
    assert "Om tecken i hakparentes." in said


def test_it_never_fails_for_want_of_a_font() -> None:
    text = "哈尔滨 😀 𓀀 \ue000 \U0010fffd \u0378 \x00\x07 \u202eomvänt\u202c \ufeff \u200b é"
    _reader, said = _read(_with(text))
    assert ("omvänt" in said, "[U+E000]" in said, "\u202e" in said) == (True, True, False)


def test_very_long_words_and_texts_stay_on_the_page() -> None:
    reader, said = _read(_with("x" * 4_000 + " " + "ord " * 4_000))
    assert (len(reader.pages) > 3, _plain(said).count("x") >= 4_000) == (True, True)
    [word] = [run for run in said.split("\n") if "xxx" in run][:1]
    assert len(word.replace("\u200b", "")) < 120


def test_ends_of_lines_and_paragraphs_stay() -> None:
    _reader, said = _read(_with("ett\r\ntvå\n\ntre"))
    assert [line.strip() for line in said.splitlines() if line.strip() in {"ett", "två", "tre"}] == [
        "ett",
        "två",
        "tre",
    ]


def test_nothing_at_all_is_a_document_too() -> None:
    reader, said = _read(replace(PAPER, sections=[Section("Tomt", [])]))
    assert (len(reader.pages), "Tomt" in said) == (1, True)


def test_many_letters_that_are_not_known_do_not_cost_for_ever() -> None:
    tried: list[str] = []
    text = "".join(chr(0x4E00 + n) for n in range(2_000))
    before = module._can_show
    try:
        module._can_show = lambda letter: bool(tried.append(letter))  # type: ignore[assignment]
        assert len(module._lacking(text)) == 2_000
    finally:
        module._can_show = before
    assert len(tried) == module._MOST_TRIED


def test_a_picture_of_it_can_be_looked_at() -> None:
    picture = compose(_with("Text"), form="png")
    assert (picture if isinstance(picture, bytes) else picture[0]).startswith(b"\x89PNG")
