"""The demo's lists: the keepers' if they answer, else a folder's, else invented; and it says which."""

from pathlib import Path
from typing import Any

import pytest

from radrum.screening import index, provide
from radrum.screening.fetch import Fetched
from radrum.screening.models import ListVersion
from tests.screening import samples
from tests.screening.test_folder import lay

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Keepers that give these files; gives how often they were asked."""

    def make(files: dict[str, str | bytes]) -> list[Path]:
        asked: list[Path] = []

        def fetch(place: Path, **_: Any) -> Fetched:
            asked.append(place)
            return Fetched(lay(place, files), sorted(files), {} if files else {"UN list": "no answer"})

        monkeypatch.setattr(provide, "fetch", fetch)
        return asked

    return make


def in_use() -> set[str]:
    return set(ListVersion.objects.filter(in_use=True).values_list("source__key", flat=True))


def test_what_the_keepers_give_is_used_and_used_again(keepers: Any) -> None:
    asked = keepers({"un.xml": samples.UN})
    assert provide.provide("", online=True) == "Lists: 1 fetched from their keepers. 1 lists, 2 entries."
    assert provide.provide("", online=True).startswith("Lists: those loaded before are used.")
    assert (len(asked), in_use()) == (1, {"un-sc"})


def test_a_folder_is_read_where_the_keepers_do_not_answer(keepers: Any, tmp_path: Path) -> None:
    keepers({})
    place = lay(tmp_path / "mine", {"uk.xml": samples.UK})
    said = provide.provide(str(place), online=True)
    assert said == f"Lists: 1 could not be reached, read from {place}. 1 lists, 3 entries."
    assert in_use() == {"uk-sl"}
    assert provide.provide(str(place), online=True).startswith("Lists: those loaded before are used.")
    other = lay(tmp_path / "other", {"un.xml": samples.UN})
    assert "2 lists" in provide.provide(str(other), online=True)


@pytest.mark.parametrize("folder", ["", "/no/such/folder"])
def test_else_the_invented_names_are_loaded_and_it_says_so(keepers: Any, folder: str) -> None:
    asked = keepers({})
    said = provide.provide(folder, online=True)
    assert said.startswith("Lists: only the exercise list of invented names is loaded")
    assert [one.invented for one in index.current().searched] == [True]
    provide.provide(folder, online=True)
    assert len(asked) == 1  # once a day is enough


def test_a_walk_asks_nobody(keepers: Any) -> None:
    asked = keepers({"un.xml": samples.UN})
    assert "were not asked for" in provide.provide("", online=False)
    assert (asked, [one.invented for one in index.current().searched]) == ([], [True])


def test_the_invented_are_not_loaded_beside_others(keepers: Any) -> None:
    keepers({"un.xml": samples.UN})
    provide.provide("", online=True)
    assert (provide.exercise(), in_use()) == (False, {"un-sc"})
