"""Country names as they stand in the lists, as ISO 3166 codes."""

import re
import unicodedata
from functools import cache

from babel import Locale

_ALSO = {
    "dprk": "KP",
    "north korea": "KP",
    "democratic peoples republic of korea": "KP",
    "korea north": "KP",
    "south korea": "KR",
    "republic of korea": "KR",
    "korea south": "KR",
    "russian federation": "RU",
    "iran islamic republic of": "IR",
    "islamic republic of iran": "IR",
    "syrian arab republic": "SY",
    "democratic republic of the congo": "CD",
    "congo democratic republic of the": "CD",
    "republic of the congo": "CG",
    "congo republic of the": "CG",
    "united states of america": "US",
    "usa": "US",
    "us": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "uae": "AE",
    "burma": "MM",
    "myanmar burma": "MM",
    "czech republic": "CZ",
    "turkey": "TR",
    "turkiye": "TR",
    "republic of turkey": "TR",
    "peoples republic of china": "CN",
    "pr china": "CN",
    "p r china": "CN",
    "prc": "CN",
    "hong kong": "HK",
    "macau": "MO",
    "macao": "MO",
    "taiwan": "TW",
    "viet nam": "VN",
    "cote d ivoire": "CI",
    "ivory coast": "CI",
    "palestinian": "PS",
    "palestine": "PS",
    "republic of moldova": "MD",
    "tanzania united republic of": "TZ",
    "venezuela bolivarian republic of": "VE",
    "cape verde": "CV",
    "macedonia": "MK",
    "swaziland": "SZ",
    "bosnia and herzegovina": "BA",
    "holland": "NL",
    "the netherlands": "NL",
    "republic of ireland": "IE",
}


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", text.replace("&", " and ")))


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("en", "sv", "de", "fr", "es", "it", "pt", "nb", "da", "fi", "nl", "pl", "ru", "zh"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "UN", "ZZ", "XA", "XB", "QO", "EZ"}:
                names.setdefault(_plain(name), code)
    return names | _ALSO


@cache
def code(text: str) -> str:
    """`Iran (Islamic Republic of)` → `IR`; empty if it is no country we know."""
    text = text.strip()
    if len(text) == 2 and text.isalpha() and text.isupper():
        return text
    plain = _plain(text)
    names = _names()
    if plain in names:
        return names[plain]
    before = _plain(re.split(r"[(/,]", text)[0])
    return names.get(before, "")


def codes(texts: list[str]) -> list[str]:
    """The codes of the names that are countries, each once, in the order they came."""
    return list(dict.fromkeys(found for text in texts if text and (found := code(text))))
