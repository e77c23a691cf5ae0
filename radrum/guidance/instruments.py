"""Read an instrument in the format of `docs/instruments.md`, and refuse what the format does not allow.

An instrument is data: an editor writes a new version, nobody changes one that is in force.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from radrum.guidance import engine
from radrum.guidance.texts import read, untranslated

CONTENT = Path(__file__).parent / "content"
FOLDER = CONTENT / "instruments"
MOST_ALWAYS = 6
KINDS = (
    "ynu",
    "choice",
    "multi",
    "text",
    "number",
    "date",
    "partner",
    "country",
    "technology",
    "lookup",
)
_ORIGIN = re.compile(
    r"\b(medborgarskap|födelse(ort|land)|religion|etnisk\w*|etnicitet|nationalitet|citizenship|birthplace|"
    r"place of birth|country of birth|religious|ethnic\w*|nationality)\b",
    re.IGNORECASE,
)
_LAW_FIRST, _UNSURE = "settles-in-law-first", "unsure"


@dataclass(frozen=True)
class Library:
    """What an instrument may refer to: attributes by id, and the ids of aspects, proposals and contacts."""

    attributes: Mapping[str, Mapping[str, Any]]
    aspects: frozenset[str]
    measures: frozenset[str]
    designs: frozenset[str]
    terms: frozenset[str]
    contacts: frozenset[str]  # the organisation's own, always first
    authorities: frozenset[str]

    def options(self, attribute: str) -> frozenset[str]:
        """The values an attribute may have; empty when it is free."""
        return allowed_values(self.attributes[attribute]) or frozenset()


def shipped() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The attributes, and every instrument beside them, as they stand in the files."""
    attributes: dict[str, Any] = read(FOLDER / "attributes.yaml")
    return attributes, [read(file) for file in sorted(FOLDER.glob("[0-9]*.yaml"))]


def attribute_refusals(document: Mapping[str, Any]) -> list[str]:
    """Why the attributes cannot be used; empty when they can."""
    if document.get("format") != "radrum-attributes/1" or not document.get("version"):
        return ["the attributes: format radrum-attributes/1 and a version are needed"]
    errors, seen = [], set()
    for entry in document["attributes"]:
        place = f"attribute {entry.get('id')}"
        if entry.get("id") in seen:
            errors.append(f"{place}: the id stands twice")
        seen.add(entry.get("id"))
        if entry.get("kind") not in KINDS or entry.get("scope") not in {"plan", "partner", "start"}:
            errors.append(f"{place}: kind or scope is unknown")
        values = [option["value"] for option in entry.get("options", ())]
        errors += [f"{place}: option {value} stands twice" for value in values if values.count(value) > 1]
        if _ORIGIN.search(f"{entry.get('means_sv')} {entry.get('means_en')}"):
            errors.append(f"{place}: people are not screened by origin")
        errors += untranslated(entry, place)
    return errors


@cache
def _schema() -> Any:
    return json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))


def tests_in(condition: Mapping[str, Any] | None) -> Iterator[tuple[str, list[Any], bool]]:
    """Every attribute a condition tests, the values it looks for, and whether it stands under `not`."""
    yield from _tests(condition, negated=False)


def _tests(condition: Mapping[str, Any] | None, *, negated: bool) -> Iterator[tuple[str, list[Any], bool]]:
    for verb, inner in (condition or {}).items():
        if verb in {"any", "all"}:
            for part in inner:
                yield from _tests(part, negated=negated)
        elif verb == "not":
            yield from _tests(inner, negated=True)
        elif verb == "answered":
            yield inner, [], negated
        else:
            yield inner[0], inner[1] if verb == "in" else [inner[1]], negated


def build(spec: Mapping[str, Any]) -> engine.Instrument:
    """The engine's view of an instrument that has been checked."""
    prompts = tuple(
        engine.Prompt(
            id=prompt["id"],
            attribute=prompt["attribute"],
            aspect=prompt["aspect"],
            effect=prompt["effect"],
            always=prompt.get("always", False),
            per_partner=prompt.get("block") == "partners",
            when=prompt.get("when"),
        )
        for prompt in spec["prompts"]
    )
    proposing = ("say_sv", "say_en", "measures", "designs", "terms", "ask")
    rules = tuple(
        engine.Rule(
            id=rule["id"],
            aspect=rule["aspect"],
            state=rule["state"],
            condition=rule["if"],
            per_partner=rule.get("per") == "partners",
            proposes={name: rule[name] for name in proposing if name in rule},
        )
        for rule in spec["rules"]
    )
    return engine.Instrument(prompts, rules, tuple(spec["aspects"]), tuple(spec["designs_default"]))


def refusals(spec: Mapping[str, Any], library: Library) -> list[str]:
    """Why the instrument cannot be used, as sentences; empty when it can."""
    errors = [
        f"{'/'.join(map(str, error.absolute_path)) or 'the file'}: {error.message}"
        for error in jsonschema.Draft202012Validator(_schema()).iter_errors(spec)
    ]
    if errors:
        return errors
    return [
        *_unknown(spec, library),
        *_not_in_the_catalogue(spec, library),
        *_duplicates(spec),
        *_order(spec),
        *_tested(spec, library),
        *_without_rule(spec),
        *_broken_promises(spec),
        *_forbidden(spec, library),
        *_countries(spec),
    ]


def _unknown(spec: Mapping[str, Any], library: Library) -> Iterator[str]:
    """Prompts ask about attributes and aspects there are; examples belong to prompts there are."""
    for prompt in spec["prompts"]:
        if prompt["attribute"] not in library.attributes:
            yield f"prompt {prompt['id']}: no attribute {prompt['attribute']}"
        elif prompt["kind"] != (kind := library.attributes[prompt["attribute"]]["kind"]):
            yield f"prompt {prompt['id']}: asks for {prompt['kind']}, but {prompt['attribute']} is {kind}"
        if prompt["aspect"] not in library.aspects:
            yield f"prompt {prompt['id']}: no aspect {prompt['aspect']}"
    prompts = {prompt["id"] for prompt in spec["prompts"]}
    for profile in spec.get("profiles", ()):
        for missing in sorted({example["prompt"] for example in profile.get("examples", ())} - prompts):
            yield f"profile {profile['id']}: no prompt {missing}"


def _not_in_the_catalogue(spec: Mapping[str, Any], library: Library) -> Iterator[str]:
    known = {
        "measures": library.measures,
        "designs": library.designs,
        "terms": library.terms,
        "ask": library.contacts | library.authorities,
    }
    for rule in spec["rules"]:
        if rule["aspect"] not in spec["aspects"]:
            yield f"rule {rule['id']}: aspect {rule['aspect']} is not weighed here"
        for name, ids in known.items():
            for missing in sorted(set(rule.get(name, ())) - ids):
                yield f"rule {rule['id']}: nothing called {missing} in the catalogue ({name})"
    for missing in sorted(set(spec["designs_default"]) - library.designs):
        yield f"designs_default: nothing called {missing} in the catalogue"


def _duplicates(spec: Mapping[str, Any]) -> Iterator[str]:
    for kind, name in (("prompts", "id"), ("prompts", "attribute"), ("rules", "id")):
        values = [entry[name] for entry in spec[kind]]
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield f"{kind}: {name} {value} stands twice"


def _conditions(spec: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any] | None, bool]]:
    for prompt in spec["prompts"]:
        yield f"prompt {prompt['id']}", prompt.get("when"), prompt.get("block") == "partners"
    for rule in spec["rules"]:
        yield f"rule {rule['id']}", rule["if"], rule.get("per") == "partners"


def _order(spec: Mapping[str, Any]) -> Iterator[str]:
    """A `when` names earlier prompts only."""
    asked = {prompt["attribute"]: place for place, prompt in enumerate(spec["prompts"])}
    for place, prompt in enumerate(spec["prompts"]):
        for attribute, _values, _negated in tests_in(prompt.get("when")):
            if asked.get(attribute, -1) >= place:
                yield f"prompt {prompt['id']}: its when looks forward to {attribute}"


def _tested(spec: Mapping[str, Any], library: Library) -> Iterator[str]:
    """Conditions test what there is; a partner's attribute outside the block does not stand under `not`."""
    repeated = {prompt["attribute"] for prompt in spec["prompts"] if prompt.get("block") == "partners"}
    for where, condition, inside in _conditions(spec):
        for attribute, values, negated in tests_in(condition):
            if attribute not in library.attributes:
                yield f"{where}: no attribute {attribute}"
                continue
            options = library.options(attribute)
            for value in sorted({str(value) for value in values} - options) if options else ():
                yield f"{where}: {attribute} has no option {value}"
            if negated and attribute in repeated and not inside:
                yield f"{where}: {attribute} is a partner's and may not stand under not out here"


def _without_rule(spec: Mapping[str, Any]) -> Iterator[str]:
    """Every prompt bears on a rule, itself or through a `when`, unless it is one of the few always asked."""
    used = {
        attribute
        for _where, condition, _inside in _conditions(spec)
        for attribute, *_rest in tests_in(condition)
    }
    for prompt in spec["prompts"]:
        if not prompt.get("always") and prompt["attribute"] not in used:
            yield f"prompt {prompt['id']}: no rule rests on it"
        if prompt.get("always") and prompt["effect"] not in {"info", "benefit"}:
            yield f"prompt {prompt['id']}: only names and benefit may always be asked"
    always = sum(bool(prompt.get("always")) for prompt in spec["prompts"])
    if always > MOST_ALWAYS:
        yield f"{always} prompts are always asked; at most {MOST_ALWAYS} may be"
    if sum(prompt["effect"] == "benefit" for prompt in spec["prompts"]) < 2:
        yield "an instrument asks what is gained and what is lost: at least two benefit prompts"


def _broken_promises(spec: Mapping[str, Any]) -> Iterator[str]:
    """`settles-in-law-first` has its rule, and information decides no rule alone."""
    effects = {prompt["attribute"]: prompt["effect"] for prompt in spec["prompts"]}
    by_law = {
        attribute
        for rule in spec["rules"]
        if rule["state"] == "law-first"
        for attribute, *_rest in tests_in(rule["if"])
    }
    for attribute, effect in effects.items():
        if effect == _LAW_FIRST and attribute not in by_law:
            yield f"{attribute}: promises to be settled in law first, but no rule does it"
    for rule in spec["rules"]:
        tested = {attribute for attribute, *_rest in tests_in(rule["if"])}
        if tested and all(effects.get(attribute) in {"info", "benefit"} for attribute in tested):
            yield f"rule {rule['id']}: information alone decides nothing"


def _forbidden(spec: Mapping[str, Any], library: Library) -> Iterator[str]:
    """Home is asked before an agency, and nobody is asked about origin."""
    for rule in spec["rules"]:
        if rule.get("ask") and rule["ask"][0] not in library.contacts:
            yield f"rule {rule['id']}: asks {rule['ask'][0]} before anyone at home"
    for prompt in spec["prompts"]:
        texts = " ".join(str(prompt.get(name, "")) for name in ("text_sv", "text_en"))
        if found := _ORIGIN.search(texts):
            yield f"prompt {prompt['id']}: asks about “{found.group(0)}”; people are not screened by origin"


def _countries(spec: Mapping[str, Any]) -> Iterator[str]:
    """Country facts may stand in a `when`, never under `not`, never in a rule."""
    country = {"partner.country", "partner.signals"}
    for rule in spec["rules"]:
        if country & {attribute for attribute, *_rest in tests_in(rule["if"])}:
            yield f"rule {rule['id']}: a country can open a question, not close one"
    for where, condition, _inside in _conditions(spec):
        for attribute, _values, negated in tests_in(condition):
            if negated and attribute in country:
                yield f"{where}: {attribute} may not stand under not"


def follow_ups(spec: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each prompt, those whose `when` mentions it."""
    asked = {prompt["attribute"]: prompt["id"] for prompt in spec["prompts"]}
    after: dict[str, list[str]] = {prompt["id"]: [] for prompt in spec["prompts"]}
    for prompt in spec["prompts"]:
        for attribute in dict.fromkeys(attribute for attribute, *_rest in tests_in(prompt.get("when"))):
            if attribute in asked:
                after[asked[attribute]].append(prompt["id"])
    return after


def allowed_values(attribute: Mapping[str, Any]) -> frozenset[str] | None:
    """What may be chosen; None where anything may be written."""
    if attribute["kind"] == "ynu":
        return frozenset({"yes", "no", _UNSURE})
    if attribute["kind"] == "number":
        return None
    return frozenset(str(option["value"]) for option in attribute.get("options", ()))
