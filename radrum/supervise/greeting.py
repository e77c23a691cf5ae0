"""What the demo prints when it is ready: where it is, and who can sign in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

STORY = Path(__file__).parent.parent / "content" / "story.yaml"


def greeting(address: str, data: Path, seconds: float) -> str:
    """Everything a newcomer needs."""
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    table = "\n".join(f"  {line}" for line in sign_ins(story))
    return (
        f"\nrådrum is at {address}/ (ready in {seconds:.0f} s). Everybody and everything in it is invented.\n"
        f"\nSign in with the password {story['meta']['password']} as one of:\n\n{table}\n"
        f"\nThe mail it sends lies in {data / 'mail'}, and its logs in {data / 'logs'}.\nStop it with Ctrl-C."
    )


def sign_ins(story: Mapping[str, Any]) -> list[str]:
    """List who can sign in: a heading, then one line a person."""
    names = {organisation["key"]: organisation["name_sv"] for organisation in story["organisations"]}
    rows = [("e-mail", "name", "organisation", "roles")]
    for person in story["people"]:
        roles = ", ".join(role.replace("_", " ") for role in person["roles"])
        rows.append((person["email"], person["name"], names[person["organisation"]], roles))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
