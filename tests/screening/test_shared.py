"""Real lists, where a folder with them lies beside the checkout; elsewhere nothing is collected here."""

import pytest

from radrum.core.actor import SYSTEM
from radrum.core.scope import writing
from radrum.screening import lists
from radrum.screening.index import current
from radrum.screening.resolve import resolve
from radrum.screening.screen import screen
from tests.screening.conftest import DATA

pytestmark = pytest.mark.slow


def test_the_real_lists_answer_what_is_known(committed: str) -> None:
    report = lists.load_place(SYSTEM, DATA)
    assert (len(report.loaded) >= 7, report.entries > 25_000, report.broken) == (True, True, [])
    found = {
        name: {(hit.listed.key, hit.legal_effect) for hit in screen(name).hits}
        for name in (
            "Malek Ashtar University of Technology",
            "Northwestern Polytechnical University",
            "哈尔滨工程大学",
            "Imam Hossein University",
            "Uppsala universitet",
        )
    }
    assert found == {
        "Malek Ashtar University of Technology": {
            ("un-sc", "binding"),
            ("us-ofac-sdn", "foreign"),
            ("ca-sema", "foreign"),
            ("uk-ofsi", "foreign"),
        },
        "Northwestern Polytechnical University": {("us-bis-el", "foreign"), ("seven-sons", "indication")},
        "哈尔滨工程大学": {("us-bis-el", "foreign"), ("seven-sons", "indication")},
        "Imam Hossein University": {("us-ofac-sdn", "foreign"), ("ca-sema", "foreign")},
        "Uppsala universitet": set(),
    }
    register = current().register
    offered = resolve(register, "Nanjing University of Aeronautics and Astronautics").candidates
    assert [one.name for one in offered] == ["Nanjing University of Aeronautics and Astronautics"]
    records = {resolve(register, name).as_dict()["ror"] for name in ("KTH", "Kungliga Tekniska högskolan")}
    assert records == {"https://ror.org/026vcq606"}


def test_the_real_update_of_the_un_is_told_by_reference(committed: str) -> None:
    lists.load_place(SYSTEM, DATA / "un-consolidated" / "consolidated-2025-04-19.xml")
    (version,) = lists.load_place(SYSTEM, DATA / "un-consolidated" / "consolidated-2026-02-27.xml").loaded
    with writing(SYSTEM):
        changes = lists.changes_of(version)
    assert (len(changes["added"]), len(changes["removed"])) == (130, 4)
