"""From plain values to a PDF; letters no font has are written with Latin ones, long words may break."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from anyascii import anyascii

TEMPLATE = Path(__file__).parent / "paper.typ"
LONG_WORD = 40  # letters; longer ones run out of the page unless they may be broken anywhere
_NEVER_SHOWN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
)  # controls turn text around
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_LONG = re.compile(rf"\S{{{LONG_WORD},}}")
_SURELY = 0x0250  # the embedded fonts have every letter before this one
_MOST_TRIED = 400  # different letters in one document; more are written with Latin letters untried

Piece = dict[str, Any]


@dataclass
class Section:
    """A part of the document with a heading; `kind` says whose object it is, `kind_word` in words."""

    title: str
    pieces: list[Piece]
    kind: str = ""
    kind_word: str = ""


@dataclass
class Paper:
    """A document: nothing but text, in the order one reads it."""

    lang: str
    title: str
    over: str  # what sort of document it is
    foot: str
    page: str  # the word before the number
    of: str
    lacking: str  # the sentence that explains letters in square brackets
    lead: str = ""
    facts: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def compose(paper: Paper, *, form: str = "pdf") -> Any:
    """The file: PDF/UA-1, with title, language and order of reading in it. `png` is for looking."""
    data = _data(paper)
    lacking = _lacking(json.dumps(data, ensure_ascii=False))
    data = _each(data, lambda text: _shown(text, lacking))
    if lacking:
        data["notes"].append(paper.lacking)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    if form == "png":
        return typst.compile(TEMPLATE, sys_inputs=inputs, format="png", ppi=80)
    return typst.compile(TEMPLATE, sys_inputs=inputs, pdf_standards=["ua-1"])


def _data(paper: Paper) -> dict[str, Any]:
    sections = [
        {"title": one.title, "pieces": one.pieces, "kind": one.kind, "kind-word": one.kind_word}
        for one in paper.sections
    ]
    whole = asdict(paper)
    words = {"page": whole.pop("page"), "of": whole.pop("of")}
    del whole["lacking"]
    return {**whole, "sections": sections, "words": words, "author": "rådrum"}


def _each(value: Any, change: Any) -> Any:
    """Every text of the data, changed; names of fields stay."""
    if isinstance(value, dict):
        return {
            name: part if name in {"type", "kind", "lang"} else _each(part, change)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_each(part, change) for part in value]
    return change(str(value))


def _shown(text: str, lacking: frozenset[str]) -> str:
    """The text as it is set: the same letters, but for those no font has and those that are never seen."""
    clean = _NEVER_SHOWN.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n"))
    parts, run = [], ""
    for letter in [*clean, ""]:
        if letter and letter in lacking:
            run += letter
            continue
        if run:
            parts.append(f"[{anyascii(run).strip() or ' '.join(f'U+{ord(one):04X}' for one in run)}]")
            run = ""
        parts.append(letter)
    return _LONG.sub(lambda word: "\u200b".join(_slices(word[0])), "".join(parts))


def _slices(word: str, size: int = 20) -> list[str]:
    return [word[start : start + size] for start in range(0, len(word), size)]


def _lacking(text: str) -> frozenset[str]:
    """The letters of the text that no font on this machine has."""
    clean = _NEVER_SHOWN.sub("", unicodedata.normalize("NFC", text))
    unsure = sorted(
        {letter for letter in clean if ord(letter) >= _SURELY and not unicodedata.combining(letter)}
    )
    nameless = [
        letter for letter in unsure if unicodedata.category(letter) in {"Co", "Cn"}
    ]  # private, unassigned
    tried, untried = unsure[:_MOST_TRIED], unsure[_MOST_TRIED:]
    return frozenset([*nameless, *untried, *(letter for letter in tried if not _can_show(letter))])


@lru_cache(maxsize=20_000)
def _can_show(letter: str) -> bool:
    """Whether some font has it: a document that may not lack anything is tried with nothing else in it."""
    source = b'#set document(title: "x")\n#set text(font: "Libertinus Serif")\n#sys.inputs.at("letter")'
    try:
        typst.compile(source, sys_inputs={"letter": letter}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


def file_name(said: str, *, otherwise: str) -> str:
    """`FU-2026-1187.pdf` of `FU 2026/1187`: letters every system takes; `otherwise` when none is left."""
    return f"{_NO_NAME.sub('-', said).strip('-') or otherwise}.pdf"
