"""The ways in: what a stranger's first command does, and what it says when something is missing.

The shell scripts run for real, copied to a path with spaces and å, with a PATH that has only what a test
gives it.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = "sh dirname cat cksum tr grep find sort mkdir rm mv cp tail head sleep ls env chmod touch sed true"

# Stands for Python and its pip: notes what it is asked, makes what setup looks for, and can lack things.
PYTHON = """#!/bin/sh
case "$*" in
*version_info*print* | *print*version_info*) echo "$FAKE_VERSION" ;;
*"version_info <"*) [ "$FAKE_VERSION" != 3.9 ] ;;
*ensurepip*) [ -z "${FAKE_NO_VENV:-}" ] ;;
*"import sys, venv, pip"*) [ -z "${FAKE_NO_PIP:-}" ] ;;
"-c import pip") true ;;
*"-m venv"*)
    for place; do :; done
    mkdir -p "$place/bin" && cp "$0" "$place/bin/python" ;;
*"-m pytest"*) echo "$*" >>"$FAKE_LOG"; echo "== 3 passed in 0.1s =="; exit "${FAKE_PYTEST:-0}" ;;
*)
    echo "$*" >>"$FAKE_LOG"
    [ -z "${FAKE_OFFLINE:-}" ] || { echo "Temporary failure in name resolution"; exit 1; } ;;
esac
"""
NPM = """#!/bin/sh
[ "$1" != --version ] || { echo 10.2.0; exit; }
echo "npm $*" >>"$FAKE_LOG"
[ -z "${FAKE_OFFLINE:-}" ] || exit 1
mkdir -p node_modules/@digdir && echo new >node_modules/made
"""


class Checkout:
    """A copy of the scripts, and a machine with exactly the programs a test names."""

    def __init__(self, place: Path) -> None:
        self.root = place / "Mina saker å" / "rådrum"
        self.bin, self.log = place / "bin", place / "asked.log"
        self.bin.mkdir()
        for tool in TOOLS.split():
            if found := shutil.which(tool):
                (self.bin / tool).symlink_to(found)
        for name in ("script", "requirements"):
            shutil.copytree(ROOT / name, self.root / name)
        for name in ("package.json", "package-lock.json", ".npmrc", "pyproject.toml"):
            shutil.copy(ROOT / name, self.root)
        self.environment = {
            "PATH": str(self.bin),
            "HOME": str(place),
            "LC_ALL": "C",
            "FAKE_LOG": str(self.log),
            "FAKE_VERSION": "3.12",
        }

    def program(self, path: str | Path, text: str) -> Path:
        file = self.bin / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)
        return file

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "script" / words[0], *words[1:]],
            env=self.environment | environment,
            cwd="/",
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def asked(self) -> list[str]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


# --- The scripts as files --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bench", "demo", "lock", "radrum", "setup", "test"])
def test_scripts_are_plain_shell_that_can_be_run(name: str) -> None:
    script = ROOT / "script" / name
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n# ")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


def test_ci_script_is_bash() -> None:
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0


# --- The locks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["app", "dev", "node"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)
    assert "://" not in text
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["app", "dev", "node"])
def test_everything_asked_for_is_locked(name: str) -> None:
    asked = re.findall(r"^([A-Za-z][\w-]*)", (ROOT / "requirements" / f"{name}.in").read_text("utf-8"), re.M)
    locked = re.findall(r"^([a-z][\w-]*)==", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"), re.M)
    assert {package.lower() for package in asked} - set(locked) == set()


def test_tests_run_on_what_the_program_runs_on() -> None:
    pinned = [
        dict(re.findall(r"^([a-z][\w-]*)==(\S+)", (ROOT / "requirements" / name).read_text("utf-8"), re.M))
        for name in ("app.txt", "dev.txt")
    ]
    assert {package: version for package, version in pinned[1].items() if package in pinned[0]} == pinned[0]


def test_npm_lock_has_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [
        name for name, package in packages.items() if "integrity" not in package or "resolved" in package
    ] == []


# --- script/setup ----------------------------------------------------------------------------------


def test_setup_installs_locked_wheels_once(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON)
    checkout.program("npm", NPM)
    first = checkout.run("setup")
    assert (first.returncode, first.stdout) == (0, "")
    pip = "-m pip install --retries 2 --no-color"
    assert checkout.asked() == [
        f"{pip} --require-hashes --only-binary=:all: -r requirements/app.txt -c requirements/app.txt",
        f"{pip} --no-deps --no-build-isolation --editable .",
        "npm ci --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000",
    ]
    assert (checkout.root / "node_modules" / "made").exists()
    assert not [path.name for path in checkout.root.iterdir() if path.name in {".node-new", ".setup-turn"}]
    second = checkout.run("setup")
    assert (second.returncode, second.stderr, checkout.asked()) == (0, "", [])


def test_setup_begins_anew_when_a_lock_changed_or_the_folder_moved(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON)
    checkout.program("npm", NPM)
    checkout.run("setup")
    checkout.asked()
    with (checkout.root / "requirements" / "app.txt").open("a") as lock:
        lock.write("# changed\n")
    checkout.run("setup", "--quiet")
    assert len(checkout.asked()) == 2
    checkout.root = checkout.root.rename(checkout.root.with_name("annan plats"))
    moved = checkout.run("setup")
    assert len(checkout.asked()) == 2
    assert "made anew" in moved.stderr


def test_dev_requirements_serve_the_demo_too(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON)
    checkout.program("npm", NPM)
    checkout.run("setup", "--dev")
    assert "requirements/dev.txt" in checkout.asked()[0]
    checkout.run("setup")
    assert checkout.asked() == []


@pytest.mark.parametrize(
    ("python", "environment", "sentence"),
    [
        (
            None,
            {},
            "No Python 3.11 or later was found: install one (Debian and Ubuntu: apt-get install python3",
        ),
        (
            "python3",
            {"FAKE_VERSION": "3.9"},
            "No Python 3.11 or later was found; only python3 (3.9): install one",
        ),
        (
            "python3",
            {"FAKE_NO_VENV": "1", "FAKE_NO_PIP": "1"},
            "apt-get install python3-venv) and run this again.",
        ),
        (None, {"RADRUM_PYTHON": "/nowhere/python3"}, "RADRUM_PYTHON names /nowhere/python3, which is not"),
        (
            "python3",
            {"FAKE_OFFLINE": "1"},
            "The package index could not be reached, so nothing was installed",
        ),
    ],
)
def test_setup_says_what_is_missing(
    checkout: Checkout, python: str | None, environment: dict[str, str], sentence: str
) -> None:
    if python:
        checkout.program(python, PYTHON)
    result = checkout.run("setup", **environment)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert not (checkout.root / ".setup-turn").exists()


def test_setup_passes_over_a_python_that_is_too_old(checkout: Checkout) -> None:
    checkout.program("python3", "#!/bin/sh\nexit 1\n")
    checkout.program("python3.12", PYTHON)
    assert checkout.run("setup", "--quiet").returncode == 0


def test_setup_takes_a_python_with_spaces_in_its_path(checkout: Checkout) -> None:
    named = checkout.program("min python/python3", PYTHON)
    assert checkout.run("setup", "--quiet", RADRUM_PYTHON=str(named)).returncode == 0


def test_a_pip_elsewhere_makes_up_for_a_missing_ensurepip(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON.replace('"-c import pip") true', '"-c import pip") false'))
    assert checkout.run("setup", "--quiet", FAKE_NO_VENV="1").returncode == 0
    asked = checkout.asked()[0]
    assert asked.startswith(f"-m pip --python {checkout.root}/.venv/bin/python install")
    assert "--require-hashes" in asked


def test_without_npm_and_network_the_pages_are_plain(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON)
    result = checkout.run("setup")
    assert result.returncode == 0
    assert "could not be fetched (is there a network?): the pages work, but look plainer" in result.stderr


def test_old_style_sheets_stay_when_new_ones_cannot_be_fetched(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON)
    checkout.program("npm", NPM.replace("[ -z", "exit 1; [ -z"))
    (checkout.root / "node_modules").mkdir()
    (checkout.root / "node_modules" / "made").write_text("old")
    result = checkout.run("setup")
    assert result.returncode == 0
    assert "the ones from last time are used" in result.stderr
    assert (checkout.root / "node_modules" / "made").read_text() == "old"


def test_setup_takes_over_from_a_run_that_was_killed(checkout: Checkout) -> None:
    checkout.program("python3", PYTHON)
    checkout.program("npm", NPM)
    turn = checkout.root / ".setup-turn"
    turn.mkdir()
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    (turn / "pid").write_text(str(gone.pid))
    assert checkout.run("setup", "--quiet").returncode == 0
    assert not turn.exists()


def test_setup_refuses_what_it_does_not_know(checkout: Checkout) -> None:
    result = checkout.run("setup", "--fast")
    assert result.returncode == 2
    assert result.stderr == 'script/setup knows --dev and --quiet, but not "--fast".\n'


# --- script/test -----------------------------------------------------------------------------------


@pytest.fixture
def ready(checkout: Checkout) -> Checkout:
    checkout.program("python3", PYTHON)
    checkout.program("npm", NPM)
    checkout.program("chromium", "#!/bin/sh\n")
    checkout.run("setup", "--dev")
    for tool in ("ruff", "mypy", "lint-imports"):
        checkout.program(
            checkout.root / ".venv" / "bin" / tool, "#!/bin/sh\necho $FAKE_RUFF; [ -z $FAKE_RUFF ]\n"
        )
    checkout.asked()
    return checkout


@pytest.mark.parametrize(
    ("words", "environment", "code", "lanes"),
    [
        ([], {}, 0, []),
        (["--fast"], {}, 0, ["-m", "not browser and not slow"]),
        ([], {"FAKE_PYTEST": "3"}, 3, []),
        ([], {"FAKE_RUFF": "untidy"}, 1, []),
    ],
)
def test_pytest_runs_last_and_every_failure_counts(
    ready: Checkout, words: list[str], environment: dict[str, str], code: int, lanes: list[str]
) -> None:
    result = ready.run("test", *words, "-k", "one", **environment)
    assert result.returncode == code
    assert result.stdout.splitlines()[-1] == "== 3 passed in 0.1s =="
    assert ready.asked() == [" ".join(["-m pytest -n auto --maxprocesses 8", *lanes, "-k one"])]


def test_without_chromium_the_browser_lane_fails_with_a_sentence(ready: Checkout) -> None:
    (ready.bin / "chromium").unlink()
    result = ready.run("test")
    assert result.returncode == 1
    assert "no Chromium was found: install one (Debian: apt-get install chromium)" in result.stdout
    assert ready.asked() == ["-m pytest -n auto --maxprocesses 8 -m not browser"]
    assert ready.run("test", "--fast").returncode == 0
    named = ready.program("min browser/chrome", "#!/bin/sh\n")
    assert ready.run("test", RADRUM_CHROMIUM=str(named)).returncode == 0
