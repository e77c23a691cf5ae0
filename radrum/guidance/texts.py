"""Read the texts an editor writes: YAML without tags, double keys or turned writing directions."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from radrum.core.operation import Refused

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class _Strict(yaml.SafeLoader):
    """Refuses a key that stands twice, which YAML itself would drop without a word."""


def _mapping(loader: _Strict, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=deep)
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, name: str) -> Any:
    """The document in `text`. Raises `Refused` with the file's name, the line, and what is wrong there."""
    for number, line in enumerate(text.splitlines(), start=1):
        if _TURNING.search(line):
            raise Refused(f"{name}, line {number}: a character that turns the writing direction")
    try:
        return yaml.load(text, _Strict)  # noqa: S506  (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused(f"{name}, line {place}: {error.problem}") from None
    except yaml.YAMLError as error:
        raise Refused(f"{name}: {error}") from None


def read(path: Path) -> Any:
    """The document in the file."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def untranslated(value: Any, place: str) -> Iterator[str]:
    """Where a text stands in one language only: `{sv: …, en: …}`, or `name_sv` beside `name_en`."""
    if isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from untranslated(each, f"{place} {number}")
    elif isinstance(value, dict):
        yield from _alone(value, place)
        for name, each in value.items():
            yield from untranslated(each, f"{place}, {name}")


def _alone(value: dict[Any, Any], place: str) -> Iterator[str]:
    for here, other in (("sv", "en"), ("en", "sv")):
        if here in value and not str(value.get(other) or "").strip():
            yield f"{place}: the text is missing in “{other}”"
        for name in [str(name) for name in value if str(name).endswith(f"_{here}")]:
            if not value.get(f"{name[:-2]}{other}"):
                yield f"{place}: {name[:-2]}{other} is missing"
