"""The reasons of one match, those that say most first."""

from dataclasses import replace
from typing import TYPE_CHECKING

from radrum.screening.engine import reasons
from radrum.screening.engine.fold import is_latin
from radrum.screening.engine.reasons import Reason

if TYPE_CHECKING:
    from radrum.screening.engine.search import Match, Party

SAME_COUNTRY, OTHER_COUNTRY = 0.1, 0.9  # what a country adds to, or leaves of, the score


def explain(match: "Match", party: "Party") -> "Match":
    """The match with its reasons; countries qualify the score."""
    known = [reasons.same_identifier(match.same_key)] if match.same_key else []
    why = [*known, *_names(match), *_marks(match)]
    score, country = _country(match, party)
    return replace(match, reasons=[*why, *country], score=round(max(0.0, min(score, 1.0)), 4))


def _names(match: "Match") -> list[Reason]:
    aligned = match.aligned
    if aligned is None:
        return []
    if aligned.identical:
        return [reasons.same_name(match.name)]
    same = [ours for ours, _, alike in aligned.pairs if alike == 1]
    like = [
        (reasons.initial if min(len(ours), len(theirs)) == 1 else reasons.like_words)(ours, theirs)
        for ours, theirs, alike in aligned.pairs
        if alike < 1
    ]
    found = [reasons.same_words(same)] if same else []
    found += like
    if aligned.kinds:
        found.append(reasons.other_kind(*aligned.kinds))
    if aligned.only_ours:
        found.append(reasons.only_ours(aligned.only_ours))
    if aligned.only_theirs:
        found.append(reasons.only_theirs(aligned.only_theirs))
    return found


def _marks(match: "Match") -> list[Reason]:
    found = []
    if is_latin(match.asked) != is_latin(match.name):
        found.append(reasons.other_script(match.asked if is_latin(match.name) else match.name))
    kind = match.about.get("name_kind")
    if kind == "weak":
        found.append(reasons.weak_name(match.name))
    if kind == "former":
        found.append(reasons.former_name(match.name))
    if "acronym" in (kind, match.about.get("asked_kind")):
        found.append(reasons.acronym(match.name))
    return found


def _country(match: "Match", party: "Party") -> tuple[float, list[Reason]]:
    ours, theirs = set(party.countries), set(match.about.get("countries", ()))
    if not ours or not theirs:
        return match.score, []
    if both := sorted(ours & theirs):
        return match.score + (1 - match.score) * SAME_COUNTRY, [reasons.same_country(both[0])]
    left = match.score * OTHER_COUNTRY
    return left, [reasons.other_country(", ".join(sorted(ours)), ", ".join(sorted(theirs)))]
