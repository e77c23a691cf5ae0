"""What the loader refuses, each with the place it stands at; and what ships is none of it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from radrum.core.operation import Refused
from radrum.guidance import catalogue, instruments
from radrum.guidance.instruments import Library, attribute_refusals, follow_ups, refusals
from radrum.guidance.load import content
from radrum.guidance.texts import parse, untranslated
from tests.guidance.weighed import documents

AUTHORITIES = frozenset({"isp", "kommerskollegium", "foi", "etikprovningsmyndigheten"})
Change = Callable[[dict[str, Any]], Any]


def _library() -> Library:
    known = catalogue.Catalogue(catalogue.shipped())
    return Library(
        attributes={entry["id"]: entry for entry in instruments.shipped()[0]["attributes"]},
        aspects=frozenset(aspect["key"] for aspect in content()["aspects"]),
        measures=known.ids("measure"),
        designs=known.ids("design"),
        terms=known.ids("clause"),
        contacts=known.ids("contact"),
        authorities=AUTHORITIES,
    )


def _prompt(document: dict[str, Any], key: str) -> dict[str, Any]:
    return next(prompt for prompt in document["prompts"] if prompt["id"] == key)


def _rule(document: dict[str, Any], key: str) -> dict[str, Any]:
    return next(rule for rule in document["rules"] if rule["id"] == key)


@pytest.mark.parametrize("document", instruments.shipped()[1], ids=lambda document: document["id"])
def test_what_ships_is_refused_nothing(document: dict[str, Any]) -> None:
    assert refusals(document, _library()) == []
    after = follow_ups(document)
    for prompt in document["prompts"]:
        if "follow_ups" in prompt:
            assert prompt["follow_ups"] == after[prompt["id"]]


# fmt: off
REFUSED: list[tuple[Change, str]] = [
    (lambda d: d.pop("title_en"), "title_en"),
    (lambda d: d.update(colour="red"), "colour"),
    (lambda d: _prompt(d, "plan-loss").pop("text_sv"), "text_sv"),
    (lambda d: _prompt(d, "plan-loss").update(attribute="plan.nothing"), "prompt plan-loss: no attribute plan.nothing"),
    (lambda d: _prompt(d, "plan-loss").update(kind="ynu"), "asks for ynu, but plan.loss is text"),
    (lambda d: _prompt(d, "tech-lead").update(aspect="D9.9"), "prompt tech-lead: no aspect D9.9"),
    (lambda d: _rule(d, "permit").update(measures=["m-99"]), "rule permit: nothing called m-99"),
    (lambda d: _rule(d, "permit").update(designs=["d-none"]), "rule permit: nothing called d-none"),
    (lambda d: _rule(d, "permit").update(terms=["t-none"]), "rule permit: nothing called t-none"),
    (lambda d: _rule(d, "permit").update(ask=["in-nobody"]), "rule permit: nothing called in-nobody"),
    (lambda d: _rule(d, "permit").update(aspect="D5.5"), "rule permit: aspect D5.5 is not weighed here"),
    (lambda d: _rule(d, "permit").update(ask=["isp"]), "rule permit: asks isp before anyone at home"),
    (lambda d: _rule(d, "permit").update({"if": {"eq": ["law.permit", "perhaps"]}}), "law.permit has no option perhaps"),
    (lambda d: _rule(d, "permit").update({"if": {"eq": ["plan.nothing", "yes"]}}), "no attribute plan.nothing"),
    (lambda d: _rule(d, "permit").update({"if": {"answered": "plan.loss"}}), "information alone decides nothing"),
    (lambda d: _rule(d, "permit").update({"if": {"eq": ["partner.country", "XA"]}}), "a country can open a question"),
    (lambda d: _rule(d, "permit").update({"if": {"not": {"eq": ["partner.known", "no"]}}}), "may not stand under not"),
    (lambda d: d["rules"].append(copy.deepcopy(d["rules"][0])), "rules: id permit stands twice"),
    (lambda d: d["prompts"].append(copy.deepcopy(_prompt(d, "tech-lead"))), "prompts: id tech-lead stands twice"),
    (lambda d: _prompt(d, "plan-unpublished").update(when={"eq": ["design.exit", "yes"]}), "looks forward to design.exit"),
    (lambda d: _prompt(d, "context-compel").update(when={"not": {"eq": ["partner.country", "XA"]}}), "partner.country may not stand under not"),
    (lambda d: [d["rules"].remove(rule) for rule in list(d["rules"]) if rule["id"] == "permit"], "law.permit: promises to be settled in law first"),
    (lambda d: _prompt(d, "design-exit").update(always=True), "only names and benefit may always be asked"),
    (lambda d: _prompt(d, "plan-loss").update(effect="info"), "at least two benefit prompts"),
    (lambda d: _prompt(d, "plan-loss").update(text_sv="Vilket medborgarskap har de?"), "people are not screened by origin"),
    (lambda d: d["designs_default"].append("d-none"), "designs_default: nothing called d-none"),
    (lambda d: d["profiles"][0]["examples"][0].update(prompt="no-such"), "profile humsam: no prompt no-such"),
]
# fmt: on


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=[said for _change, said in REFUSED])
def test_the_loader_refuses_and_says_where(change: Change, said: str) -> None:
    document = copy.deepcopy(documents()["01-research-cooperation"])
    change(document)
    found = refusals(document, _library())
    assert any(said in sentence for sentence in found), found


def test_a_prompt_that_no_rule_rests_on_is_refused() -> None:
    document = copy.deepcopy(documents()["01-research-cooperation"])
    document["rules"] = [rule for rule in document["rules"] if "equal.mutual" not in str(rule["if"])]
    assert "prompt equal-mutual: no rule rests on it" in refusals(document, _library())


ATTRIBUTES: list[tuple[Change, str]] = [
    (lambda d: d.update(format="other"), "format radrum-attributes/1"),
    (lambda d: d["attributes"].append(dict(d["attributes"][0])), "the id stands twice"),
    (lambda d: d["attributes"][0].update(kind="colour"), "kind or scope is unknown"),
    (lambda d: d["attributes"][0].pop("means_en"), "means_en is missing"),
    (lambda d: d["attributes"][0].update(means_sv="Etnicitet?"), "people are not screened by origin"),
    (
        lambda d: d["attributes"].append(
            {
                **d["attributes"][0],
                "id": "x.y",
                "kind": "choice",
                "options": [{"value": "a", "sv": "A", "en": "A"}, {"value": "a", "sv": "A", "en": "A"}],
            }
        ),
        "option a stands twice",
    ),
]


@pytest.mark.parametrize(("change", "said"), ATTRIBUTES, ids=[said for _change, said in ATTRIBUTES])
def test_attributes_are_refused_too(change: Change, said: str) -> None:
    document = copy.deepcopy(instruments.shipped()[0])
    assert attribute_refusals(document) == []
    change(document)
    assert any(said in sentence for sentence in attribute_refusals(document))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", "bad.yaml, line 3: “a” stands twice"),
        ("a: !!python/object/apply:os.system ['true']", "bad.yaml, line 1"),
        ("a: [1, 2", "bad.yaml, line"),
        ("a: \u202egnu", "bad.yaml, line 1: a character that turns the writing direction"),
    ],
)
def test_a_file_that_hides_something_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said.replace("(", r"\(")):
        parse(text, "bad.yaml")
    assert parse("a: {b: 1}", "good.yaml") == {"a": {"b": 1}}


def test_a_text_in_one_language_only_is_found_wherever_it_stands() -> None:
    document = {"one": [{"sv": "Ja", "en": ""}], "two_sv": "Nej", "three": {"sv": "Båda", "en": "Both"}}
    assert sorted(untranslated(document, "x")) == [
        "x, one 1: the text is missing in “en”",
        "x: two_en is missing",
    ]
