"""One catalogue with one id each: nothing twice, nothing unknown, both languages, and a page with every address."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from radrum.guidance.catalogue import Catalogue, refusals, shipped
from radrum.guidance.load import content
from tests.guidance.weighed import documents

ASPECTS = frozenset(aspect["key"] for aspect in content()["aspects"])


def _entry(document: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    return next(entry for entry in document["kinds"][kind]["entries"] if entry["id"] == key)


def test_what_ships_is_refused_nothing_and_every_id_is_one_entrys() -> None:
    document = shipped()
    assert refusals(document, ASPECTS) == []
    entries = [entry["id"] for group in document["kinds"].values() for entry in group["entries"]]
    assert len(entries) == len(set(entries)) == 88


@pytest.mark.parametrize("key", sorted(documents()))
def test_every_instrument_finds_what_it_proposes(key: str) -> None:
    known, rules = Catalogue(shipped()), documents()[key]["rules"]
    assert any(rule.get("measures") for rule in rules)
    for rule in rules:
        for name, kind in (("measures", "measure"), ("designs", "design"), ("terms", "clause")):
            assert set(rule.get(name, ())) <= known.ids(kind)


def test_a_former_id_leads_to_the_one_entry() -> None:
    known = Catalogue(shipped())
    assert known.entries["d-split"] == known.entries["d-01"]
    assert known.entries["t-own"]["id"] == "cl-06"


Change = Callable[[dict[str, Any]], Any]
# fmt: off
REFUSED: list[tuple[Change, str]] = [
    (lambda d: d.update(format="other"), "format radrum-catalogue/1"),
    (lambda d: d["kinds"].pop("clause"), "the kind clause is missing"),
    (lambda d: _entry(d, "design", "d-02").pop("title"), "design, entry 2: an id and a title are needed"),
    (lambda d: _entry(d, "design", "d-02").update(id="m-01"), "design m-01: the id m-01 is taken by measure m-01"),
    (lambda d: _entry(d, "design", "d-02").update(formerly=["d-split"]), "design d-02: the id d-split is taken by design d-01"),
    (lambda d: _entry(d, "design", "d-02").update(measures=["m-99"]), "design d-02: no measure m-99"),
    (lambda d: _entry(d, "clause", "cl-01").update(aspects=["D9.9"]), "clause cl-01: no aspect D9.9"),
    (lambda d: _entry(d, "measure", "m-01").update(sources=["nobody"]), "measure m-01: no source nobody"),
    (lambda d: _entry(d, "measure", "m-01")["effort"].update(level="huge"), "measure m-01: effort has no word “huge”"),
    (lambda d: _entry(d, "design", "d-01")["benefit"].update(effect="doubles"), "design d-01: benefit has no word “doubles”"),
    (lambda d: _entry(d, "clause", "cl-01")["dates"][0].update(when="never"), "clause cl-01: dates has no word “never”"),
    (lambda d: _entry(d, "measure", "m-01")["title"].update(en=""), "the text is missing in “en”"),
]
# fmt: on


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=[said for _change, said in REFUSED])
def test_the_loader_refuses_and_says_where(change: Change, said: str) -> None:
    document = copy.deepcopy(shipped())
    change(document)
    found = refusals(document, ASPECTS)
    assert any(said in sentence for sentence in found), found


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_has_an_address_for_each_entry_with_its_mark(client: Client, language: str) -> None:
    client.post("/language/", {"language": language})
    whole = client.get("/guidelines/catalogue/").content.decode()
    for kind, group in shipped()["kinds"].items():
        page = client.get(f"/guidelines/catalogue/{kind}/").content.decode()
        assert (kind, group["mark"][language] in page, group["title"][language] in page) == (kind, True, True)
        for entry in group["entries"]:
            assert (entry["id"], page.count(f'id="{entry["id"]}"'), whole.count(f'id="{entry["id"]}"')) == (
                entry["id"],
                1,
                1,
            )
    assert client.get("/guidelines/catalogue/nothing/").status_code == 404
