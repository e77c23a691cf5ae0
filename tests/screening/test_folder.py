"""Which files are lists, how old each is, and which copy counts."""

import datetime
from pathlib import Path

import pytest

from radrum.screening import folder
from tests.screening import samples

Files = dict[str, str]


def lay(place: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


OLDER_UN = samples.UN.replace("2026-02-27", "2025-04-19")


def test_a_folder_is_read_and_what_is_no_list_is_skipped_by_name(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "un/a.xml": samples.UN,
            "un/b.xml": OLDER_UN,
            "us/list.csv.gz": samples.PACKED,
            **{f"ofac/{name}": content for name, content in samples.SDN.items()},
            "other/table.csv": "a,b\n1,2\n",
            "screening-bench/entities.jsonl": samples.GENERIC,
            "my-PAIRS-x/list.xml": samples.EU,
            "mail-samples/deep/list.xml": samples.EU,
            "eu-sample-2020/list.xml": samples.EU,
            "un/SOURCE.md": "- Date of the data: 2020-01-01",
            ".hidden/list.xml": samples.EU,
        },
    )
    found = folder.find(tmp_path)
    kept, older = folder.newest(found.deliveries)
    assert sorted((one.key, one.files) for one in kept) == [
        ("eu-fsf", ("list.xml",)),
        ("un-sc", ("a.xml",)),
        ("us-csl", ("list.csv.gz",)),
        ("us-ofac-sdn", ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")),
    ]
    assert ([one.files for one in older], found.skipped, found.broken) == (
        [("b.xml",)],
        [("other/table.csv", "not a list")],
        [],
    )
    assert folder.skipped_folders(tmp_path) == ["mail-samples", "my-PAIRS-x", "screening-bench"]


def test_a_folder_for_measuring_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    lay(tmp_path / "bench", {"entities.jsonl": samples.GENERIC, "negatives.jsonl": '{"q": "x"}\n'})
    found = folder.find(tmp_path / "bench")
    assert ([one.title for one in found.deliveries], found.skipped) == (
        ["Egen lista", "Annan lista"],
        [("negatives.jsonl", "not a list")],
    )


def test_the_main_file_brings_the_files_beside_it(tmp_path: Path) -> None:
    lay(tmp_path, {**samples.SDN, "cons_alt.csv": samples.SDN["alt.csv"]})
    (found,) = folder.find(tmp_path / "sdn.csv").deliveries
    assert found.files == ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")
    assert folder.find(tmp_path / "alt.csv").skipped == [
        ("alt.csv", "belongs to an OFAC list whose main file is missing")
    ]


def test_a_broken_file_is_named_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    lay(tmp_path, {"a.xml": samples.UN[:900], "b.xml": samples.EU})
    found = folder.find(tmp_path)
    assert [one.key for one in found.deliveries] == ["eu-fsf"]
    assert [str(broken).split(":")[0] for broken in found.broken] == ["a.xml, line 17"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Date of the data: 2022-04-21", "2022-04-21"),
        ("Date of the data: 2022-09 (git 2022-09-07)", "2022-09-07"),
        ("- Date of the data: v2.9, 2026-06-23", "2026-06-23"),
        ("- Date of the data: 2018-11", "2018-11-01"),
        ("- Date of the data: 2026 (Babel 2.18.0)", "2026-01-01"),
        (
            "- Date of the data: 2025-03-28 and 2025-12-19",
            "2025-12-19",
        ),  # the first is in the other file's name
        ("- Date of the data: 2025-01-01 and 2025-12-19", "2025-01-01"),  # rather too old than too new
        ("- Date of the data: 2025-02-30", None),
        ("- Date: 2022-04-21", None),
    ],
)
def test_the_date_beside_the_file(tmp_path: Path, line: str, expected: str | None) -> None:
    lay(
        tmp_path,
        {
            "list.csv": samples.CSL,
            "other-2025-03-28.xml": "",
            "SOURCE.md": f"# About\n\n{line}\n- Licence: x\n",
        },
    )
    date = folder.date_beside(tmp_path / "list.csv")
    assert (date.isoformat() if date else None) == expected


TOLD = datetime.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("content", "beside", "told", "expected"),
    [
        (samples.UN, "- Date of the data: 2020-01-01", TOLD, ("2026-02-27", "file")),
        (samples.CSL, "- Date of the data: 2020-01-01", TOLD, ("2020-01-01", "source_md")),
        (samples.CSL, "", TOLD, ("2024-01-01", "option")),
        (samples.CSL, "", None, ("None", "unknown")),
    ],
)
def test_where_a_date_comes_from(
    tmp_path: Path, content: str, beside: str, told: datetime.date | None, expected: tuple[str, str]
) -> None:
    lay(tmp_path, {"list": content, "SOURCE.md": beside})
    (found,) = folder.find(tmp_path, date=told).deliveries
    assert (str(found.date), found.date_from) == expected


def test_undated_loses_to_dated_and_of_two_alike_the_fuller_counts(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"a/l": samples.ROR_COMPACT, "b/l": samples.ROR_LINES, "c/l": samples.CSL, "d/l": samples.CSL},
    )
    lay(tmp_path, {"d/SOURCE.md": "Date of the data: 2020-01-01"})
    kept, _older = folder.newest(folder.find(tmp_path).deliveries)
    assert [(one.key, len(one.records), str(one.date)) for one in kept] == [
        ("ror", 3, "None"),
        ("us-csl", 2, "2020-01-01"),
    ]
