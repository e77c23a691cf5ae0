"""Puts the made parts into the pages, between `<!-- made by radrum docs: NAME -->` and `<!-- end -->`."""

import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from radrum.documents import environment, parts

PARTS: dict[str, Callable[[], str]] = {
    "operations": parts.operations,
    "settings": environment.settings,
    "gates": parts.gates,
    "schedule": parts.schedule,
    "accounts": parts.accounts,
    "addresses": parts.addresses,
}
_PART = re.compile(r"(<!-- made by radrum docs: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def made_anew(page: str) -> str:
    """The text of a page with its parts as the code is now; a part nothing makes is left as it is."""

    def part(found: re.Match[str]) -> str:
        return f"{found[1]}{PARTS[found[2]]()}{found[3]}" if found[2] in PARTS else found[0]

    return _PART.sub(part, page)


def _current(checkout: Path) -> dict[Path, tuple[str, str]]:
    """Each page, and `.env.example`: as it is, and as it should be."""
    pages = sorted([*checkout.glob("*.md"), *checkout.glob("docs/**/*.md")])
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    example = checkout / ".env.example"
    written = example.read_text(encoding="utf-8") if example.exists() else ""
    return {
        **{page: (text, made_anew(text)) for page, text in texts.items()},
        example: (written, environment.example()),
    }


def update(checkout: Path = settings.CHECKOUT) -> list[str]:
    """Write what is not as the code is; returns the names of the files."""
    changed = [(path, new) for path, (old, new) in _current(checkout).items() if old != new]
    for path, new in changed:
        path.write_text(new, encoding="utf-8")
    return [path.relative_to(checkout).as_posix() for path, _new in changed]


def problems(checkout: Path = settings.CHECKOUT) -> list[str]:
    """What is not as the code is, stands nowhere, or has no words; empty when all is well."""
    current = _current(checkout)
    placed = [found[2] for old, _new in current.values() for found in _PART.finditer(old)]
    return [
        *(
            f"{path.relative_to(checkout)} is not as the code is"
            for path, (old, new) in current.items()
            if old != new
        ),
        *(f"no page has the part {name}" for name in PARTS if name not in placed),
        *(f"nothing makes the part {name}" for name in placed if name not in PARTS),
        *(
            f"{one.name} has no comment in settings.py"
            for one in environment.settings_read()
            if not one.meaning
        ),
        *(f"{one.verb} has no sentence" for one in parts.everything_done() if not one.step.__doc__),
        *(
            f"{one.verb}: its rule has no sentence"
            for one in parts.everything_done()
            if not one.allowed.__doc__
        ),
    ]
