"""The plans that were thought through by hand, and instruments that are not in force, to weigh them with."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from radrum.guidance import engine
from radrum.guidance.instruments import allowed_values, build, shipped
from radrum.guidance.texts import read

HERE = Path(__file__).parent


@cache
def attributes() -> dict[str, dict[str, Any]]:
    """The attributes by id."""
    return {entry["id"]: entry for entry in shipped()[0]["attributes"]}


@cache
def documents() -> dict[str, dict[str, Any]]:
    """Every instrument by id: those that ship, and those kept here."""
    kept = [read(file) for file in sorted((HERE / "instruments").glob("*.yaml"))]
    return {document["id"]: document for document in [*shipped()[1], *kept]}


def plans() -> list[dict[str, Any]]:
    """The plans with what was expected of them."""
    return [read(file) for file in sorted((HERE / "plans").glob("*.yaml"))]


class Asking:
    """Ask as the page does: what is left, one at a time, answering from what is known in full."""

    def __init__(
        self, document: dict[str, Any], plan: dict[str, Any], partners: list[dict[str, Any]]
    ) -> None:
        self.instrument = build(document)
        self.full, self.full_partners = plan, partners
        self.plan = {name: value for name, value in plan.items() if name.startswith("start.")}
        self.partners: list[dict[str, Any]] = [{} for _partner in partners]
        self.asked: list[engine.Asked] = []

    def weighing(self) -> engine.Weighing:
        """What is known so far, weighed."""
        return engine.Weighing(self.instrument, engine.Answers(self.plan, tuple(self.partners)))

    def run(self, chance: random.Random | None = None) -> "Asking":
        """Until nothing is left to ask; in the order of the instrument, or in any order."""
        while left := self.weighing().to_ask():
            asked = chance.choice(left) if chance else left[0]
            source = self.full if asked.partner is None else self.full_partners[asked.partner]
            about = self.plan if asked.partner is None else self.partners[asked.partner]
            about[asked.prompt.attribute] = source[asked.prompt.attribute]
            self.asked.append(asked)
        return self


def whole(document: dict[str, Any], plan: dict[str, Any], partners: list[dict[str, Any]]) -> engine.Outcome:
    """The outcome of weighing everything that could have been asked."""
    return engine.Weighing(build(document), engine.Answers(plan, tuple(partners))).outcome()


def some_value(attribute: str, chance: random.Random) -> Any:
    """A value that the attribute may have."""
    entry = attributes()[attribute]
    may = sorted(allowed_values(entry) or ())
    if entry["kind"] in {"multi", "technology", "lookup"}:
        return chance.sample(may, chance.randint(1, min(3, len(may))))
    return chance.choice(may) if may else "ord"


def complete(document: dict[str, Any], seed: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Complete answers of a plan with one to three partners."""
    chance = random.Random(seed)  # noqa: S311
    plan: dict[str, Any] = {"start.profile": some_value("start.profile", chance)} if seed % 2 else {}
    partners: list[dict[str, Any]] = [{} for _number in range(chance.randint(1, 3))]
    for prompt in document["prompts"]:
        for about in partners if prompt.get("block") == "partners" else [plan]:
            about[prompt["attribute"]] = some_value(prompt["attribute"], chance)
    return plan, partners


def every_answer(
    document: dict[str, Any], seeds: range
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Many complete answers."""
    for seed in seeds:
        yield complete(document, seed)
