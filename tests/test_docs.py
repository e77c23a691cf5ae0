"""What stands in `docs/` and comes from the code is as the code is; links and file names lead somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from radrum.documents import environment, pages, parts

ROOT = Path(settings.CHECKOUT)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_what_is_made_from_the_code_is_as_the_code_is() -> None:
    assert pages.problems() == []


def test_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("docs", "check")
    assert capsys.readouterr().out == "The generated parts of docs/ are as the code is.\n"


# --- The check finds what it should ----------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which everything is as it should be."""
    (tmp_path / "docs").mkdir()
    text = "".join(f"<!-- made by radrum docs: {name} -->\n<!-- end -->\nby hand\n" for name in pages.PARTS)
    (tmp_path / "docs" / "all.md").write_text(text, encoding="utf-8")
    assert pages.update(tmp_path) == ["docs/all.md", ".env.example"]
    assert (pages.update(tmp_path), pages.problems(tmp_path)) == ([], [])
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("docs/all.md", "| `case.answered` |", "| `case.answer` |", "docs/all.md is not as the code is"),
        ("docs/all.md", "| `RADRUM_DEMO` |", "| `RADRUM_DEMOS` |", "docs/all.md is not as the code is"),
        ("docs/all.md", "docs: gates -->", "docs: gate -->", "nothing makes the part gate"),
        ("docs/all.md", "docs: gates -->", "docs: gate -->", "no page has the part gates"),
        (".env.example", "#RADRUM_DEMO=", "RADRUM_DEMO=1", ".env.example is not as the code is"),
    ],
)
def test_a_page_that_says_something_else_is_found(
    checkout: Path, file: str, old: str, new: str, problem: str
) -> None:
    text = (checkout / file).read_text(encoding="utf-8")
    assert old in text
    (checkout / file).write_text(text.replace(old, new), encoding="utf-8")
    assert problem in pages.problems(checkout)


def test_what_is_written_by_hand_stays(checkout: Path) -> None:
    page = checkout / "docs" / "all.md"
    page.write_text(
        page.read_text("utf-8").replace("`case.answered`", "`x`").replace("by hand", "by me"), "utf-8"
    )
    pages.update(checkout)
    text = page.read_text("utf-8")
    assert (text.count("by me"), text.count("| `case.answered` |"), pages.problems(checkout)) == (6, 1, [])


def test_a_missing_file_of_variables_is_found_and_made(checkout: Path) -> None:
    (checkout / ".env.example").unlink()
    assert pages.problems(checkout) == [".env.example is not as the code is"]
    assert pages.update(checkout) == [".env.example"]


def test_the_command_fails_when_something_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "problems", lambda: ["docs/all.md is not as the code is"])
    with pytest.raises(CommandError, match=r"docs/all\.md is not as the code is\nRun: radrum docs update"):
        call_command("docs", "check")


# --- Settings --------------------------------------------------------------------------------------


def test_a_setting_is_read_with_its_section_default_and_meaning() -> None:
    source = (
        "# First part\n"
        'A = env.str("ONE", default="x")  # what it means\n'
        'B = env.int(\n    "TWO", default=8 * 60\n)  # minutes\n'
        'C = env.str(name, default="")  # worked out: stands elsewhere\n'
        "# Second part\n"
        'D = {"deep": [env.bool("THREE")]}\n'
    )
    assert environment.settings_in(source) == [
        ("First part", "ONE", "'x'", "what it means"),
        ("First part", "TWO", "8 * 60", "minutes"),
        ("Second part", "THREE", "", ""),
    ]


def test_every_variable_that_anything_reads_is_described() -> None:
    """Also those that only scripts and tests read."""
    files = [
        *ROOT.glob("radrum/**/*.py"),
        *ROOT.glob("script/*"),
        *ROOT.glob("tests/**/*.py"),
        ROOT / ".ci" / "run",
    ]
    read = {
        name
        for file in files
        if file.name != Path(__file__).name
        for name in re.findall(r"\b(?:RADRUM|DATABASE)_[A-Z_]+[A-Z]\b", file.read_text(encoding="utf-8"))
    }
    described = set(
        re.findall(r"`((?:RADRUM|DATABASE)_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text("utf-8"))
    )
    assert read - described == set()
    assert {one.name for one in environment.settings_read()} - described == set()


# --- Gates -----------------------------------------------------------------------------------------


def test_every_gate_is_named_where_the_house_is_explained() -> None:
    gates = set(parts.gates_in(ROOT / "radrum"))
    text = (ROOT / "docs" / "confidentiality.md").read_text(encoding="utf-8")
    built = text.partition("Planned gates")[0]
    assert set(re.findall(r"^\| `([a-z_/]+\.py)` \|", built, re.MULTILINE)) == gates
    assert [gate for gate in gates if f"**`{gate}`**" not in text] == []  # each has its paragraph


def test_a_module_that_says_it_is_a_gate_is_one(tmp_path: Path) -> None:
    (tmp_path / "share.py").write_text(
        '"""Gate: owner → adviser. Chosen passages;\nthe rest is masked.\n\nMore."""\n'
    )
    (tmp_path / "other.py").write_text('"""Gates are elsewhere."""\n')
    assert parts.gates_in(tmp_path) == {
        "share.py": ("owner → adviser", "Chosen passages; the rest is masked.")
    }


# --- Links -----------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the usual readers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    """Links to files that are not there, or to headings that are not in them."""
    broken = []
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if ":" in place:
            continue
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One thing\n[a](page.md#one-thing) [b](#two) [c](gone.md) [d](https://example.org/gone)\n"
    )
    assert broken_links(page) == ["#two", "gone.md"]


# Steps and gates that the design has and the program not yet. Who builds one takes it out of this list.
PLANNED = {
    "cases/disclose.py",
    "cases/hand_over.py",
    "cases/register.py",
    "collaborations/screen.py",
}


def files_named_in(text: str) -> set[str]:
    """Files of the program that a page names: `cases/policy.py`, `radrum/urls.py`, `rr/field.html`."""
    return set(re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|yaml|html|css|js))`", text))


def is_there(file: str) -> bool:
    """Pages name files as one says them: from the checkout, from the program, or from a package."""
    places = (".", "radrum", *ROOT.glob("radrum/*/"), *ROOT.glob("radrum/*/templates"))
    return any((ROOT / place / file).exists() for place in places)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_files_a_page_names_are_there(page: Path) -> None:
    named = files_named_in(page.read_text(encoding="utf-8"))
    assert {file for file in named - PLANNED if not is_there(file)} == set()


def test_what_is_planned_is_not_there_yet() -> None:
    assert {file for file in PLANNED if is_there(file)} == set()


def test_a_file_that_is_gone_is_found() -> None:
    named = files_named_in("`may_triage` in `cases/policy.py`, `cases/gone.py` and `rr/field.html`")
    assert {file: is_there(file) for file in named} == {
        "cases/policy.py": True,
        "cases/gone.py": False,
        "rr/field.html": True,
    }
