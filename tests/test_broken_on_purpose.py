"""The linters and contracts catch what they are there for: each is broken once, in a copy or a sample."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.CHECKOUT)
TOOLS = Path(sys.executable).parent


def run(tool: str, *words: str, folder: Path = ROOT, text: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [TOOLS / tool, *words],
        cwd=folder,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program and its configuration, to break."""
    shutil.copytree(
        ROOT / "radrum", tmp_path / "radrum", ignore=shutil.ignore_patterns("__pycache__", "locale")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add(copy: Path, file: str, line: str) -> None:
    path = copy / "radrum" / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else '"""A package."""\n'
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")


# --- Import contracts ------------------------------------------------------------------------------

LAYERS = "Imports point down; a new package must be placed in the picture"
WAYS_IN = "Steps never import views or forms"
ENGINES = "Engines are pure: no Django, no models, no clock"
INSIDE = "Inside a package: models, policy, (steps,) show, ways in"
ROOT_KNOWN = "No package knows the composition root"


def broken_contracts(copy: Path) -> set[str]:
    _code, said = run("lint-imports", "--no-cache", folder=copy)
    return {line.removesuffix(" BROKEN") for line in said.splitlines() if line.endswith(" BROKEN")}


@pytest.mark.slow
def test_what_is_not_broken_is_kept(copy: Path) -> None:
    assert run("lint-imports", "--no-cache", folder=copy)[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "contracts"),
    [
        ("cases/triage.py", "from radrum.collaborations.models import Collaboration", {LAYERS}),
        ("cases/triage.py", "def f() -> None:\n    from radrum.collaborations import ask", {LAYERS}),
        ("core/audit.py", "from radrum.accounts.models import User", {LAYERS}),
        ("guidance/load.py", "import radrum.cases.answer", {LAYERS}),
        ("stray/__init__.py", "", {LAYERS}),  # a package nobody has placed in the picture
        ("screening/__init__.py", "from radrum.guidance import engine", {LAYERS}),  # beside it, not above
        ("screening/__init__.py", "from radrum.accounts import policy", set()),
        ("cases/triage.py", "from radrum.menu import page", {LAYERS, ROOT_KNOWN}),
        ("core/audit.py", "from radrum import embedded", {ROOT_KNOWN}),
        ("cases/triage.py", "from radrum.cases import forms", {WAYS_IN}),
        ("collaborations/ask.py", "from radrum.cases.views import queue", {WAYS_IN}),
        ("cases/policy.py", "from radrum.cases import show", {INSIDE}),
        ("cases/models.py", "from radrum.cases import policy", {INSIDE}),
        ("guidance/engine.py", "from django.utils.translation import gettext", {ENGINES}),
        ("guidance/engine.py", "import datetime", {ENGINES}),
        ("guidance/engine.py", "from radrum.guidance.models import Edition", {ENGINES}),
        ("cases/engine/named.py", "import random", {ENGINES}),
    ],
)
def test_a_contract_sees_it(copy: Path, file: str, line: str, contracts: set[str]) -> None:
    add(copy, file, line)
    assert broken_contracts(copy) == contracts


# --- Types -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_mypy_sees_what_does_not_fit(copy: Path) -> None:
    add(copy, "cases/triage.py", "def untyped(actor, case):\n    return case")
    add(copy, "cases/receive.py", "def wrong() -> int:\n    return working_days_after('monday', 1)")
    add(copy, "guidance/engine.py", "HOW = opens(Asked('a', 'b', 'c'), 3)")
    add(copy, "cases/policy.py", "def odd(actor: Actor) -> bool:\n    return actor.rolls == 'adviser'")
    _code, said = run("mypy", "--cache-dir", str(copy / "cache"), folder=copy)
    found = {
        (line.partition(":")[0].removeprefix("radrum/"), line.rpartition("[")[2].rstrip("]"))
        for line in said.splitlines()
        if ": error:" in line
    }
    expected = {
        ("cases/triage.py", "no-untyped-def"),
        ("cases/receive.py", "arg-type"),
        ("cases/receive.py", "return-value"),
        ("guidance/engine.py", "arg-type"),
        ("cases/policy.py", "attr-defined"),
    }
    assert expected - found == set()


# --- Lint ------------------------------------------------------------------------------------------

HEAD = '"""A sample."""\n\n'


def found_by_ruff(text: str, file: str) -> set[str]:
    _code, said = run("ruff", "check", "--output-format", "concise", "--stdin-filename", file, "-", text=text)
    return {line.split(": ", 1)[1].split()[0] for line in said.splitlines() if line.startswith(file)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("x = 1\n", "D100"),  # a module without a sentence
        (HEAD + "def triage() -> None:\n    pass\n", "D103"),
        (HEAD + "def _f(n: int) -> None:\n" + "    print(n)\n" * 41, "PLR0915"),  # 40 statements
        (
            HEAD
            + "def _f(n: int) -> int:\n"
            + "".join(f"    if n == {i}:\n        n += 1\n" for i in range(8)),
            "C901",
        ),
        (HEAD + "print(1)\n", "T201"),
        (HEAD + "x = 1  # TODO: later\n", "FIX002"),
        (HEAD + "import os\n", "F401"),
        (HEAD + "from datetime import datetime\n\nx = datetime.now()\n", "DTZ005"),
        (HEAD + "from pathlib import Path\nimport os\n", "I001"),
        (HEAD + "from django.utils.safestring import mark_safe\n\nx = mark_safe(__name__)\n", "S308"),
        (HEAD + "import hashlib\n\nx = hashlib.md5(b'')\n", "S324"),
        (HEAD + "import subprocess\n\nsubprocess.run('ls', shell=True, check=True)\n", "S602"),
        (HEAD + "try:\n    x = 1\nexcept Exception:\n    x = 2\n", "BLE001"),
        (HEAD + "def _f(x: list[int] = []) -> None:\n    pass\n", "B006"),
        (HEAD + "from x import _\n\nname = 'y'\nz = _(f'Hello {name}')\n", "INT001"),
        (HEAD + "import logging\n\nlogging.getLogger(__name__).info(f'{1}')\n", "G004"),
        (HEAD + "x = object()._hidden\n", "SLF001"),
        (HEAD + "def _f(urgent: bool) -> None:\n    pass\n", "FBT001"),
        (HEAD + "x = eval('1')  # noqa\n", "PGH004"),
        (HEAD + f"x = '{'long ' * 30}'\n", "E501"),
    ],
    ids=lambda given: given if given.isupper() or given[-1].isdigit() else "",
)
def test_ruff_sees_it(text: str, rule: str) -> None:
    assert rule in found_by_ruff(text, "radrum/cases/sample.py")


def test_ruff_lets_a_proper_module_through() -> None:
    function = (
        'def triage(case: str, *, urgent: bool) -> str:\n    """Hand out."""\n    return case * urgent\n'
    )
    assert found_by_ruff(HEAD + function, "radrum/cases/sample.py") == set()
