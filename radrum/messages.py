"""The Swedish catalogue: gathered from code and templates, compared and compiled, with Babel.

English source strings stand in the code. Django's own templatize turns a template into what Babel can read.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent
PO = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_HEADER = """# The Swedish catalogue; `radrum messages update` gathers the texts, people translate them.
msgid ""
msgstr ""
"Project-Id-Version: radrum\\n"
"Language: sv\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""  # no dates or names that change with every run
_PLACE = re.compile(r"%\((\w+)\)[sd]")


def _texts(path: Path) -> Iterator[tuple[int, str, object]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize  # noqa: PLC0415  (needs settings)

        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    file = io.BytesIO(source.encode())
    for line, function, texts, _comments in extract_python(file, list(_KEYWORDS), [], {"encoding": "utf-8"}):
        yield line, function, texts


def _message(function: str, texts: object) -> tuple[str | tuple[str, str], str | None] | None:
    parts = list(texts) if isinstance(texts, tuple) else [texts]
    context = str(parts.pop(0)) if function.startswith(("pgettext", "npgettext")) else None
    if not parts or not isinstance(parts[0], str) or not parts[0]:
        return None
    if "ngettext" in function or "npgettext" in function:
        return (str(parts[0]), str(parts[1])), context
    return parts[0], context


def gather() -> Catalog:
    """Every text in the code and the templates, with where it stands."""
    catalog = Catalog(locale="sv", project="rådrum", charset="utf-8")
    files = sorted(
        [*ROOT.rglob("*.py"), *ROOT.rglob("templates/**/*.html"), *ROOT.rglob("templates/**/*.txt")]
    )
    for path in files:
        for _line, function, texts in _texts(path):
            found = _message(function, texts)
            if found:
                catalog.add(
                    found[0], context=found[1], locations=[(path.relative_to(ROOT.parent).as_posix(), 0)]
                )
    return catalog


def stored() -> Catalog:
    """The catalogue as it is in the repository."""
    with PO.open("rb") as file:
        return read_po(file, locale="sv")


def update() -> None:
    """Add new texts (untranslated), drop unused ones; translations stay."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalog = stored() if PO.exists() else Catalog(locale="sv", project="rådrum", charset="utf-8")
    catalog.update(gather(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with PO.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, catalog, width=110, include_lineno=False, sort_output=True, omit_header=True)


def _forms(text: object) -> list[str]:
    return [str(part) for part in text] if isinstance(text, tuple | list) else [str(text or "")]


def _faults(message: Message) -> Iterator[str]:
    source, target = _forms(message.id), _forms(message.string)
    if not all(target) or message.fuzzy:
        yield f"not translated: {source[0]!r}"
        return
    wanted = set(_PLACE.findall(" ".join(source)))
    for form in target:
        if not set(_PLACE.findall(form)) <= wanted:
            yield f"a place that the English text does not have: {form!r}"


def problems() -> list[str]:
    """What is missing, unused or wrong in the Swedish catalogue; empty when it is complete."""
    have = {(message.context, str(message.id)): message for message in stored() if message.id}
    want = {(message.context, str(message.id)) for message in gather() if message.id}
    missing = [f"missing: {text}" for _context, text in sorted(want - set(have), key=str)]
    unused = [f"not used any more: {text}" for _context, text in sorted(set(have) - want, key=str)]
    return [*missing, *unused, *(fault for message in have.values() for fault in _faults(message))]


def compile_catalogue() -> None:
    """Write the .mo file that Django reads."""
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, stored())
