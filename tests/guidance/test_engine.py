"""Weighing by table, without a database: unsure never closes, silence never settles, asking stops exactly in time."""

import copy
import random
from typing import Any

import pytest

from radrum.guidance.engine import (
    LAW_FIRST,
    OPEN,
    SETTLED,
    UNFINISHED,
    Answers,
    Asked,
    Instrument,
    Prompt,
    Rule,
    Weighing,
    designs,
)
from radrum.guidance.instruments import shipped
from tests.guidance.weighed import Asking, attributes, complete, documents, every_answer, plans, whole

PLANS = plans()
SHIPPED = [document["id"] for document in shipped()[1]]

TWO = Instrument(
    prompts=(
        Prompt("a", "plan.a", "D1.1"),
        Prompt("b", "plan.b", "D1.1", when={"in": ["plan.a", ["yes", "unsure"]]}),
        Prompt("c", "partner.c", "D2.1", per_partner=True),
        Prompt("d", "plan.d", "D1.1", effect="benefit", always=True),
    ),
    rules=(
        Rule("law", "D1.1", LAW_FIRST, {"in": ["plan.b", ["yes", "unsure"]]}, proposes={"designs": ["d-2"]}),
        Rule("open", "D1.1", OPEN, {"eq": ["plan.a", "yes"]}, proposes={"designs": ["d-2", "d-1"]}),
        Rule("each", "D2.1", OPEN, {"in": ["partner.c", ["no", "unsure"]]}, per_partner=True),
    ),
    aspects=("D1.1", "D2.1"),
    designs_default=("d-3", "d-4", "d-5"),
)

# fmt: off
STATES = [
    # a         b         c of two partners    D1.1        D2.1         rules that hold
    ("",        "",       ("", ""),            UNFINISHED, UNFINISHED,  []),
    ("no",      "",       ("yes", "yes"),      SETTLED,    SETTLED,     []),
    ("no",      "yes",    ("yes", ""),         SETTLED,    UNFINISHED,  []),  # b has no value where it is not asked
    ("yes",     "",       ("", "no"),          UNFINISHED, UNFINISHED,  ["open", "each 1"]),
    ("yes",     "no",     ("yes", "unsure"),   OPEN,       OPEN,        ["open", "each 1"]),
    ("yes",     "unsure", ("no", "no"),        LAW_FIRST,  OPEN,        ["law", "each 0", "each 1"]),
    ("unsure",  "no",     (),                  SETTLED,    SETTLED,     []),
]
ASKED = [
    # a        b      c of two        what is left to ask
    ("",       "",    ("", ""),       ["a", "c 0", "c 1", "d"]),
    ("no",     "",    ("yes", ""),    ["c 1", "d"]),
    ("yes",    "",    ("yes", "no"),  ["b", "d"]),
    ("yes",    "no",  ("yes", "no"),  ["d"]),
]
# fmt: on


def _weighing(a: str, b: str, each: tuple[str, ...]) -> Weighing:
    return Weighing(TWO, Answers({"plan.a": a, "plan.b": b}, tuple({"partner.c": c} for c in each)))


def _name(name: str, partner: int | None) -> str:
    return name if partner is None else f"{name} {partner}"


@pytest.mark.parametrize(("a", "b", "each", "first", "second", "rules"), STATES)
def test_states_and_rules(
    a: str, b: str, each: tuple[str, ...], first: str, second: str, rules: list[str]
) -> None:
    outcome = _weighing(a, b, each).outcome()
    assert outcome.states == {"D1.1": first, "D2.1": second}
    assert [_name(one.rule.id, one.partner) for one in outcome.holding] == rules


@pytest.mark.parametrize(("a", "b", "each", "left"), ASKED)
def test_what_is_left_to_ask(a: str, b: str, each: tuple[str, ...], left: list[str]) -> None:
    found = _weighing(a, b, each).to_ask()
    assert [_name(asked.prompt.id, asked.partner) for asked in found] == left


def test_why_something_is_asked_or_not() -> None:
    begun = _weighing("", "", ("",))
    assert begun.touches() == {("a", None): ["D1.1"], ("c", 0): ["D2.1"]}
    assert [(asked.prompt.id, why) for asked, why in begun.skipped()] == [("b", "later")]
    no = _weighing("no", "", ("no",))
    assert [(asked.prompt.id, why) for asked, why in no.skipped()] == [("b", "when")]
    when = TWO.prompts[1].when
    assert no.because(when, None, so=False) == [("plan.a", None)]
    assert no.because(when, None) == [] == no.because(None, None)
    law = Instrument(
        prompts=(Prompt("a", "plan.a", "D1.1"), Prompt("b", "plan.b", "D1.1")),
        rules=(
            Rule("law", "D1.1", LAW_FIRST, {"eq": ["plan.a", "yes"]}),
            Rule("open", "D1.1", OPEN, {"eq": ["plan.b", "yes"]}),
        ),
        aspects=("D1.1",),
    )
    waits = Weighing(law, Answers({"plan.a": "yes"}))
    assert [(asked.prompt.id, why) for asked, why in waits.skipped()] == [("b", "rules")]


CONDITIONS: list[tuple[dict[str, Any], bool | None, list[str]]] = [
    ({"eq": ["plan.a", "yes"]}, True, ["plan.a"]),
    ({"eq": ["plan.a", "no"]}, False, ["plan.a"]),
    ({"in": ["plan.n", ["x", "y"]]}, None, []),
    ({"gt": ["plan.n", 3]}, None, []),
    ({"answered": "plan.a"}, True, ["plan.a"]),
    ({"not": {"eq": ["plan.a", "no"]}}, True, ["plan.a"]),
    ({"not": {"answered": "plan.n"}}, None, []),
    ({"any": [{"eq": ["plan.a", "yes"]}, {"answered": "plan.n"}]}, True, ["plan.a"]),
    ({"all": [{"eq": ["plan.a", "yes"]}, {"answered": "plan.n"}]}, None, []),
    ({"all": [{"eq": ["plan.a", "no"]}, {"answered": "plan.n"}]}, False, ["plan.a"]),
    ({"eq": ["partner.c", "no"]}, True, ["partner.c 1"]),  # outside the block: at least one partner
    ({"in": ["plan.several", ["x"]]}, True, ["plan.several"]),
    ({"gt": ["plan.number", 3]}, True, ["plan.number"]),
    ({"eq": ["start.profile", "arts"]}, False, []),  # known before the first prompt, or not at all
]


@pytest.mark.parametrize(("condition", "known", "rests_on"), CONDITIONS)
def test_conditions(condition: dict[str, Any], known: bool | None, rests_on: list[str]) -> None:
    prompts = tuple(
        Prompt(name, name, "D1.1", per_partner=name == "partner.c")
        for name in ("plan.a", "plan.n", "plan.number", "plan.several", "partner.c")
    )
    given = {"plan.a": "yes", "plan.several": ["x", "z"], "plan.number": ["12"]}
    weighing = Weighing(
        Instrument(prompts, (), ()), Answers(given, ({"partner.c": "yes"}, {"partner.c": "no"}))
    )
    assert weighing.holds(condition) is known
    found = weighing.because(condition, None, so=bool(known))
    assert [_name(*place) for place in found] == (rests_on if known is not None else [])


def test_three_to_five_designs_and_only_when_something_is_open() -> None:
    assert designs(TWO, _weighing("no", "", ("yes",)).outcome()) == []
    assert designs(TWO, _weighing("yes", "no", ("yes",)).outcome()) == ["d-2", "d-1", "d-3"]
    assert designs(TWO, _weighing("yes", "yes", ("yes",)).outcome())[0] == "d-2"


@pytest.mark.parametrize("plan", PLANS, ids=[f"{plan['instrument'][:2]}{plan['plan']}" for plan in PLANS])
def test_a_plan_comes_to_what_was_expected_by_hand(plan: dict[str, Any]) -> None:
    known = {**plan["answers"], **plan.get("start", {})}
    if plan.get("profile"):
        known["start.profile"] = plan["profile"]
    asking = Asking(documents()[plan["instrument"]], known, plan.get("partners", [])).run()
    outcome = asking.weighing().outcome()
    expected = plan["expect"]
    held = sorted({one.rule.id for one in outcome.holding})
    wanted = sorted({str(rule).partition("@")[0].partition("[")[0] for rule in expected["rules"]})
    assert (len(asking.asked), dict(outcome.states), held) == (expected["asked"], expected["aspects"], wanted)


@pytest.mark.parametrize("key", SHIPPED)
def test_asking_only_what_is_live_gives_the_outcome_of_everything_in_any_order(key: str) -> None:
    document = documents()[key]
    for seed, (plan, partners) in enumerate(every_answer(document, range(40))):
        expected = whole(document, plan, partners)
        for chance in (None, random.Random(seed)):  # noqa: S311
            asking = Asking(document, plan, partners).run(chance)
            found = asking.weighing().outcome()
            assert (found.states, set(map(_key, found.holding))) == (
                expected.states,
                set(map(_key, expected.holding)),
            )


def _key(one: Any) -> tuple[str, int | None]:
    return one.rule.id, one.partner


STRICT = [SETTLED, OPEN, LAW_FIRST]


def _answered(document: dict[str, Any], seed: int, prompt: dict[str, Any], value: Any) -> list[int]:
    plan, partners = copy.deepcopy(complete(document, seed))
    for about in partners if prompt.get("block") == "partners" else [plan]:
        about[prompt["attribute"]] = value
    return [STRICT.index(state) for state in whole(document, plan, partners).states.values()]


def _no_stricter(one: list[int], other: list[int]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("key", SHIPPED)
def test_unsure_never_closes_and_every_promise_is_kept(key: str) -> None:
    document = documents()[key]
    prompts = [one for one in document["prompts"] if one["kind"] == "ynu"]
    assert {"opens", "lowers-concern"} & {prompt["effect"] for prompt in prompts}
    for prompt in prompts:
        for seed in range(6):
            yes, no, unsure = (_answered(document, seed, prompt, value) for value in ("yes", "no", "unsure"))
            closes = [u == 0 and (y or n) for u, y, n in zip(unsure, yes, no, strict=True)]
            assert not any(closes), prompt["id"]
            if prompt["effect"] == "opens":
                assert _no_stricter(no, yes), prompt["id"]
            if prompt["effect"] == "lowers-concern":
                assert _no_stricter(yes, no), prompt["id"]


@pytest.mark.parametrize("key", SHIPPED)
def test_a_country_can_open_a_question_and_never_close_one(key: str) -> None:
    document = documents()[key]
    facts = [option["value"] for option in attributes()["partner.signals"]["options"]]
    for seed in range(12):
        plan, partners = complete(document, seed)
        none = [{**partner, "partner.signals": ["none_found"]} for partner in partners]
        everything = [{**partner, "partner.signals": facts} for partner in partners]
        few, many = (
            [STRICT.index(state) for state in whole(document, plan, about).states.values()]
            for about in (none, everything)
        )
        assert _no_stricter(few, many)


@pytest.mark.parametrize("key", SHIPPED)
def test_every_prompt_is_asked_and_every_rule_holds_for_some_answers(key: str) -> None:
    document = documents()[key]
    asked, held = set(), set()
    for plan, partners in every_answer(document, range(60)):
        asking = Asking(document, plan, partners).run()
        asked |= {one.prompt.id for one in asking.asked}
        held |= {one.rule.id for one in asking.weighing().outcome().holding}
    assert asked == {prompt["id"] for prompt in document["prompts"]}
    assert held == {rule["id"] for rule in document["rules"]}


def test_the_order_of_the_file_with_a_block_once_for_each_partner() -> None:
    order = list(_weighing("", "", ("", "")).in_order())
    assert order == [
        Asked(TWO.prompts[0]),
        Asked(TWO.prompts[1]),
        Asked(TWO.prompts[2], 0),
        Asked(TWO.prompts[2], 1),
        Asked(TWO.prompts[3]),
    ]
