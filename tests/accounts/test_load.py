"""The register of organisations is filled from the facts that ship with the program, marks and all."""

from collections import Counter

import pytest
import yaml

from radrum.accounts.load import FACTS, facts, load_organisations
from radrum.accounts.models import Organisation
from radrum.core.actor import STRANGER, SYSTEM
from radrum.core.operation import Forbidden

pytestmark = pytest.mark.django_db


def _rows() -> list[dict[str, object]]:
    return list(Organisation.objects.order_by("key").values())


def test_the_register_holds_what_the_file_says_of_itself() -> None:
    counts = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["meta"]["counts"]
    there = [row for row in Organisation.objects.all() if row.kind != "national"]
    assert (len(there), Organisation.objects.filter(kind="national").count()) == (106, 1)
    assert Counter(row.kind for row in there) == counts["by_kind"]
    assert Counter(row.verification for row in there) == counts["by_verification"]


def test_marks_identifiers_and_facts_are_kept() -> None:
    for entry in facts():
        row = Organisation.objects.get(key=entry["key"])
        for name in ("kind", "name_sv", "name_en", "short", "ror", "domain", "verification"):
            assert (entry["key"], name, getattr(row, name)) == (entry["key"], name, entry.get(name) or "")
        assert (row.facts == {}) == (entry["key"] == "national")


def test_loading_again_changes_nothing_and_removes_nothing() -> None:
    Organisation.objects.create(key="egen", kind="company", name_sv="Egen", name_en="Own")
    before = _rows()
    assert load_organisations(SYSTEM, facts()) == 107
    assert _rows() == before


def test_a_correction_in_the_file_reaches_the_register() -> None:
    entry = {
        **facts()[1],
        "name_sv": "Nytt namn",
        "verification": "partly_verified",
        "remark": "sedd i källan",
    }
    load_organisations(SYSTEM, [entry])
    row = Organisation.objects.get(key=entry["key"])
    assert (row.name_sv, row.verification, row.facts["remark"]) == (
        "Nytt namn",
        "partly_verified",
        "sedd i källan",
    )


def test_swedish_letters_sort_last() -> None:
    names = ["Zoo", "Åre", "Örebro", "Ängelholm", "alfa"]
    for name in names:
        Organisation.objects.create(
            key=name.lower().translate(str.maketrans("åäö", "aao")) + "-x",
            kind="other",
            name_sv=name,
            name_en=name,
        )
    found = [row.name_sv for row in Organisation.objects.filter(key__endswith="-x")]
    assert found == ["alfa", "Zoo", "Åre", "Ängelholm", "Örebro"]


def test_nobody_but_the_system_loads() -> None:
    with pytest.raises(Forbidden):
        load_organisations(STRANGER, facts())
