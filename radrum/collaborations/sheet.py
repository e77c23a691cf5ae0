"""One plan and one instrument: what is known, what is asked, in which groups, and what the answers come to.

Answers hang on attributes. What the description already says (the title, each partner's name and country) is
never asked again.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from radrum.collaborations.models import Assessment, Collaboration, Partner, part
from radrum.guidance import engine
from radrum.guidance.catalogue import Catalogue
from radrum.guidance.instruments import build
from radrum.guidance.models import Instrument

Place = tuple[str, int | None]  # an attribute, and the partner it is about
PROFILE = "start.profile"
_DESCRIBED = ("partner", "country")  # kinds that the plan's rows of partners answer
_WORDS = ("text", "date")  # kinds whose answer is the text itself


class Given(NamedTuple):
    """What was chosen, and what was written."""

    chosen: tuple[str, ...] = ()
    text: str = ""


class Group(NamedTuple):
    """Prompts that are asked on one page: of the plan, or of one partner."""

    key: str
    partner: Partner | None
    asked: list[engine.Asked]


class Sheet:
    """The answers of a plan to an instrument, weighed; read once, asked many things."""

    def __init__(self, plan: Collaboration, instrument: Instrument) -> None:
        self.plan = plan
        self.instrument = instrument
        self.document: dict[str, Any] = instrument.document
        self.assessment: Assessment | None = part(plan, "assessment")
        self.partners: list[Partner] = list(plan.partners.all())
        rows = list(self.assessment.answers.all()) if self.assessment else []
        self.saved_in: dict[Place, int] = {(row.attribute, row.partner_id): row.saved_in for row in rows}
        self.answers: dict[Place, Given] = {
            (row.attribute, row.partner_id): Given(tuple(row.chosen), row.text) for row in rows
        }

    @cached_property
    def attributes(self) -> dict[str, dict[str, Any]]:
        """What each attribute means, and what may be chosen."""
        return {entry["id"]: entry for entry in self.instrument.attributes.document["attributes"]}

    @cached_property
    def catalogue(self) -> Catalogue:
        """What the outcome may propose."""
        return Catalogue(self.instrument.catalogue.document)

    @cached_property
    def prompts(self) -> dict[str, dict[str, Any]]:
        """The instrument's prompts by id, as written."""
        return {prompt["id"]: prompt for prompt in self.document["prompts"]}

    @cached_property
    def weighing(self) -> engine.Weighing:
        """The engine with these answers."""
        return engine.Weighing(build(self.document), self.known())

    def known(self) -> engine.Answers:
        """The answers as the engine reads them, with what the description says."""
        plan: dict[str, Any] = {"plan.title": self.plan.title}
        partners: dict[int | None, dict[str, Any]] = {
            partner.pk: {"partner.name": partner.name, "partner.country": partner.country}
            for partner in self.partners
        }
        for (attribute, partner), given in self.answers.items():
            about = plan if partner is None else partners.get(partner, {})
            about[attribute] = self.value(attribute, given)
        return engine.Answers(plan, tuple(partners.values()))

    def value(self, attribute: str, given: Given) -> Any:
        """An answer as the engine compares it."""
        kind = self.attributes.get(attribute, {}).get("kind", "")
        return given.text.strip() if kind in _WORDS else list(given.chosen)

    def place(self, asked: engine.Asked) -> Place:
        """Where the answer to a prompt is kept."""
        partner = self.partners[asked.partner].pk if asked.partner is not None else None
        return asked.prompt.attribute, partner

    def given(self, asked: engine.Asked) -> Given:
        """The answer to a prompt; empty when there is none."""
        return self.answers.get(self.place(asked), Given())

    def is_described(self, asked: engine.Asked) -> bool:
        """Whether the description answers it, so that it is never shown as a prompt."""
        prompt = self.prompts[asked.prompt.id]
        return prompt["kind"] in _DESCRIBED or asked.prompt.attribute == "plan.title"

    @cached_property
    def groups(self) -> list[Group]:
        """The prompts in the order of the instrument, broken where it turns to a partner and back."""
        groups: list[Group] = []
        run, before = 0, None
        for asked in self.weighing.in_order():
            repeated = asked.prompt.per_partner
            if repeated != before:
                run, before = run + 1, repeated
            partner = self.partners[asked.partner] if asked.partner is not None else None
            key = f"{run}-{partner.pk}" if partner else f"{run}"
            if not groups or groups[-1].key != key:
                groups.append(Group(key, partner, []))
            if not self.is_described(asked):
                groups[-1].asked.append(asked)
        return [group for group in groups if group.asked]

    @cached_property
    def left(self) -> list[engine.Asked]:
        """What is still asked: what can change the outcome, and the few things always asked."""
        return self.weighing.to_ask()

    def left_in(self, group: Group) -> list[engine.Asked]:
        """What is still asked in one group."""
        left = set(map(_key, self.left))
        return [asked for asked in group.asked if _key(asked) in left]

    def next_group(self, after: Group | None = None) -> Group | None:
        """The first group with something left to ask, or the first one after a group."""
        keys = [group.key for group in self.groups]
        start = keys.index(after.key) + 1 if after else 0
        return next((group for group in self.groups[start:] if self.left_in(group)), None)


def _key(asked: engine.Asked) -> tuple[str, int | None]:
    return asked.prompt.id, asked.partner


def with_answers(sheet: Sheet, answers: Mapping[Place, Given]) -> Sheet:
    """The same sheet as if these answers were saved."""
    other = Sheet(sheet.plan, sheet.instrument)
    other.answers = {**sheet.answers, **answers}
    return other
