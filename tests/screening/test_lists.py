"""Loading: versions, what changed, what is refused, and the index that follows."""

import datetime
import fcntl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden
from radrum.core.scope import writing
from radrum.screening import folder, index, lists
from radrum.screening.models import Entry, ListVersion
from radrum.screening.screen import screen
from tests.conftest import Act
from tests.core.meanwhile import meanwhile
from tests.screening import samples
from tests.screening.conftest import WORLD
from tests.screening.test_folder import lay

OLD = samples.UN.replace("2026-02-27", "2025-04-19").replace("XXi.001", "XXi.000").replace("Tehran", "Shiraz")


def load(place: Path, date: datetime.date | None = None) -> lists.Report:
    return lists.load_place(SYSTEM, place, date=date)


def in_use() -> dict[str, tuple[str, int]]:
    with writing(SYSTEM):
        versions = ListVersion.objects.filter(in_use=True).select_related("source")
        return {version.source.key: (str(version.date), version.total) for version in versions}


def hits(name: str) -> list[str]:
    return [hit.entry_id for hit in screen(name).hits]


def test_a_newer_version_takes_over_and_tells_what_changed(committed: str, tmp_path: Path) -> None:
    lay(tmp_path, {"old/a.xml": OLD, "new/a.xml": samples.UN})
    assert [version.in_use for version in load(tmp_path / "old").loaded] == [True]
    (version,) = load(tmp_path / "new").loaded
    with writing(SYSTEM):
        assert lists.changes_of(version) == {
            "added": ["XXi.001"],
            "removed": ["XXi.000"],
            "changed": ["XXe.002"],
        }
        changed = version.changes.get(what="changed")
        assert (changed.fields, changed.names[0]) == (["addresses"], "VELGRAD INSTITUTE OF PROPULSION")
    assert in_use() == {"un-sc": ("2026-02-27", 2)}


def test_an_older_version_is_kept_and_not_used(committed: str, tmp_path: Path) -> None:
    lay(tmp_path, {"old/a.xml": OLD, "new/a.xml": samples.UN})
    load(tmp_path / "new")
    assert [version.in_use for version in load(tmp_path / "old").loaded] == [False]
    assert in_use() == {"un-sc": ("2026-02-27", 2)}


def test_the_same_content_again_changes_nothing(committed: str, tmp_path: Path) -> None:
    lay(tmp_path, WORLD)
    first, again = load(tmp_path), load(tmp_path)
    assert (len(first.loaded), len(first.unchanged)) == (4, 0)
    assert (len(again.loaded), len(again.unchanged)) == (0, 4)
    assert (first.entries, again.entries) == (6, 6)  # the register apart
    with writing(SYSTEM):
        assert (ListVersion.objects.count(), Entry.objects.count()) == (4, 9)


def test_a_broken_file_is_refused_and_the_old_version_stays(committed: str, tmp_path: Path) -> None:
    lay(tmp_path, {"a.xml": samples.UN, "uk.xml": samples.UK})
    load(tmp_path)
    lay(tmp_path, {"a.xml": samples.UN.replace("2026", "2027")[:900]})
    report = load(tmp_path)
    assert [str(broken).split(":")[0] for broken in report.broken] == ["a.xml, line 17"]
    assert in_use() == {"un-sc": ("2026-02-27", 2), "uk-sl": ("2026-09-10", 3)}
    assert hits("Velgrad Institute of Propulsion") == ["XXe.002"]


def test_a_date_may_be_told_later(committed: str, tmp_path: Path) -> None:
    lay(tmp_path, {"list.csv": samples.CSL})
    load(tmp_path)
    assert in_use() == {"us-csl": ("None", 2)}
    load(tmp_path, datetime.date(2026, 11, 20))
    assert in_use() == {"us-csl": ("2026-11-20", 2)}
    assert {str(one.date) for one in index.current().searched} == {"2026-11-20"}  # the index follows


@pytest.mark.parametrize(
    ("told", "stale"), [(0, False), (-6, False), (-7, False), (-8, True), (3, True), (None, True)]
)
def test_when_a_copy_is_too_old(committed: str, tmp_path: Path, told: int | None, stale: bool) -> None:
    date = timezone.localdate() + datetime.timedelta(days=told) if told is not None else None
    load(lay(tmp_path, {"list.csv": samples.CSL}), date)
    (row,) = lists.status()
    assert (row["stale"], row["entries"], row["legal_effect"]) == (stale, 2, "foreign")


def test_a_part_that_another_delivery_has_newer_is_superseded(committed: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"own/{name}": content for name, content in samples.SDN.items()}
    lay(tmp_path, {**files, "own/SOURCE.md": "Date of the data: 2021-07-07", "csl/list.csv": samples.CSL})
    lay(tmp_path, {"csl/SOURCE.md": "Date of the data: 2022-04-21"})
    load(tmp_path)
    assert [(row["key"], row["compared"], row["superseded"]) for row in lists.status()] == [
        ("us-csl", ["us-bis-el", "us-ofac-sdn"], []),
        ("us-ofac-sdn", [], ["us-ofac-sdn"]),
    ]
    assert (hits("Testin Exemplov"), hits("Prova S.A.")) == (["36"], [])


def test_names_with_what_a_database_cannot_hold_are_loaded(committed: str, tmp_path: Path) -> None:
    line = '{"id": "a\\u0000", "names": ["Prov\\u0000a \\ud83d\\ude00"], "list": "Egen"}\n'
    load(lay(tmp_path, {"list.jsonl": line}))
    with writing(SYSTEM):
        assert Entry.objects.values_list("entry_id", "names__0__name").get() == ("a", "Prova \U0001f600")


@pytest.mark.parametrize(
    ("kind", "role", "allowed"),
    [("national", "editor", True), ("national", "desk_officer", False), ("institution", "adviser", False)],
)
@pytest.mark.django_db
def test_who_loads_lists(act: Act, tmp_path: Path, kind: str, role: str, allowed: bool) -> None:
    actor: Actor = act("Fjällby universitet", kind, role)
    (delivery,) = folder.find(lay(tmp_path, {"a.xml": samples.UN})).deliveries
    if allowed:
        assert lists.load(actor, delivery).in_use
    else:
        with pytest.raises(Forbidden):
            lists.load(actor, delivery)
    with writing(SYSTEM):
        assert ListVersion.objects.count() == allowed


# --- The index -----------------------------------------------------------------------------------------


def test_a_process_sees_the_new_index_without_being_told(committed: str, tmp_path: Path) -> None:
    load(lay(tmp_path / "one", {"a.xml": samples.UN}))
    assert hits("Provbåten") == []
    load(lay(tmp_path / "two", {"uk.xml": samples.UK}))
    assert hits("Provbåten") == ["XXX0003"]


def test_an_index_that_is_missing_or_damaged_is_built_anew(committed: str, tmp_path: Path) -> None:
    load(lay(tmp_path / "one", {"a.xml": samples.UN}))
    place = Path(settings.DATA) / "index" / "lists.idx"
    for damage in (place.unlink, lambda: place.write_bytes(b"rrflat01")):
        damage()
        assert (index.refresh(), index.refresh()) == (True, False)
        assert hits("Velgrad Institute of Propulsion") == ["XXe.002"]


def test_another_machine_comes_into_step_before_it_answers(
    committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(lay(tmp_path / "one", {"a.xml": samples.UN}))
    here = settings.DATA
    monkeypatch.setattr(settings, "DATA", tmp_path / "elsewhere")
    load(lay(tmp_path / "two", {"uk.xml": samples.UK}))  # the other machine loads
    monkeypatch.setattr(settings, "DATA", here)
    assert [one.key for one in index.current().searched] == ["un-sc"]
    assert {one.key for one in index.in_step().searched} == {"un-sc", "uk-sl"}


def test_while_one_builds_the_others_answer_from_what_they_have(committed: str, tmp_path: Path) -> None:
    load(lay(tmp_path / "one", {"a.xml": samples.UN}))
    place = Path(settings.DATA) / "index" / "lists.idx"
    with writing(SYSTEM):
        ListVersion.objects.update(date=datetime.date(2026, 11, 1))
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert str(index.in_step().searched[0].date) == "2026-02-27"
    assert str(index.in_step().searched[0].date) == "2026-11-01"


def test_many_at_once_build_one_index(committed: str, tmp_path: Path) -> None:
    load(lay(tmp_path / "one", {"a.xml": samples.UN}))
    (Path(settings.DATA) / "index" / "lists.idx").unlink()
    with ThreadPoolExecutor(4) as pool:
        built = [meanwhile(pool, index.refresh) for _ in range(4)]
        assert sum(one.result(60) for one in built) >= 1
    assert hits("Velgrad Institute of Propulsion") == ["XXe.002"]
