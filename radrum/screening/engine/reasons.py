"""Why a hit is a hit, in sentences. The docstring of each function explains the feature wherever it is listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One thing that spoke for or against, in two languages."""

    feature: str
    speaks_for: bool
    sv: str
    en: str

    def as_dict(self) -> dict[str, object]:
        """As it stands in an answer."""
        return {"feature": self.feature, "for": self.speaks_for, "sv": self.sv, "en": self.en}


def _quoted(texts: Sequence[str], language: str) -> str:
    marks = ("”", "”") if language == "sv" else ("“", "”")
    quoted = [f"{marks[0]}{text}{marks[1]}" for text in texts]
    between = " och " if language == "sv" else " and "
    return between.join(filter(None, (", ".join(quoted[:-1]), quoted[-1]))) if quoted else ""


def same_name(theirs: str) -> Reason:
    """The two names are the same when accents, capitals and small words are left out."""
    return Reason("same_name", True, f"Namnet är detsamma: {_quoted([theirs], 'sv')}.", f"The name is the same: {_quoted([theirs], 'en')}.")


def same_words(words: Sequence[str]) -> Reason:
    """These words stand in both names."""
    return Reason("same_words", True, f"Båda namnen har {_quoted(words, 'sv')}.", f"Both names have {_quoted(words, 'en')}.")


def like_words(ours: str, theirs: str) -> Reason:
    """The two words are spelled almost alike, or sound alike when written in Latin letters."""
    return Reason(
        "like_words",
        True,
        f"{_quoted([ours], 'sv')} liknar {_quoted([theirs], 'sv')} i stavning eller ljud.",
        f"{_quoted([ours], 'en')} is like {_quoted([theirs], 'en')} in spelling or sound.",
    )


def only_ours(words: Sequence[str]) -> Reason:
    """These words stand in the name that was asked about and not in the listed name."""
    return Reason("only_ours", False, f"Listans namn saknar {_quoted(words, 'sv')}.", f"The listed name lacks {_quoted(words, 'en')}.")


def only_theirs(words: Sequence[str]) -> Reason:
    """These words stand in the listed name and not in the name that was asked about."""
    return Reason("only_theirs", False, f"Bara listans namn har {_quoted(words, 'sv')}.", f"Only the listed name has {_quoted(words, 'en')}.")


def other_kind(ours: str, theirs: str) -> Reason:
    """Both names say what kind of institution it is, and they say different kinds."""
    return Reason(
        "other_kind",
        False,
        f"Det ena är {_quoted([ours], 'sv')}, det andra {_quoted([theirs], 'sv')}.",
        f"One is {_quoted([ours], 'en')}, the other {_quoted([theirs], 'en')}.",
    )


def other_script(name: str) -> Reason:
    """One of the names is written in another script and was romanised before it was compared."""
    return Reason(
        "other_script",
        True,
        f"{_quoted([name], 'sv')} är skrivet i annan skrift och jämfördes också med latinska bokstäver.",
        f"{_quoted([name], 'en')} is in another script and was also compared in Latin letters.",
    )


def weak_name(name: str) -> Reason:
    """The list itself marks this name as weak: many others may have it."""
    return Reason(
        "weak_name", False, f"Listan anger {_quoted([name], 'sv')} som ett osäkert namn.", f"The list marks {_quoted([name], 'en')} as a weak name."
    )


def former_name(name: str) -> Reason:
    """The listed name is one the party had before."""
    return Reason("former_name", True, f"{_quoted([name], 'sv')} är ett tidigare namn.", f"{_quoted([name], 'en')} is a former name.")


def acronym(name: str) -> Reason:
    """The hit rests on an abbreviation, which several parties may share."""
    return Reason(
        "acronym",
        False,
        f"Träffen vilar på förkortningen {_quoted([name], 'sv')}, som flera kan ha.",
        f"The hit rests on the abbreviation {_quoted([name], 'en')}, which several may share.",
    )


def same_country(code: str) -> Reason:
    """Both countries are known, and they agree."""
    return Reason("same_country", True, f"Båda har adress i samma land ({code}).", f"Both have an address in the same country ({code}).")


def other_country(ours: str, theirs: str) -> Reason:
    """Both countries are known, and they differ."""
    return Reason(
        "other_country",
        False,
        f"Länderna skiljer sig: {ours} i frågan, {theirs} i listan.",
        f"The countries differ: {ours} in the question, {theirs} in the list.",
    )


def through_register(name: str, register_id: str) -> Reason:
    """The name compared is another name of the same organisation in the register of research organisations."""
    return Reason(
        "through_register",
        True,
        f"{_quoted([name], 'sv')} är ett namn på samma organisation i ROR ({register_id}).",
        f"{_quoted([name], 'en')} is a name of the same organisation in ROR ({register_id}).",
    )


def same_identifier(number: str) -> Reason:
    """The list names the very same record by its identifier."""
    return Reason(
        "same_identifier", True, f"Listan anger samma identitet: {number}.", f"The list gives the same identifier: {number}."
    )


def also_listed(list_sv: str, list_en: str, entry_id: str, date: str) -> Reason:
    """The same entry reached us through another list too."""
    return Reason(
        "also_listed",
        True,
        f"Samma post finns också i {list_sv} ({entry_id}), kopia från {date or 'okänt datum'}.",
        f"The same entry is also in {list_en} ({entry_id}), copy of {date or 'unknown date'}.",
    )


FEATURES: dict[str, Callable[..., Reason]] = {
    feature.__name__: feature
    for feature in (
        same_name,
        same_words,
        like_words,
        only_ours,
        only_theirs,
        other_kind,
        other_script,
        weak_name,
        former_name,
        acronym,
        same_country,
        other_country,
        through_register,
        same_identifier,
        also_listed,
    )
}
