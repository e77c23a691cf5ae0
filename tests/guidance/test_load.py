"""An edition is put in force once; the same text again changes nothing, another text under its key is refused."""

import copy

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from radrum.core.actor import STRANGER, SYSTEM
from radrum.core.operation import Forbidden, Refused
from radrum.guidance.load import content, put_in_force
from radrum.guidance.models import Aspect, Dimension, Edition

pytestmark = pytest.mark.django_db
HISTORY = [f"guidance_{name}event" for name in ("edition", "aspect", "instrument", "vocabulary")]


def _counts() -> list[int]:
    return [model.objects.count() for model in (Edition, Dimension, Aspect)]


def test_what_ships_is_in_force_and_loading_it_again_changes_nothing() -> None:
    texts, before = content(), _counts()
    assert before == [1, len(texts["dimensions"]), len(texts["aspects"])]
    assert put_in_force(SYSTEM, texts) == Edition.objects.get()
    assert _counts() == before


@pytest.mark.parametrize("part", ["dimensions", "aspects"])
def test_a_changed_text_under_an_old_key_is_refused(part: str) -> None:
    texts, before = copy.deepcopy(content()), _counts()
    name = next(key for key in texts[part][0] if key.endswith("_sv"))
    texts[part][0][name] += " Ändrad."
    with pytest.raises(Refused):
        put_in_force(SYSTEM, texts)
    assert _counts() == before


def test_a_new_text_under_a_key_of_its_own_stands_beside_the_old() -> None:
    texts = copy.deepcopy(content())
    texts["edition"] |= {"key": "2027-1", "in_force_from": "2026-01-01"}
    before = _counts()
    new = put_in_force(SYSTEM, texts)
    assert (_counts(), new.dimensions.count()) == ([2 * count for count in before], before[1])
    assert new.instruments.count() == 0


def test_nobody_but_the_system() -> None:
    with pytest.raises(Forbidden):
        put_in_force(STRANGER, content())


def test_every_text_is_there_in_both_languages() -> None:
    texts = content()
    for part in ("dimensions", "aspects"):
        for entry in texts[part]:
            swedish = {name[:-3] for name, value in entry.items() if name.endswith("_sv") and value}
            english = {name[:-3] for name, value in entry.items() if name.endswith("_en") and value}
            assert (part, entry["key"], swedish) == (part, entry["key"], english)


@pytest.mark.django_db
@pytest.mark.parametrize("table", HISTORY)
def test_the_history_of_the_guidelines_is_not_rewritten(table: str) -> None:
    for change in (f"UPDATE {table} SET pgh_label = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.parametrize("table", ["edition", "dimension", "aspect", "vocabulary"])
def test_what_is_in_force_is_added_and_never_changed_even_by_hand(table: str) -> None:
    for change in (f"UPDATE guidance_{table} SET id = id", f"DELETE FROM guidance_{table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


def _with_sub_aspects(key: str) -> dict[str, object]:
    texts = copy.deepcopy(content())
    texts["edition"] |= {"key": "2027-1", "in_force_from": "2026-01-01"}
    names = {"name_sv": "Finansiering i steg", "name_en": "Funding in steps"}
    texts["aspects"][0]["sub_aspects"] = [{"key": key, **names, "asks_sv": "Hur?", "asks_en": "How?"}]
    return texts


def test_an_aspect_may_have_sub_aspects() -> None:
    new = put_in_force(SYSTEM, _with_sub_aspects("D1.1.1"))
    under = Aspect.objects.get(dimension__edition=new, parent__isnull=False)
    assert (under.number, under.parent.key, under.status) == ("1.1.1", "D1.1", "reconstruction")


def test_a_sub_aspect_under_the_wrong_aspect_is_refused() -> None:
    before = _counts()
    with pytest.raises(Refused, match=r"D1\.2\.1"):
        put_in_force(SYSTEM, _with_sub_aspects("D1.2.1"))
    assert _counts() == before
