"""What import contracts cannot see: the whole program keeps the rules of the house, and each rule catches."""

import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from radrum.core.operation import registry
from radrum.documents.parts import everything_done
from tests import rules
from tests.rules import PROGRAM, Rule, code, models, templates, ways_in
from tests.rules.models import Link

ROOT = Path(settings.CHECKOUT)
RULES = [*code.RULES, *ways_in.RULES, *templates.RULES]
SAMPLES = [(rule, sample) for rule in RULES for sample in rule.wrong]
GOOD = [(rule, sample) for rule in RULES for sample in rule.right]


def text_of(path: str) -> str:
    return (PROGRAM / path).read_text(encoding="utf-8")


# --- Files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_whole_program_keeps_the_rule(rule: Rule) -> None:
    held = [path for path in rules.files() if rule.holds_for(path)]
    found = {path: [*rule.check(path, text_of(path))] for path in held}
    for path, views in ways_in.NOT_ACTS.items():
        if rule.files == ways_in.VIEWS:
            assert sorted(one.rpartition(" ")[2] for one in found.pop(path)) == sorted(views)
    assert (held != [], {path: wrong for path, wrong in found.items() if wrong}) == (True, {})


@pytest.mark.parametrize(("rule", "sample"), SAMPLES, ids=lambda given: str(given)[:60])
def test_the_rule_catches(rule: Rule, sample: Any) -> None:
    assert rule.sample(sample) != []


@pytest.mark.parametrize(("rule", "sample"), GOOD, ids=lambda given: str(given)[:60])
def test_the_rule_lets_through(rule: Rule, sample: Any) -> None:
    assert rule.sample(sample) == []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_an_exception_is_still_needed(rule: Rule) -> None:
    needless = [path for path in rule.but if not [*rule.check(path, text_of(path))]]
    assert needless == []


def test_rules_hold_for_the_files_they_mean() -> None:
    rule = Rule("x", ("*/views.py", "room.py"), rules.no_names("x"), wrong=(), but={"x/views.py": "why"})
    held, free = ["cases/views.py", "room.py"], ["x/views.py", "cases/migrations/views.py", "core/room.pyc"]
    assert [path for path in [*held, *free] if rule.holds_for(path)] == held


# --- Sizes -----------------------------------------------------------------------------------------


def core_lines(root: Path) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in root.glob("core/*.py"))


def test_core_stays_small(tmp_path: Path) -> None:
    """ADR 2: about 600 lines in all; something enters only when a third package needs it."""
    assert core_lines(PROGRAM) <= 600
    (tmp_path / "core").mkdir()
    for name in ("one", "two"):
        (tmp_path / "core" / f"{name}.py").write_text("x = 1\n" * 301)
    assert core_lines(tmp_path) == 602


# --- Links between tables --------------------------------------------------------------------------

CHECKS: list[tuple[Callable[[Any], list[str]], list[Link], list[Link]]] = [
    (
        models.links_upwards,
        [
            Link("cases.Case", "collaboration", "collaborations.Collaboration", "+"),
            Link("accounts.Membership", "case", "cases.Case", "+"),
        ],
        [
            Link("collaborations.Enquiry", "case", "cases.Case", "+"),
            Link("cases.Case", "asker", "accounts.User", "+"),
        ],
    ),
    (
        models.ways_back,
        [
            Link("collaborations.Enquiry", "case", "cases.Case", "enquiries"),
            Link("collaborations.Enquiry", "case", "cases.Case", None),
            Link("accounts.Membership", "organisation", "accounts.Organisation", None, to_confidential=False),
            Link("cases.Case", "watchers", "accounts.User", "watched", to_confidential=False),
        ],
        [
            Link("collaborations.Partner", "plan", "collaborations.Collaboration", "partners"),
            Link(
                "guidance.Prompt",
                "edition",
                "guidance.Edition",
                "prompts",
                confidential=False,
                to_confidential=False,
            ),
        ],
    ),
    (
        models.ways_back_from_the_desk,
        [Link("cases.Handling", "case", "cases.Case", "handling")],
        [
            Link("cases.Handling", "case", "cases.Case", "+"),
            Link("cases.Statement", "case", "cases.Case", "statement"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("check", "wrong", "right"), CHECKS, ids=lambda given: getattr(given, "__name__", "")
)
def test_links_point_down_and_have_no_way_back(check: Any, wrong: list[Link], right: list[Link]) -> None:
    assert (check(wrong), check(right)) == ([f"{link.model}.{link.field}" for link in wrong], [])
    assert check(models.links()) == []


def test_links_are_found() -> None:
    found = {(link.model, link.field, link.to, link.back) for link in models.links()}
    assert ("collaborations.Enquiry", "case", "cases.Case", "+") in found
    assert ("collaborations.Partner", "collaboration", "collaborations.Collaboration", "partners") in found
    assert len(found) > 40


def test_the_order_of_layers_is_the_contracts() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = text.partition("layers = [")[2].partition("]")[0].replace("(", "").replace(")", "")
    named = [word.strip(' ",|\n') for line in layers.splitlines() for word in line.split("|")]
    ours = [name for name in reversed(named) if name in rules.LAYERS]
    assert ours == list(rules.LAYERS)
    held = {path.relative_to(PROGRAM).parts[0] for path in PROGRAM.glob("*/models*")}
    assert held == set(rules.LAYERS)


# --- Operations ------------------------------------------------------------------------------------


def test_no_two_operations_have_one_verb() -> None:
    """The second would take the first's place in the list without a word."""
    written = [
        call.args[0].value
        for path in rules.files()
        if path.endswith(".py") and "/migrations/" not in path
        for _step, call in code._operations(text_of(path))
    ]
    assert sorted(written) == sorted({one.verb for one in everything_done()})
    assert (len(written) > 15, set(registry) >= set(written)) == (True, True)


# --- Settings, migrations, commands ----------------------------------------------------------------


def test_settings_hold_what_the_house_rests_on() -> None:
    installed = {app for app in settings.INSTALLED_APPS if "admin" in app}
    closed = "radrum.accounts.web.KeepPostedTextMiddleware"
    assert (
        installed,
        settings.MIDDLEWARE.count(closed),
        settings.DATABASES["default"].get("ATOMIC_REQUESTS"),
    ) == (
        {"wagtail.admin"},  # behind knowledge/door.py, with public pages alone
        1,
        False,
    )
    sources = chain.from_iterable(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values())
    assert {source for source in sources if "unsafe" in source or "*" in source} == set()


@pytest.mark.django_db
def test_migrations_are_made() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_server_has_nothing_left_open(tmp_path: Path) -> None:
    """`check --deploy` with an environment as on a server says nothing; with one thing open it fails."""

    def check(**more: str) -> tuple[int, str]:
        environment = {
            "PATH": "",
            "RADRUM_DATA": str(tmp_path),
            "DATABASE_URL": "postgres://radrum_app@127.0.0.1:1/radrum",
            "RADRUM_BASE_URL": "https://radrum.example",
            "RADRUM_HOSTS": "radrum.example",
            "RADRUM_BEHIND_PROXY": "1",
            **more,
        }
        command = [
            sys.executable,
            "-W",
            "error",
            "-m",
            "radrum.manage",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    assert check() == (0, "System check identified no issues (0 silenced).\n")
    code_open, said = check(RADRUM_DEBUG="1")
    assert (code_open, "security.W018" in said) == (1, True)


def test_every_model_of_ours_belongs_to_a_layer() -> None:
    ours = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("radrum.")}
    assert ours == set(rules.LAYERS)


# --- Words that must not stand in the repository ---------------------------------------------------

# Written in parts, so that they do not stand here either.
WORDS = (
    ("", "work", ""),
    ("", "tmp", "lab"),
    ("", "root", ""),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", ""),
)
FORBIDDEN = tuple(("." if parts[0] else "/").join(parts) for parts in WORDS)


def forbidden_words(text: str) -> list[str]:
    """Paths of one machine, and hosts of package indexes: a fresh machine has its own."""
    return [word for word in FORBIDDEN if word in text]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:  # a copy without git
        pytest.skip("no git here, so nothing says which files belong to the repository")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_repository_names_no_machine_and_no_index() -> None:
    files = tracked_files()
    found = {
        str(path.relative_to(ROOT)): words
        for path in files
        if path.suffix not in {".png", ".woff2", ".ico"}
        if (words := forbidden_words(path.read_text(encoding="utf-8")))
    }
    assert (len(files) > 100, found) == (True, {})


@pytest.mark.parametrize("word", FORBIDDEN)
def test_a_forbidden_word_is_found(word: str) -> None:
    assert (forbidden_words(f"see {word}x"), forbidden_words("see docs/")) == ([word], [])
