"""The engine by table: what is the same word, what is the same name, and why."""

import pytest

from radrum.screening import flat
from radrum.screening.engine import reasons
from radrum.screening.engine.build import Listed, build
from radrum.screening.engine.fold import romanised, variants
from radrum.screening.engine.near import likeness
from radrum.screening.engine.search import ALERT, Index, Match, Party


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kungliga Tekniska högskolan", "royal technology college"),
        ("Université de Velgrad", "university velgrad"),
        ("Харьковский университет", "kharkovskiy university"),
        ("T.G.A. D.O.O.", "tga doo"),
        ("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ ПРОВА", "llc prova"),
        ("Xi'an Malek-e Ashtar", "xian malek ashtar"),
        ("The Of", "the of"),  # nothing else is there
        ("", ""),
    ],
)
def test_a_name_as_words(text: str, meant: str) -> None:
    assert " ".join(romanised(text).meant) == meant


def test_signs_are_compared_as_signs_and_by_their_sound() -> None:
    own, heard = variants("北京大学")
    assert (own.meant, own.sounds, heard.meant, heard.sounds) == (
        ("北京", "京大", "大学"),
        False,
        ("bei", "jing", "da", "xue"),
        True,
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "least", "most"),
    [
        ("khalid", "khalid", 1, 1),
        ("yusuf", "youssef", 0.7, 1),
        ("mhmd", "muhammad", 0.6, 1),
        ("sterlitamak", "starlitamak", 0.8, 1),
        ("beijing", "beiing", 0.8, 1),
        ("craig", "george", 0, 0.7),
        ("evans", "hewani", 0, 0.7),
        ("224", "225", 0, 0),
        ("hit", "mit", 0, 0),
        ("大学", "大学院", 0, 0),
    ],
)
def test_how_alike_two_words_are(ours: str, theirs: str, least: float, most: float) -> None:
    alike = likeness(ours, theirs)
    assert least <= alike <= most
    assert alike == likeness(theirs, ours)


LISTED = [
    ("organisation", "Nanjing University"),
    ("organisation", "University of Sheffield"),
    ("organisation", "Beijing Institute of Technology"),
    ("organisation", "MALEK ASHTAR UNIVERSITY"),
    ("organisation", "Tidal Tech Mariners LLC"),
    ("organisation", "Гидравлика ООО"),
    ("organisation", "西北工业大学"),
    ("person", "EXEMPLOV, Testin Provovich"),
    ("person", "PROVSSON, Anders"),
    ("person", "خالد محمد منصور"),
    ("", "STEELWORKS OF VELGRAD"),
    *(
        ("organisation", f"University of {place}")
        for place in ("Uppsala", "Velgrad", "Oslo", "Lima", "Accra", "Perth")
    ),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(
        build(Listed(kind, [(name, "primary")], {"name": name, "countries": ["CN"]}) for kind, name in LISTED)
    )


def hits(index: Index, name: str, kind: str = "", **known: list[str]) -> list[str]:
    return [match.name for match in index.search(Party([(name, "primary")], kind, **known))]


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("Malek Ashtar University of Technology", "", ["MALEK ASHTAR UNIVERSITY"]),
        ("Daneshgah-e Malek-e Ashtar", "", ["MALEK ASHTAR UNIVERSITY"]),
        ("Malek Ashtra University", "", ["MALEK ASHTAR UNIVERSITY"]),
        ("TidalTech Mariners", "", ["Tidal Tech Mariners LLC"]),
        ("Tidal Tech Mari ners", "", ["Tidal Tech Mariners LLC"]),
        ("Gidravlika LLC", "organisation", ["Гидравлика ООО"]),
        ("西北工业大学", "", ["西北工业大学"]),
        ("西北大学", "", []),
        ("Testin Exemplov", "person", ["EXEMPLOV, Testin Provovich"]),
        ("A. Provsson", "person", ["PROVSSON, Anders"]),
        ("Khaled Mohammed Mansour", "person", ["خالد محمد منصور"]),
        ("Testin Exemplov", "organisation", []),  # of another kind
        ("Steelworks of Velgrad", "vessel", ["STEELWORKS OF VELGRAD"]),  # the list does not say which kind
        ("Nanjing University of Aeronautics and Astronautics", "", []),
        ("Sheffield Hallam University", "", []),
        ("Beijing University of Technology", "", []),
        ("University of Gothenburg", "", []),
        ("", "", []),
        ("?!", "", []),
    ],
)
def test_what_is_found_and_what_is_not(index: Index, name: str, kind: str, found: list[str]) -> None:
    assert hits(index, name, kind) == found


def only(index: Index, name: str, **known: list[str]) -> Match:
    (match,) = index.search(Party([(name, "primary")], **known))
    return match


def test_a_hit_says_why_in_two_languages(index: Index) -> None:
    match = only(index, "Malek Ashtra University of Technology", countries=["SE"])
    assert [(reason.feature, reason.speaks_for) for reason in match.reasons] == [
        ("same_words", True),
        ("like_words", True),
        ("only_ours", False),
        ("other_country", False),
    ]
    assert match.reasons[2].as_dict() == {
        "feature": "only_ours",
        "for": False,
        "sv": "Listans namn saknar ”technology”.",
        "en": "The listed name lacks “technology”.",
    }


def test_a_country_qualifies_and_never_decides(index: Index) -> None:
    plain, same, other = (
        only(index, "Malek Ashtar University of Technology", countries=where).score
        for where in ([], ["CN"], ["SE"])
    )
    assert 1 >= same > plain > other >= ALERT


def test_an_abbreviation_alone_is_said_to_be_one() -> None:
    index = Index(
        build(
            [Listed("organisation", [("Velgrad Polytechnic", "primary"), ("VPU", "acronym")], {"name": "V"})]
        )
    )
    assert [reason.feature for reason in only(index, "VPU").reasons] == ["same_name", "acronym"]
    assert hits(index, "VPV") == []
    assert hits(index, "ВПУ") == []


def test_an_identifier_finds_without_any_name() -> None:
    index = Index(
        build(
            [Listed("organisation", [("Velgrad", "primary")], {"name": "V", "keys": ["ror:0a"]}, ["ror:0a"])]
        )
    )
    (match,) = index.search(Party([("Quite another", "primary")], keys=["ror:0a", "ror:0b"]))
    assert (match.score, [reason.feature for reason in match.reasons]) == (1.0, ["same_identifier"])


def test_every_feature_explains_itself() -> None:
    assert [
        name for name, feature in reasons.FEATURES.items() if not (feature.__doc__ or "").endswith(".")
    ] == []


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "a b " * 3000, "\ud800\x00", "".join(map(chr, range(0x600, 0x700))), "大" * 5000]
)
def test_strange_names_are_answered(index: Index, name: str) -> None:
    assert hits(index, name) == []


def test_an_empty_index_answers() -> None:
    assert hits(Index(build([])), "Velgrad") == []


def test_more_entries_do_not_take_a_hit_away(index: Index) -> None:
    more = [Listed("organisation", [(name, "primary")], {"name": name}) for _, name in LISTED]
    more += [
        Listed("person", [(f"Prov{number} Namn{number}", "primary")], {"name": "x"}) for number in range(500)
    ]
    assert hits(Index(build(more)), "Malek Ashtar University of Technology") == ["MALEK ASHTAR UNIVERSITY"]


def test_a_mapped_file_answers_as_what_was_built(index: Index, tmp_path: object) -> None:
    from pathlib import Path

    place = Path(str(tmp_path)) / "sub" / "x.idx"
    flat.write(place, index._arrays, {"stamp": "s"})
    arrays, about = flat.open_mapped(place)
    assert (about, hits(Index(arrays), "西北工业大学")) == ({"stamp": "s"}, ["西北工业大学"])
    place.write_bytes(place.read_bytes()[:-10])
    with pytest.raises(flat.Unreadable):
        flat.open_mapped(place)
