"""Compare a party with the lists: resolve first, compare every name of the record, merge what is one."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from radrum.core.operation import Refused
from radrum.screening.engine import reasons
from radrum.screening.engine.fold import says_nothing
from radrum.screening.engine.reasons import Reason
from radrum.screening.engine.search import Match, Party
from radrum.screening.index import Book, Searched, current
from radrum.screening.resolve import ASK, NONE, Resolution, resolve
from radrum.screening.sources import source, sources

_ONE = ("un:", "ofac:", "ofsi:", "order:")  # identifiers that are one entry, on whichever list it reaches us
_FIRST = {"binding": 0, "foreign": 1, "indication": 2}
_later: Callable[[Callable[[], str]], str] = lazy(lambda say: say(), str)  # said in the reader's language


class NoList(Refused):
    """There is no real list to compare with, so nothing can be said."""


class NoName(Refused):
    """There is nothing to compare in what was given, so nothing can be said."""


@dataclass(frozen=True)
class Hit:
    """An entry that may be the party, and why."""

    listed: Searched
    entry_id: str
    name: str  # the entry's main name
    matched_name: str  # the name of the entry that was most alike
    asked_name: str
    score: float
    reasons: list[Reason]
    legal_effect: str
    url: str = ""
    digest: str = ""
    keys: tuple[str, ...] = ()
    also: tuple["Hit", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As it stands in an answer."""
        return {
            "list": self.listed.en,
            "entry_id": self.entry_id,
            "name": self.name,
            "matched_name": self.matched_name,
            "score": self.score,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "legal_effect": self.legal_effect,
            "list_date": _iso(self.listed.date),
        }


@dataclass(frozen=True)
class Gap:
    """What could not be looked at, and why; in the language in which it is read."""

    what: str
    why: str


@dataclass(frozen=True)
class Answer:
    """Everything that was found, and everything one must know about how it was looked for."""

    query: str
    hits: list[Hit]
    searched: list[Searched]
    gaps: list[Gap]
    today: datetime.date
    resolution: Resolution | None = field(default=None)

    def as_dict(self) -> dict[str, Any]:
        """The answer in the shape that does not change."""
        return {
            "query": self.query,
            "hits": [hit.as_dict() for hit in self.hits],
            "searched": [
                {"list": listed.en, "date": _iso(listed.date), "stale": listed.stale(self.today)}
                for listed in self.searched
            ],
            "gaps": [{"what": str(gap.what), "why": str(gap.why)} for gap in self.gaps],
        }

    def words(self) -> str:
        """What may be said: never that anyone is clean."""
        return words(self.searched, len(self.hits), self.today)


def words(searched: Sequence[Searched], hits: int, today: datetime.date) -> str:
    """What may be said of so many hits on these lists: never that anyone is clean."""
    real = [listed for listed in searched if not listed.invented]
    if not real:
        return _("Only an exercise list of invented names was searched: nothing can be said about anyone.")
    if hits:
        found = ngettext("%(n)d possible hit to judge.", "%(n)d possible hits to judge.", hits)
        return found % {"n": hits}
    fresh = [listed for listed in real if not listed.stale(today)]
    old = [listed for listed in real if listed.stale(today)]
    said = []
    if fresh:
        said.append(_("Not found on these lists, as of these dates: %(lists)s.") % {"lists": _dated(fresh)})
    if old:
        said.append(
            _("Not found in these dated copies; too old to rely on: %(lists)s.") % {"lists": _dated(old)}
        )
    return " ".join(said)


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _dated(lists: Sequence[Searched]) -> str:
    unknown = _("unknown date")  # outside the f-string: the catalogue tool does not read into it
    return "; ".join(f"{title_of(listed)} ({_iso(listed.date) or unknown})" for listed in lists)


def title_of(listed: Searched) -> str:
    """The list's title in the reader's language."""
    return listed.sv if (get_language() or "en").startswith("sv") else listed.en


def screen(
    name: str,
    *,
    kind: str = "",
    country: str = "",
    ror: str = "",
    book: Book | None = None,
    today: datetime.date | None = None,
    only: frozenset[str] = frozenset(),
    unregistered: bool = False,
) -> Answer:
    """Compare the party with every list in use, or with those whose legal effect is in `only`.

    `unregistered`: somebody has said that none of the register's organisations is meant.
    """
    if not any(sign.isalnum() for sign in name):
        raise NoName(_("There is no letter or digit in the name, so there is nothing to compare."))
    if says_nothing(name):
        raise NoName(_("The name is one general word, which many share. Write the whole name."))
    book = book or current()
    today = today or timezone.localdate()
    searched = comparable(book.searched, only)
    if book.lists is None or not searched:
        raise NoList(_("No list that can be used here has been loaded, so nothing can be said about anyone."))
    found = None
    if kind in ("", "organisation"):
        found = Resolution(NONE) if unregistered else resolve(book.register, ror or name, country=country)
    matches = book.lists.search(_party(name, kind, country, found))
    lists = {listed.key: listed for listed in searched}
    hits = [
        _hit(match, lists[match.about["list"]], name, found)
        for match in matches
        if match.about["list"] in lists
    ]
    gaps = _gaps(book, searched, found, today, only)
    if unregistered:
        gaps.append(Gap(_later(lambda: _("who is meant")), _later(_none_of_these)))
    return Answer(name, _merged(hits), searched, gaps, today, found)


def comparable(searched: Sequence[Searched], only: frozenset[str] = frozenset()) -> list[Searched]:
    """Invented names are compared with only where there is nothing else."""
    wanted = [listed for listed in searched if not only or listed.effect in only]
    return [listed for listed in wanted if not listed.invented] or wanted


def _none_of_these() -> str:
    return _("it is none of the register's organisations: only the name as written was compared")


def _party(name: str, kind: str, country: str, found: Resolution | None) -> Party:
    record = found.record if found else None
    names = {name: "primary"}
    for known in record.names if record else []:
        names.setdefault(known["name"], "acronym" if known["kind"] == "acronym" else "alias")
    countries = list(record.countries) if record else [country] if country else []
    return Party(list(names.items()), kind, countries, [f"ror:{record.ror}"] if record else [])


def _hit(match: Match, listed: Searched, query: str, found: Resolution | None) -> Hit:
    why = list(match.reasons)
    if found and found.record and match.asked != query:
        why.append(reasons.through_register(match.asked, found.record.ror))
    about = match.about
    return Hit(
        listed,
        about["id"],
        about["name"],
        match.name,
        match.asked,
        match.score,
        why,
        about.get("effect") or listed.effect,
        about["url"],
        about["digest"],
        tuple(about["keys"]),
    )


def _merged(hits: list[Hit]) -> list[Hit]:
    """One hit for one entry; the list that binds most comes first, and the others stand among its reasons."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (_FIRST.get(hit.legal_effect, 3), -hit.score)):
        own = {key for key in hit.keys if key.startswith(_ONE)}
        same = next((at for at, other in enumerate(kept) if own & set(other.keys)), None)
        if same is None:
            kept.append(hit)
        elif hit.listed != kept[same].listed:  # a list may have a row for each address
            date = _iso(hit.listed.date) or ""
            reason = reasons.also_listed(hit.listed.sv, hit.listed.en, hit.entry_id, date)
            other = kept[same]
            kept[same] = replace(
                other,
                reasons=[*other.reasons, reason],
                also=(*other.also, hit),
                score=max(other.score, hit.score),
            )
    return sorted(kept, key=lambda hit: (-hit.score, _FIRST.get(hit.legal_effect, 3), hit.entry_id))


def _gaps(
    book: Book, searched: list[Searched], found: Resolution | None, today: datetime.date, only: frozenset[str]
) -> list[Gap]:
    gaps = []
    have = {listed.key for listed in searched}
    for about in sources().values():
        wanted = about.kind == "list" and (not only or about.effect in only) and about.key != "uk-ofsi"
        if wanted and about.key not in have:
            gaps.append(_gap(_as_searched(about.key), lambda: _("not loaded")))
    gaps += [_gap(listed, partial(_too_old, listed)) for listed in searched if listed.stale(today)]
    if found is not None and book.register is None:
        gaps.append(_gap(_as_searched("ror"), lambda: _("not loaded: only the name as written was compared")))
    if found is not None and found.certainty == ASK:
        gaps.append(Gap(_later(lambda: _("who is meant")), _later(partial(_several, found))))
    return gaps


def _gap(listed: Searched, why: Callable[[], str]) -> Gap:
    return Gap(_later(partial(title_of, listed)), _later(why))


def _too_old(listed: Searched) -> str:
    if not listed.date:
        return _("the copy has no date; too old to rely on")
    return _("the copy is of %(date)s; too old to rely on") % {"date": _iso(listed.date)}


def _several(found: Resolution) -> str:
    names = "; ".join(candidate.name for candidate in found.candidates[:5])
    return _("several organisations may be meant: %(names)s") % {"names": names}


def _as_searched(key: str) -> Searched:
    about = source(key)
    return Searched(key, about.sv, about.en, about.effect, about.kind, about.days, None)
