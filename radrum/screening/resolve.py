"""Who is meant: find it in the register by identifier, domain, acronym or name in any language."""

import re
from dataclasses import dataclass, field
from typing import Any

from radrum.screening.countries import code, codes
from radrum.screening.engine.fold import is_latin, variants
from radrum.screening.engine.search import Index, Match, Party

CERTAIN, ASK, NONE = "certain", "ask", "none"
SURE = 0.93  # a name this alike, with no other near, is taken to be the one
OFFER = 0.82  # less alike is not offered
APART = 0.06  # how much better the best must be than the next
_ROR = re.compile(r"(?:^|ror\.org/|^ror:)(0[a-z0-9]{6}\d{2})\b")
_HOST = re.compile(r"(?:@|//|^)((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:]|$)")


@dataclass(frozen=True)
class Record:
    """An organisation of the register."""

    ror: str
    name: str
    names: list[dict[str, str]]
    countries: list[str]
    city: str = ""
    score: float = 1.0
    how: str = "name"  # identifier | domain | acronym | name | affiliation

    def as_dict(self) -> dict[str, Any]:
        """As it stands in an answer."""
        return {
            "ror": f"https://ror.org/{self.ror}",
            "name": self.name,
            "countries": self.countries,
            "city": self.city,
            "score": self.score,
        }


@dataclass(frozen=True)
class Resolution:
    """The organisation, or those among which someone must choose."""

    certainty: str
    record: Record | None = None
    candidates: list[Record] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As the command answers."""
        return {
            "ror": f"https://ror.org/{self.record.ror}" if self.record else None,
            "name": self.record.name if self.record else None,
            "certainty": self.certainty,
            "candidates": [candidate.as_dict() for candidate in self.candidates],
        }


def resolve(register: Index | None, text: str, *, country: str = "") -> Resolution:
    """Certain when one organisation fits and no other is near; otherwise it asks, and never guesses."""
    text = text.strip()
    if register is None or not text:
        return Resolution(NONE)
    for how, keys in (("identifier", _identifiers(text)), ("domain", _domains(text))):
        for key in keys:
            if entries := register.by_key(key):
                return _choose([_record(register.about(entry), 1.0, how) for entry in entries])
    found = _by_name(register, text, country)
    if found.certainty != CERTAIN and ("," in text or ";" in text):
        found = _affiliation(register, text, country, found)
    return found


def _identifiers(text: str) -> list[str]:
    found = _ROR.search(text.lower())
    return [f"ror:{found.group(1)}"] if found else []


def _domains(text: str) -> list[str]:
    found = _HOST.search(text.lower()) if " " not in text else None
    if not found:
        return []
    parts = found.group(1).removeprefix("www.").split(".")
    return [f"domain:{'.'.join(parts[at:])}" for at in range(len(parts) - 1)]


def _record(about: dict[str, Any], score: float, how: str) -> Record:
    return Record(
        about["id"], about["name"], about["names"], about["countries"], about["city"], round(score, 4), how
    )


def _choose(records: list[Record]) -> Resolution:
    if len(records) == 1:
        return Resolution(CERTAIN, records[0], records)
    return Resolution(ASK if records else NONE, None, records[:10])


def _by_name(register: Index, text: str, country: str) -> Resolution:
    party = Party([(text, "primary")], "", [country] if country else [])
    found = [
        match
        for match in register.search(party, threshold=OFFER, limit=25)
        if match.about["status"] != "withdrawn"
    ]
    exact = [
        match
        for match in found
        if match.aligned is not None and match.aligned.identical and _as_written(match, text)
    ]
    if country:
        exact = [match for match in exact if country in match.about["countries"]] or exact
    full = [match for match in exact if match.about["name_kind"] != "acronym"]
    best = full or exact
    if best:
        return _choose(_records(best))
    records = _records(found)
    if not records:
        return Resolution(NONE)
    sure = records[0].score >= SURE and (len(records) == 1 or records[0].score - records[1].score >= APART)
    return Resolution(CERTAIN, records[0], records[:1]) if sure else Resolution(ASK, None, records[:10])


def _as_written(match: Match, text: str) -> bool:
    """The words themselves are the same, not only what they mean: *institute* is not *institut för*."""
    ours = [sorted(words.spelled) for words in variants(text)]
    theirs = [sorted(words.spelled) for words in variants(match.name)]
    return any(said in theirs for said in ours) or not is_latin(text)


def _records(matches: list[Match]) -> list[Record]:
    return [
        _record(match.about, match.score, "acronym" if match.about["name_kind"] == "acronym" else "name")
        for match in matches
    ]


def _affiliation(register: Index, text: str, country: str, whole: Resolution) -> Resolution:
    """*Dept. of X, Univ. Y, City, Country*: the part that is one organisation in that country."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    where = country or next(iter(codes([_last_words(part) for part in reversed(parts)])), "")
    certain: dict[str, Record] = {}
    asked: list[Record] = []
    for part in parts:
        if len(part) < 3 or code(part):
            continue
        found = _by_name(register, part, where)
        if found.record and (not where or where in found.record.countries):
            certain.setdefault(found.record.ror, found.record)
        asked += [record for record in found.candidates if not where or where in record.countries]
    if len(certain) == 1:
        record = next(iter(certain.values()))
        return Resolution(CERTAIN, record, [record])
    offered = {record.ror: record for record in [*certain.values(), *asked, *whole.candidates]}
    return _choose_asking(list(offered.values()))


def _choose_asking(records: list[Record]) -> Resolution:
    return Resolution(ASK if records else NONE, None, records[:10])


def _last_words(part: str) -> str:
    return re.sub(r"[\d.\-]+", " ", part).strip()
