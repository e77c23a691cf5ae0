"""Whether a text still names what a case names: names, people, numbers, dates, and runs of its own words.

Everything is compared folded: without case, accents, invisible signs and letters of other alphabets that look
Latin. A name is also found with an ending (`Fjällbys`), inside a longer word, and written apart.
It finds words, never meanings: that a text says nothing is for two people to judge.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

RUN = 8  # so many words of the case in a row are a quotation
LONG = 6  # letters from which a name is looked for inside words too
SHORT = 5  # names shorter than this are only names with a capital letter: "Ek" is a person, "ek" a tree
DIGITS = 3  # figures from which a number can point out
MOST_FIGURES = 40  # of one number; longer runs of figures are cut

# Cyrillic and Greek letters that look like Latin ones; capitals look different from small letters.
_CAPITALS = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")
_SMALL = str.maketrans("аеорсухіјѕԁһԛԝӏкмтвнαεικνορτυχγ", "aeopcyxijsdhqwlkmtbhaeikvoptuxy")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_ENDINGS = frozenset("s en et n t ens ets ns ar er or arna erna ska isk iska iskt are in an ian ese".split())
_GENERIC = frozenset(
    """universitet universitetet university hogskola hogskolan college institut institutet institute
    academy akademi akademin tekniska teknisk technical technology technological teknologi science sciences
    vetenskap vetenskapliga research forskning forskningsinstitut national nationella nationell state statliga
    international internationella svenska swedish stiftelse stiftelsen foundation fond fonden council radet
    myndighet myndigheten agency authority centre center centrum laboratory laboratorium labb lab department
    institutionen fakultet fakulteten school skola skolan group gruppen company bolag bolaget corporation
    for och and the of den det och i av de la el du des der die und von van med stad city medical medicinska
    north south east west norra sodra ostra vastra nya new royal kungliga ovning ovnings example""".split()
)
# What everybody writes of: it points out nobody, whatever case it stands in.
PUBLIC = frozenset(
    """sverige sveriges svensk svenska sweden swedish eu eus fn fns un uns nato osl tf ai it gdpr phd sfs kap
    europa europeiska europe european norden horisont horizon erasmus engelska english mou nda etc ok
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep okt oct nov dec
    professor docent doktor doctor dr rektor dekan prefekt lektor herr fru mr ms mrs""".split()
)
# First names that are common words as well: alone they point out nobody.
_ALSO_WORDS = frozenset(
    "per sten bjorn stig bo dag love my tor mark rose will may art rob pat sue bill hope joy".split()
)
_MONTHS = (
    "januari january jan|februari february feb|mars march mar|april apr|maj may|juni june jun|juli july jul|"
    "augusti august aug|september sep|oktober october okt oct|november nov|december dec"
)
_MONTH = {name: n for n, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()}
_NUMBER = re.compile(r"\d(?:[\d.,:/\s-]{0,3}\d)*")
_LAW = re.compile(r"\b(?:\d{4}:\d{1,4}|\(?EU\)?(?: nr)? \d{4}/\d{1,4})\b")
_ISO = re.compile(r"\b\d{4}-(\d{1,2})-(\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?::?e|st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d_]{3,9})\b")
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?\b")
_SLASH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w{4,}\b")


@dataclass(frozen=True)
class Named:
    """What a case names. `told` are its texts; `public` are names that may stand anywhere."""

    organisations: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A word of the text `where` that the case names too; `why` is organisation, person, name, …"""

    where: str
    word: str
    why: str


@dataclass(frozen=True)
class Word:
    """A word of a text: folded, as written, and whether a sentence begins with it."""

    folded: str
    written: str
    begins: bool = field(default=False, compare=False)

    @property
    def capital(self) -> bool:
        """Whether it is written as a name."""
        return self.written[:1].isupper()


def seen(text: str) -> str:
    """The text as a reader sees it: without signs of no width, and in one form of each letter."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in {"Cf", "Co", "Cn"})


def fold(text: str) -> str:
    """As it is compared: Latin small letters without accents."""
    latin = seen(text).translate(_CAPITALS).casefold().translate(_SMALL).translate(_LETTERS)
    return "".join(s for s in unicodedata.normalize("NFD", latin) if unicodedata.category(s) != "Mn")


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    plain, end = seen(text), 0
    found: list[Word] = []
    for match in re.finditer(r"[^\W_]+", plain):
        between = plain[end : match.start()]
        begins = not found or bool(re.search(r"[.!?:;\n•–]", between))
        found.append(Word(fold(match[0]), match[0], begins))
        end = match.end()
    return found


def _stem(name: str) -> str:
    """Without the genitive's s, and a long name without its article: `myndigheten` is also `myndighet`."""
    if len(name) > 2 * SHORT and name.endswith(("en", "et")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and len(name) >= SHORT else name


def _distinct(name: str) -> list[str]:
    """The words of a name that are its own: not `university`."""
    return [w.folded for w in words(name) if w.folded not in _GENERIC and len(w.folded) > 2]


def _initials(name: str) -> str:
    """`VTU` for Velgrads tekniska universitet; only from three words up."""
    letters = "".join(
        w.folded[0] for w in words(name) if w.folded not in {"of", "och", "and", "the", "for", "i", "av"}
    )
    return letters if len(letters) > 2 else ""


class Text:
    """A text to look in, prepared once."""

    def __init__(self, where: str, text: str) -> None:
        self.where, self.text, self.words = where, seen(text), words(text)
        self.folded = [word.folded for word in self.words]
        self.squeezed = "".join(self.folded)
        self.spelled = [  # "K T H" is read as KTH
            Word(fold(re.sub(r"[ .·-]", "", found[0])), found[0])
            for found in re.finditer(r"\b[^\W\d_](?:[ .·-]+[^\W\d_]\b){1,7}", self.text)
        ]

    def name(self, name: str, *, capital: bool = False) -> str:
        """The name of one word as it is written here, with an ending or inside a word; else nothing."""
        stem = _stem(name)
        for word in [*self.words, *self.spelled]:
            fits = word.folded.startswith(stem) and word.folded[len(stem) :] in {"", *_ENDINGS}
            inside = len(stem) >= LONG and stem in word.folded
            needs = capital or len(stem) < SHORT
            if (fits or inside) and (word.capital or not needs):
                return word.written
        return self._apart(stem)

    def _apart(self, stem: str) -> str:
        """The name written apart or with hyphens: the words it is spread over."""
        start = self.squeezed.find(stem) if len(stem) >= LONG else -1
        if start < 0:
            return ""
        place, spread = 0, []
        for word in self.words:
            if place < start + len(stem) and place + len(word.folded) > start:
                spread.append(word.written)
            place += len(word.folded)
        return " ".join(spread)

    def acronym(self, short: str) -> str:
        """The acronym, in capitals, also with a genitive or a hyphen after it."""
        for word in [*self.words, *self.spelled] if short else []:
            fits = word.folded == short or word.folded == f"{short}s"
            if fits and sum(sign.isupper() for sign in word.written) >= min(2, len(short)):
                return word.written
        return ""

    def phrase(self, wanted: list[str]) -> str:
        """These words in a row, each with an ending or not."""
        size = len(wanted)
        for start in range(len(self.folded) - size + 1 if size else 0):
            if all(
                said == want or (said.startswith(_stem(want)) and said[len(_stem(want)) :] in {"", *_ENDINGS})
                for said, want in zip(self.folded[start : start + size], wanted, strict=True)
            ):
                return " ".join(word.written for word in self.words[start : start + size])
        return ""


def _names_told(named: Named) -> list[str]:
    """Words that the case's own texts write as names: a capital inside a sentence, or all capitals."""
    allowed = PUBLIC | {w.folded for name in named.public for w in words(name)} | _GENERIC
    told = [words(text) for text in named.told]
    common = {w.folded for text in told for w in text if not w.capital}
    found = {}
    for text in told:
        for at, word in enumerate(text):
            follows = at + 1 < len(text) and text[at + 1].capital and not text[at + 1].begins
            is_name = word.capital and (
                not word.begins or follows or (word.written.isupper() and len(word.written) > 1)
            )
            if is_name and len(word.folded) > 1 and word.folded not in common and word.folded not in allowed:
                found[word.folded] = word.written
    return [name for name in found if not name.isdigit()]


def _organisation(text: Text, name: str) -> str:
    own = _distinct(name)
    whole = [w.folded for w in words(name)]
    one = next((hit for word in own if (hit := text.name(word))), "")
    return one or (text.phrase(whole) if len(whole) > 1 or not own else "") or text.acronym(_initials(name))


def _person(text: Text, name: str) -> str:
    parts = [w.folded for w in words(name)]
    whole = text.phrase(parts) or text.phrase(parts[::-1]) if len(parts) > 1 else ""
    alone = [part for part in parts[::-1] if part not in _ALSO_WORDS and len(part) > 1]
    return whole or next((hit for part in alone if (hit := text.name(part, capital=part == parts[0]))), "")


def _numbers(text: str) -> set[str]:
    """Numbers of three figures or more, without their signs; years and the numbers of laws are public."""
    found = set()
    for match in _NUMBER.finditer(_LAW.sub(" ", text)):
        parts = [part for part in re.split(r"\D+", match[0]) if part]
        alone = [part for part in parts if "/" in match[0]]  # 2026/0318 is also known as 0318, and as 318
        found |= {"".join(parts)[:MOST_FIGURES], *alone, *(part.lstrip("0") for part in alone)}
    return {n for n in found if len(n) >= DIGITS and not re.fullmatch(r"(?:19|20)\d\d", n)}


def _longest(numbers: set[str]) -> list[str]:
    return sorted(n for n in numbers if not any(n in other and n != other for other in numbers))


def _days(text: str) -> dict[tuple[int, int], str]:
    """Days of the year (month, day), however written, with how."""
    found = {(int(m[1]), int(m[2])): m[0] for m in _ISO.finditer(text)}
    found |= {
        (_MONTH[fold(m[2])], int(m[1])): m[0] for m in _DAY_FIRST.finditer(text) if fold(m[2]) in _MONTH
    }
    found |= {
        (_MONTH[fold(m[1])], int(m[2])): m[0] for m in _MONTH_FIRST.finditer(text) if fold(m[1]) in _MONTH
    }
    return found | {(int(m[2]), int(m[1])): m[0] for m in _SLASH.finditer(text)}


def _quotations(text: Text, told: set[tuple[str, ...]]) -> Iterator[Found]:
    for start in range(len(text.folded) - RUN + 1):
        if tuple(text.folded[start : start + RUN]) in told:
            yield Found(text.where, " ".join(w.written for w in text.words[start : start + RUN]), "quotation")
            return  # one is enough to write it anew


def _hits(text: Text, named: Named, names: list[str]) -> Iterator[Found]:
    looks = (
        ("organisation", lambda name: _organisation(text, name), named.organisations),
        ("organisation", lambda short: text.acronym(fold(short)), named.acronyms),
        ("person", lambda name: _person(text, name), named.people),
        ("place", lambda name: _organisation(text, name), named.places),
        ("title", lambda title: text.phrase([w.folded for w in words(title)]), named.titles),
        ("code", lambda code: text.phrase([w.folded for w in words(code)]), named.codes),
        ("name", text.name, names),
    )
    for why, look, wanted in looks:
        for one in wanted:
            if word := look(one):
                yield Found(text.where, word, why)


def still_named(texts: Mapping[str, str], named: Named) -> list[Found]:
    """Every word of the texts (by where they stand) that the case names too; each once for each text."""
    whole = "\n".join([*named.told, *named.codes])
    numbers, days, codes = (
        _numbers(seen(whole)),
        _days(seen(whole)),
        {fold(m[0]) for m in _CODE.finditer(seen(whole))},
    )
    told = {
        tuple(folded[start : start + RUN])
        for folded in ([w.folded for w in words(text)] for text in named.told)
        for start in range(len(folded) - RUN + 1)
    }
    names = _names_told(named)
    found: dict[tuple[str, str], Found] = {}
    for where, given in texts.items():
        text = Text(where, given)
        hits = [
            *_hits(text, named, names),
            *(Found(where, number, "number") for number in _longest(_numbers(text.text) & numbers)),
            *(Found(where, written, "date") for day, written in _days(text.text).items() if day in days),
            *(Found(where, m[0], "code") for m in _CODE.finditer(text.text) if fold(m[0]) in codes),
            *_quotations(text, told),
        ]
        for hit in hits:
            found.setdefault((where, fold(hit.word)), hit)
    return list(found.values())


def every(named: Iterable[str]) -> tuple[str, ...]:
    """What is not empty, each once."""
    return tuple(dict.fromkeys(text.strip() for text in named if text.strip()))
