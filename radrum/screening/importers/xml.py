"""XML without surprises: no document type, no entities of its own, and the line of every element."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from radrum.screening.record import BrokenList

Found = tuple[Element, int]


class _Reader:
    """Builds elements; a document type declaration ends the reading, since entity bombs need one."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.found: list[Found] = []
        self.root: Element | None = None
        self._open: list[Element] = []
        self._inside = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: Any) -> None:
        raise BrokenList(
            "the file declares a document type; no list has one", line=self._parser.CurrentLineNumber
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name.rpartition(" ")[2], attributes)
        self.root = self.root if self.root is not None else element
        if self._open and self._inside:
            self._open[-1].append(element)
        self._inside += element.tag in self.wanted
        self._open.append(element)

    def _text(self, text: str) -> None:
        element = self._open[-1]
        if len(element):
            return  # text between elements says nothing in these formats
        element.text = (element.text or "") + text

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.tag in self.wanted:
            self._inside -= 1
            self.found.append((element, self._parser.CurrentLineNumber))

    def read(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, True)  # noqa: FBT003  (expat's own argument)
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            raise BrokenList(
                f"not complete or not XML ({why}); the file may have been cut short", line=error.lineno
            ) from error


def elements(data: bytes, *wanted: str) -> tuple[Element, list[Found]]:
    """The root (with its attributes) and every element named `wanted`, each with the line where it ends."""
    reader = _Reader(frozenset(wanted))
    reader.read(data)
    if reader.root is None:
        raise BrokenList("the file is empty")
    return reader.root, reader.found


def text(element: Element, path: str) -> str:
    """The text there, in one line; empty when there is none."""
    return " ".join((element.findtext(path) or "").split())


def texts(element: Element, path: str) -> Iterator[str]:
    """Every text there that says something."""
    for found in element.iterfind(path):
        value = " ".join((found.text or "").split())
        if value:
            yield value


def need(value: str, what: str, line: int) -> str:
    """A value no entry can be without."""
    if not value:
        raise BrokenList(f"an entry has no {what}", line=line)
    return value
