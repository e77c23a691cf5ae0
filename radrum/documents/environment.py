"""The settings, read out of `settings.py` with their comments: the table in `docs/`, and `.env.example`."""

import ast
import io
import re
import tokenize
from typing import NamedTuple

from radrum.documents.parts import ROOT, table

_PLAIN = re.compile(r"'([^']*)'|(\d+)|(True|False)")


class Setting(NamedTuple):
    """One variable of the environment, as `settings.py` reads it."""

    section: str
    name: str
    default: str
    meaning: str


def settings_in(source: str) -> list[Setting]:
    """Every `env.…("NAME", default=…)  # meaning`, in order, with the heading of its section."""
    headings, meanings = [(0, "")], {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            text = token.string.lstrip("# ")
            if token.line.startswith("#"):
                headings.append((token.start[0], text))
            else:
                meanings[token.start[0]] = text
    calls = [call for call in ast.walk(ast.parse(source)) if _reads_a_variable(call)]
    return [
        Setting(
            next(text for line, text in reversed(headings) if line < call.lineno),
            str(call.args[0].value),  # type: ignore[attr-defined]  # `_reads_a_variable` has looked
            next((ast.unparse(word.value) for word in call.keywords if word.arg == "default"), ""),
            meanings.get(call.end_lineno or 0, ""),
        )
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))  # type: ignore[attr-defined]
        if isinstance(call, ast.Call)
    ]


def _reads_a_variable(node: ast.AST) -> bool:
    """A call whose variable is worked out reads one that stands elsewhere, and does not count."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("env.")
        and isinstance(node.args[0], ast.Constant)
    )


def settings_read() -> list[Setting]:
    """The settings of rådrum."""
    return settings_in((ROOT / "settings.py").read_text(encoding="utf-8"))


def settings() -> str:
    """Every setting, in the order of `settings.py`."""
    rows = ((f"`{one.name}`", one.meaning, f"`{_shown(one.default)}`") for one in settings_read())
    return table(("variable", "meaning", "if it is not set"), rows)


def example() -> str:
    """The text of `.env.example`: every setting with its value as long as it is not set."""
    lines = [
        "# Every setting of rådrum, none of them set. Made by `radrum docs update`; see docs/settings.md."
    ]
    section = ""
    for one in settings_read():
        if one.section != section:
            section = one.section
            lines += ["", f"# --- {section}"]
        lines += [f"# {one.meaning}", f"#{one.name}={_value(one.default)}"]
    return "\n".join(lines) + "\n"


def _shown(default: str) -> str:
    return "–" if default == "''" else default


def _value(default: str) -> str:
    """A plain default as one writes it in a file of variables; nothing for one that is worked out."""
    found = _PLAIN.fullmatch(default)
    text = next((group for group in found.groups() if group), "") if found else ""
    return f'"{text}"' if " " in text else text
