"""Each official format is known by its content, read whole, and refused whole when it is damaged."""

import datetime

import pytest

from radrum.screening import importers
from radrum.screening.importers import ofac
from radrum.screening.record import BrokenList, Delivery, split_names
from tests.screening import samples

FORMATS: dict[str, str | bytes] = {
    "un": samples.UN,
    "eu": samples.EU,
    "uk": samples.UK,
    "conlist": samples.CONLIST,
    "csl": samples.CSL,
    "csl.gz": samples.PACKED,
    "ofac.xml": samples.OFAC_XML,
    "sema": samples.SEMA,
    "dpl": samples.DPL,
    "seven": samples.SEVEN,
    "ror.jsonl": samples.ROR_LINES,
    "ror.json": samples.ROR_ARRAY,
    "ror.tsv": samples.ROR_COMPACT,
}


def data(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def read(content: str | bytes) -> Delivery:
    raw = data(content)
    reader = importers.reader_of(importers.head_of(raw))
    assert reader is not None
    found = reader(importers.unpacked(raw))
    assert isinstance(found, Delivery)
    return found


@pytest.mark.parametrize(
    ("name", "key", "date", "ids"),
    [
        ("un", "un-sc", "2026-02-27", ["XXi.001", "XXe.002"]),
        ("eu", "eu-fsf", "2026-11-20", ["EU.1.1"]),
        ("uk", "uk-sl", "2026-09-10", ["XXX0001", "XXX0002", "XXX0003"]),
        ("conlist", "uk-ofsi", "2020-04-27", ["77", "78"]),
        ("csl", "us-csl", None, ["abc", "36"]),
        ("csl.gz", "us-csl", None, ["abc", "36"]),
        ("ofac.xml", "us-ofac-nonsdn", "2025-03-28", ["9"]),
        ("sema", "ca-sema", "2025-03-20", ["Iran, 1, Part 1, 22", "Belarus, 1, Part 1, 1"]),
        ("dpl", "us-bis-dpl", None, ["dpl-9f8f03d660", "dpl-9f8f03d660-2"]),
        ("seven", "seven-sons", None, ["0aaaaaa11"]),
        ("ror.jsonl", "ror", None, ["0aaaaaa11", "0cccccc33", "0bbbbbb22"]),
        ("ror.json", "ror", None, ["0aaaaaa11", "0cccccc33", "0bbbbbb22"]),
        ("ror.tsv", "ror", None, ["0aaaaaa11"]),
    ],
)
def test_a_format_is_known_and_read(name: str, key: str, date: str | None, ids: list[str]) -> None:
    found = read(FORMATS[name])
    when = datetime.date.fromisoformat(date) if date else None
    assert (found.key, found.date, [record.entry_id for record in found.records]) == (key, when, ids)


def names(delivery: Delivery, at: int = 0) -> list[tuple[str, str]]:
    return [(name["name"], name["kind"]) for name in delivery.records[at].names]


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("un", 0, [("TESTIN EXEMPLOV", "primary"), ("Тестин Экземплов", "original"), ("Abu Prov", "weak")]),
        (
            "un",
            1,
            [
                ("VELGRAD INSTITUTE OF PROPULSION", "primary"),
                ("VIP Velgrad", "alias"),
                ("Velgradski institut", "alias"),
            ],
        ),
        ("eu", 0, [("Velgrad Institute of Propulsion", "primary"), ("VIP", "weak")]),
        (
            "uk",
            0,
            [("VELGRAD INSTITUTE OF PROPULSION", "primary"), ("VIP", "weak"), ("موسسه ولگراد", "original")],
        ),
        ("conlist", 0, [("VELGRAD INSTITUTE", "primary"), ("VIP", "alias")]),
        (
            "csl",
            0,
            [
                ("Velgrad Polytechnic", "primary"),
                ("Velgrad Polytech", "alias"),
                ("Velgradska politehnika", "alias"),
            ],
        ),
        ("ofac.xml", 0, [("EXEMPLOV, Testin", "primary"), ("PROV", "weak")]),
        ("sema", 0, [("Velgrad University", "primary"), ("Université de Velgrad", "primary")]),
        (
            "sema",
            1,
            [("Exemplov, Testin", "primary"), ("Тэсцін Экземплаў", "alias"), ("Testin EXEMPLAU", "alias")],
        ),
        ("seven", 0, [("Velgrad Polytechnic", "primary"), ("韦尔格拉德理工大学", "original")]),
        (
            "ror.jsonl",
            2,
            [
                ("Fjällby University", "primary"),
                ("Fjällby universitet", "label"),
                ("FU Fjällby", "alias"),
                ("VPU", "acronym"),
            ],
        ),
        (
            "ror.tsv",
            0,
            [("Velgrad Polytechnic", "primary"), ("韦尔格拉德理工大学", "label"), ("VPU", "acronym")],
        ),
    ],
)
def test_every_name_is_read_with_its_kind(name: str, at: int, expected: list[tuple[str, str]]) -> None:
    assert names(read(FORMATS[name]), at) == expected


@pytest.mark.parametrize(
    ("name", "at", "schema", "countries", "identifiers"),
    [
        ("un", 0, "Person", [], {"born": ["1971"], "un": ["XXi.001"]}),
        ("un", 1, "Organization", ["IR"], {"un": ["XXe.002"]}),
        ("eu", 0, "Organization", ["IR"], {"un": ["XXe.002"]}),
        ("uk", 1, "Person", [], {"born": ["dd/mm/1945"]}),
        ("uk", 2, "Vessel", [], {"imo": ["1234567"]}),
        ("conlist", 0, "Organization", ["IR"], {"ofsi": ["77"], "un": ["XXe.002"]}),
        ("conlist", 1, "Person", [], {"ofsi": ["78"], "born": ["00/00/1980"]}),
        ("csl", 0, "", ["CN"], {}),  # rows of the Entity List have no type
        ("csl", 1, "Person", [], {"ofac": ["36"], "born": ["1971"]}),
        ("dpl", 0, "", ["US"], {"order": ["dpl-9f8f03d660"]}),
    ],
)
def test_what_is_known_is_read_and_origin_is_not(
    name: str, at: int, schema: str, countries: list[str], identifiers: dict[str, list[str]]
) -> None:
    """Nationality, citizenship and place of birth stand in the samples; no record holds them."""
    record = read(FORMATS[name]).records[at]
    assert (record.schema, record.countries, record.identifiers) == (schema, countries, identifiers)
    assert "Serrania" not in str(record)


def test_relations_of_both_schemas_of_the_register_are_read() -> None:
    found = {record.entry_id: record.relations for record in read(samples.ROR_LINES).records}
    assert found == {
        "0aaaaaa11": {"child": ["0bbbbbb22"]},
        "0cccccc33": {},
        "0bbbbbb22": {"parent": ["0aaaaaa11"]},
    }


def test_the_parts_of_the_american_collection_are_told_apart() -> None:
    assert [record.part for record in read(samples.CSL).records] == ["us-bis-el", "us-ofac-sdn"]


# --- OFAC's files without header -----------------------------------------------------------------------


def sdn(**changed: str) -> dict[str, bytes]:
    roles = {"primary": "sdn.csv", "alias": "alt.csv", "address": "add.csv", "comments": "sdn_comments.csv"}
    return {role: changed.get(role, samples.SDN[name]).encode() for role, name in roles.items()}


def test_the_four_files_are_one_list() -> None:
    found = ofac.read_set(sdn())
    assert (found.key, names(found, 0), names(found, 1)) == (
        "us-ofac-sdn",
        [("EXEMPLOV, Testin", "primary"), ("EXEMPLOFF, Testin", "alias"), ("PROV", "weak")],
        [("PROVA S.A.", "primary"), ("GAMLA PROVA", "former")],
    )
    assert (found.records[1].countries, found.records[1].remark) == (["CU"], "TESTLinked To: NOBODY.")


@pytest.mark.parametrize(
    ("name", "role"),
    [("sdn.csv", "primary"), ("alt.csv", "alias"), ("add.csv", "address"), ("sdn_comments.csv", "comments")],
)
def test_each_file_is_known_by_its_content(name: str, role: str) -> None:
    assert importers.ofac_role(samples.SDN[name].encode()) == role


@pytest.mark.parametrize(
    ("role", "content", "line"),
    [
        ("primary", samples.SDN["sdn.csv"][:150], 2),
        ("primary", samples.SDN["sdn.csv"].split("\r\n")[0] + "\r\n", 2),  # an alias without its entry
        ("alias", samples.SDN["alt.csv"][:40], 2),
        ("address", "99,1,-0- ,-0- ,-0- ,-0- \r\n", 1),
    ],
)
def test_a_set_with_a_cut_file_is_refused(role: str, content: str, line: int) -> None:
    with pytest.raises(BrokenList) as broken:
        ofac.read_set(sdn(**{role: content}))
    assert broken.value.line == line


# --- Damage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("share", [0.6, 0.9])
def test_a_file_that_was_cut_short_is_refused_whole(name: str, share: float) -> None:
    raw = data(FORMATS[name])
    with pytest.raises(BrokenList) as broken:
        read(raw[: int(len(raw) * share)])
    assert (broken.value.line > 0) == (name != "csl.gz")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            samples.UN.replace("<CONSOLIDATED", '<!DOCTYPE x [<!ENTITY a "aa">]>\n<CONSOLIDATED', 1),
            "line 2: the file declares a document type",
        ),
        (
            samples.UN.replace("<REFERENCE_NUMBER>XXe.002</REFERENCE_NUMBER>", ""),
            "line 19: an entry has no reference number",
        ),
        (samples.OFAC_XML.replace("Count>1<", "Count>2<"), "the file says 2 entries and holds 1"),
        (samples.CSL.replace("Entity List (EL)", "New List (NEW)"), "line 2: no list is known as"),
        (samples.GENERIC.replace('"b"', "b"), "line 2: the line is not JSON"),
        (samples.GENERIC.replace('["Annan Prova"]', '"Annan"'), "line 2: names is not a list of texts"),
        (samples.GENERIC.replace('"foreign"', '"strict"'), "line 3: legal_effect is none of"),
        (samples.GENERIC.replace("2026-11-01", "1 Nov"), "line 1: date is not written as"),
        (
            samples.ROR_LINES.replace('"types": ["acronym"]', '"kinds": []'),
            "line 1: the record has neither the shape",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(content: str, why: str) -> None:
    raw = content.encode()
    reader = importers.reader_of(importers.head_of(raw))
    assert reader is not None
    with pytest.raises(BrokenList) as broken:
        reader(raw)
    assert why in str(broken.value)


@pytest.mark.parametrize(
    "content", ["", "{}", "a,b\n1,2\n", "<html></html>", '[{"name": "x"}]', "PK\x03\x04", '{"q": "x"}']
)
def test_what_is_no_list_is_not_read(content: str) -> None:
    head = content.encode()
    assert (importers.reader_of(head), importers.ofac_role(head)) == (None, "")


# --- The generic format --------------------------------------------------------------------------------


def test_a_generic_file_may_hold_several_lists() -> None:
    reader = importers.reader_of(samples.GENERIC.encode())
    assert reader is not None
    found = reader(samples.GENERIC.encode())
    assert isinstance(found, list)
    assert [(one.key, one.title, one.date, len(one.records)) for one in found] == [
        ("x-egen-lista", "Egen lista", datetime.date(2026, 11, 1), 2),
        ("x-annan-lista", "Annan lista", None, 1),
    ]
    assert (found[0].records[1].countries, found[1].records[0].legal_effect) == (["SE"], "foreign")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velgrad University/Université de Velgrad", ["Velgrad University", "Université de Velgrad"]),
        ("Belarus Steel / Acier Bélarus", ["Belarus Steel", "Acier Bélarus"]),
        ("CHINA IMPORT/EXPORT CORPORATION", ["CHINA IMPORT/EXPORT CORPORATION"]),
        ("MEC Mills (Hmaw Bi/Pyi/Ywama)", ["MEC Mills (Hmaw Bi/Pyi/Ywama)"]),
        ("FUYI A/K/A FRANK", ["FUYI", "FRANK"]),
        ("  ", []),
    ],
)
def test_two_names_in_one_cell_are_two(text: str, expected: list[str]) -> None:
    assert split_names(text) == expected
