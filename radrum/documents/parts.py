"""The tables that are made from the code: operations, gates, schedule, the demo's accounts, addresses."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

import radrum
from radrum import story, urls
from radrum.accounts.roles import Role
from radrum.core.operation import Operation, registry
from radrum.knowledge.door import absent

ROOT = Path(radrum.__file__).parent
_NOT_LOOKED_IN = re.compile(
    r"\.(migrations|management|supervise|wsgi|manage|walk)\b"
)  # they hold no operations


class Address(NamedTuple):
    """One pattern of the addresses, and the name it is known by."""

    path: str
    name: str


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def first_line(text: str | None) -> str:
    """The first line of a docstring."""
    return (text or "").strip().partition("\n")[0]


def everything_done() -> list[Operation]:
    """Every operation of the program by verb, wherever it is written."""
    for module in pkgutil.walk_packages([str(ROOT)], "radrum."):
        if not _NOT_LOOKED_IN.search(module.name):
            importlib.import_module(module.name)
    ours = [one for one in registry.values() if one.step.__module__.startswith("radrum.")]
    return sorted(ours, key=lambda one: one.verb)


def _place(module: str) -> str:
    return module.removeprefix("radrum.").replace(".", "/") + ".py"


def operations() -> str:
    """Everything a person, a job or the command line can do, and by which rule."""
    rows = (
        (
            f"`{one.verb}`",
            first_line(one.step.__doc__),
            f"{first_line(one.allowed.__doc__)} (`{one.allowed.__name__}`)",
            f"`{_place(one.step.__module__)}`, `{one.step.__name__}`",
        )
        for one in everything_done()
    )
    return table(("verb", "what it does", "who may", "where"), rows)


def gates_in(root: Path) -> dict[str, tuple[str, str]]:
    """The modules whose docstring begins with "Gate:", with the way and what passes."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if text.startswith("Gate: "):
            sentence = " ".join(text.partition("\n\n")[0].split()).removeprefix("Gate: ")
            way, _, passes = sentence.partition(". ")
            found[path.relative_to(root).as_posix()] = (way, passes)
    return found


def gates() -> str:
    """The modules through which facts reach people who could not see them before."""
    rows = ((f"`{path}`", way, passes) for path, (way, passes) in gates_in(ROOT).items())
    return table(("gate", "from → to", "what passes"), rows)


def schedule() -> str:
    """The timed work in `schedule.py`."""
    tree = ast.parse((ROOT / "schedule.py").read_text(encoding="utf-8"))
    rows = (
        (f"`{ast.literal_eval(word.value)}`", first_line(ast.get_docstring(job)), f"`{job.name}`")
        for job in tree.body
        if isinstance(job, ast.FunctionDef | ast.AsyncFunctionDef)
        for call in job.decorator_list
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "app.periodic"
        for word in call.keywords
        if word.arg == "cron"
    )
    return table(("when (cron)", "what it does", "in `schedule.py`"), rows)


def accounts() -> str:
    """Who can sign in to the demo."""
    told = story.texts()
    names = {organisation["key"]: organisation["name_en"] for organisation in told["organisations"]}
    with override("en"):
        rows = [
            (
                f"`{person['email']}`",
                person["name"],
                ", ".join(str(Role(role).label) for role in person["roles"]),
                names[person["organisation"]],
                person["line_en"],
            )
            for person in told["people"]
        ]
    return table(("sign in as", "name", "role", "organisation", "who this is"), rows)


def every_address(
    resolver: URLResolver | None = None, path: str = "/", space: str = ""
) -> Iterator[tuple[Address, URLPattern]]:
    """Every address of the program in order, those of libraries too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = path + str(pattern.pattern).lstrip("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLPattern):
            yield Address(here, f"{space}{pattern.name or ''}"), pattern
        else:
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from every_address(pattern, here, within)


def addresses() -> str:
    """Every address; those open to all say so."""
    rows = (
        (f"`{one.path}`", f"`{one.name}`", "open to all" if one.name in urls.OPEN else "after sign-in")
        for one, pattern in every_address()
        if pattern.callback is not absent  # addresses of Wagtail that lead nowhere
    )
    return table(("address", "name", "who"), rows)
