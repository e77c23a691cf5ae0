"""The rules of the house that import contracts and linters cannot see, each with what breaks it.

A rule looks at one file and says what is wrong in it. `tests/test_architecture.py` holds the whole program to
every rule, and holds every rule to the samples that stand beside it: what is wrong must be found.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import radrum

PROGRAM = Path(radrum.__file__).parent
LAYERS = (
    "core",
    "accounts",
    "screening",
    "guidance",
    "knowledge",
    "community",
    "monitoring",
    "cases",
    "collaborations",
    "programme",
)  # from below; as in pyproject.toml

Check = Callable[[str, str], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """A sentence, the files it holds for (patterns under `radrum/`), and a check of one file's path and text.

    `wrong` and `right` are samples; a sample that needs a path of its own is a pair. `but` names files with
    the reason why they may do otherwise.
    """

    says: str
    files: tuple[str, ...]
    check: Check
    wrong: tuple[str | tuple[str, str], ...]
    right: tuple[str | tuple[str, str], ...] = ()
    but: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.says

    def holds_for(self, path: str) -> bool:
        """Whether the file is one of those meant, and not an exception."""
        meant = any(fnmatch(path, pattern) for pattern in self.files)
        return meant and path not in self.but and "/migrations/" not in path

    def sample(self, given: str | tuple[str, str]) -> list[str]:
        """What the check says of a sample."""
        path, text = given if isinstance(given, tuple) else (self.files[0].replace("*", "cases", 1), given)
        return list(self.check(path, text))


def files() -> list[str]:
    """Every file of the program, as a path from `radrum/`."""
    return sorted(path.relative_to(PROGRAM).as_posix() for path in PROGRAM.rglob("*.*") if path.is_file())


def package_of(path: str) -> str:
    """The package a file belongs to; nothing for the composition root."""
    head = path.partition("/")[0]
    return head if head in LAYERS else ""


def is_above(package: str, other: str) -> bool:
    """Whether `other` lies above `package`, which must then not know it."""
    return bool(package) and other in LAYERS and LAYERS.index(other) > LAYERS.index(package)


@cache
def parsed(text: str) -> ast.Module:
    """The source as a tree, read once for all rules."""
    return ast.parse(text)


def walk(text: str) -> Iterator[ast.AST]:
    """Every node of the source."""
    yield from ast.walk(parsed(text))


def last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`, `a` of `a`; nothing for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def names_in(node: ast.AST) -> set[str]:
    """Every name and attribute that stands in the node."""
    return {last_name(one) for one in ast.walk(node)} - {""}


def imports(text: str) -> Iterator[tuple[str, str, int]]:
    """Module, name and line of everything that is imported."""
    for node in walk(text):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.module or "", alias.name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", node.lineno


def calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    """The last name of what is called, and the call."""
    for node in walk(text):
        if isinstance(node, ast.Call):
            yield last_name(node.func), node


def no_names(*forbidden: str) -> Check:
    """A check that none of these names, attributes or strings stands anywhere in the code."""

    def check(path: str, text: str) -> Iterator[str]:
        for node in walk(text):
            word = node.value if isinstance(node, ast.Constant) else last_name(node)
            imported = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            for name in {word, *imported} & set(forbidden):
                yield f"line {node.lineno}: {name}"

    return check
