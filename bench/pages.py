"""How long the pages of the chain take, against an empty page behind the same middleware, signed in."""

from collections.abc import Iterator
from typing import Any

from bench import people
from bench.timing import compare

PAGES = [
    ("start", "", "/"),
    ("guidelines", "", "/guidelines/1/"),
    ("room", "researcher@fjallby.example", "/room/"),
    ("plan", "researcher@fjallby.example", "/collaborations/1/"),
    ("assess", "researcher-2@fjallby.example", "/collaborations/2/assess/3/"),
    ("queue", "desk-officer@funktionen.example", "/desk/"),
    ("case", "desk-officer@funktionen.example", "/desk/1/"),
]


def measure() -> Iterator[dict[str, Any]]:
    """One line a page."""
    people.tell()
    for name, email, path in PAGES:
        visitor = people.client(email)
        if visitor.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer for {email or 'a stranger'}.")
        yield compare(
            f"pages.{name}",
            lambda visitor=visitor, path=path: visitor.get(path),
            "the health page, same middleware and visitor",
            lambda visitor=visitor: visitor.get("/health/"),
        )
