"""Fill the register of organisations from the facts that ship with the program."""

from pathlib import Path
from typing import Any

import yaml

from radrum.accounts import policy
from radrum.accounts.models import Organisation
from radrum.core.actor import Actor
from radrum.core.operation import operation

FACTS = Path(__file__).parent / "content" / "organisations.yaml"
_COLUMNS = ("kind", "name_sv", "name_en", "short", "ror", "domain", "city", "verification")
NATIONAL = {
    "key": "national",
    "kind": "national",
    "name_sv": "Nationella stödfunktionen för ansvarsfull internationalisering",
    "name_en": "National Support Function for Responsible Internationalisation",
    "short": "rådrum",
    "verification": "verified",
}


@operation("organisations.loaded", allowed=policy.is_system)
def load_organisations(actor: Actor, entries: list[dict[str, Any]]) -> int:
    """Add or update organisations by `key`; returns how many. Nothing is removed: people may act for them."""
    for entry in entries:
        columns = {name: entry[name] for name in _COLUMNS if entry.get(name)}
        facts = {name: value for name, value in entry.items() if name not in {*_COLUMNS, "key"}}
        organisation = Organisation.objects.filter(key=entry["key"]).first() or Organisation(key=entry["key"])
        for name, value in {**columns, "facts": facts}.items():
            setattr(organisation, name, value)
        organisation.save()
    return len(entries)


def facts() -> list[dict[str, Any]]:
    """The entries that ship with the program, and the national function itself."""
    return [NATIONAL, *yaml.safe_load(FACTS.read_text(encoding="utf-8"))["organisations"]]
