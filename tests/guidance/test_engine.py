"""Weighing by table, without a database: unsure never closes, silence never settles, and nothing is approved."""

import itertools

import pytest

from radrum.guidance.engine import LAW_FIRST, OPEN, SETTLED, UNFINISHED, Asked, Outcome, opens, weigh

# fmt: off
ONE = [
    # effect           answer    the aspect
    ("opens",          "yes",    OPEN),
    ("opens",          "no",     SETTLED),
    ("opens",          "unsure", OPEN),
    ("opens",          "",       UNFINISHED),
    ("lowers_concern", "yes",    SETTLED),
    ("lowers_concern", "no",     OPEN),
    ("lowers_concern", "unsure", OPEN),
    ("lowers_concern", "",       UNFINISHED),
    ("law_first",      "yes",    LAW_FIRST),
    ("law_first",      "no",     SETTLED),
    ("law_first",      "unsure", LAW_FIRST),
    ("law_first",      "",       UNFINISHED),
]
SEVERAL = [
    # answers to: opens, lowers_concern, law_first        the aspect, and what it rests on
    (("no", "yes", "no"),      SETTLED,    ("o", "c", "l")),
    (("no", "yes", ""),        UNFINISHED, ("o", "c")),
    (("", "", ""),             UNFINISHED, ()),
    (("yes", "yes", ""),       OPEN,       ("o",)),
    (("yes", "no", "no"),      OPEN,       ("o", "c")),
    (("yes", "no", "unsure"),  LAW_FIRST,  ("l",)),
    (("", "", "yes"),          LAW_FIRST,  ("l",)),
]
# fmt: on
THREE = [Asked("o", "D1.1", "opens"), Asked("c", "D1.1", "lowers_concern"), Asked("l", "D1.1", "law_first")]


@pytest.mark.parametrize(("effect", "answer", "state"), ONE)
def test_one_prompt(effect: str, answer: str, state: str) -> None:
    asked = Asked("a", "D1.1", effect)
    assert weigh([asked], {"a": answer}) == [Outcome("D1.1", state, ("a",) if answer else ())]
    assert opens(asked, answer) == (state in {OPEN, LAW_FIRST})


@pytest.mark.parametrize(("answers", "state", "rests_on"), SEVERAL)
def test_several_prompts_of_an_aspect(
    answers: tuple[str, ...], state: str, rests_on: tuple[str, ...]
) -> None:
    given = dict(zip(("o", "c", "l"), answers, strict=True))
    assert weigh(THREE, given) == [Outcome("D1.1", state, rests_on)]


def test_unsure_never_closes_whatever_else_is_answered() -> None:
    for answers in itertools.product(("yes", "no", "unsure", ""), repeat=3):
        if "unsure" in answers:
            (outcome,) = weigh(THREE, dict(zip(("o", "c", "l"), answers, strict=True)))
            assert outcome.state in {OPEN, LAW_FIRST}


def test_a_benefit_is_not_weighed_and_aspects_come_in_the_order_they_are_asked() -> None:
    prompts = [Asked("b", "D3.1", "benefit"), Asked("x", "D2.1", "opens"), Asked("y", "D1.1", "opens")]
    found = weigh(prompts, {"b": "yes", "x": "no", "y": "no"})
    assert [outcome.aspect for outcome in found] == ["D2.1", "D1.1"]
    assert opens(prompts[0], "yes") is False
    assert weigh([], {}) == []
