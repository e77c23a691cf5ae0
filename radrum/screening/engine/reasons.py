"""Why a hit is a hit, in sentences. The docstring of each function explains its feature to readers."""

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


def _for(feature: str, sv: str, en: str) -> Reason:
    return Reason(feature, speaks_for=True, sv=sv, en=en)


def _against(feature: str, sv: str, en: str) -> Reason:
    return Reason(feature, speaks_for=False, sv=sv, en=en)


def _quoted(texts: Sequence[str], language: str) -> str:
    marks = ("”", "”") if language == "sv" else ("“", "”")
    quoted = [f"{marks[0]}{text}{marks[1]}" for text in texts]
    between = " och " if language == "sv" else " and "
    return between.join(filter(None, (", ".join(quoted[:-1]), quoted[-1]))) if quoted else ""


def same_name(theirs: str) -> Reason:
    """The two names are the same when accents, capitals and small words are left out."""
    return _for(
        "same_name",
        f"Namnet är detsamma: {_quoted([theirs], 'sv')}.",
        f"The name is the same: {_quoted([theirs], 'en')}.",
    )


def same_words(words: Sequence[str]) -> Reason:
    """These words stand in both names."""
    return _for(
        "same_words",
        f"Båda namnen har {_quoted(words, 'sv')}.",
        f"Both names have {_quoted(words, 'en')}.",
    )


def like_words(ours: str, theirs: str) -> Reason:
    """The two words are spelled almost alike, or sound alike when written in Latin letters."""
    return _for(
        "like_words",
        f"{_quoted([ours], 'sv')} liknar {_quoted([theirs], 'sv')} i stavning eller ljud.",
        f"{_quoted([ours], 'en')} is like {_quoted([theirs], 'en')} in spelling or sound.",
    )


def initial(ours: str, theirs: str) -> Reason:
    """One name has only the first letter of a word that the other spells out."""
    return _for(
        "initial",
        f"{_quoted([ours], 'sv')} och {_quoted([theirs], 'sv')} börjar på samma bokstav.",
        f"{_quoted([ours], 'en')} and {_quoted([theirs], 'en')} begin with the same letter.",
    )


def only_ours(words: Sequence[str]) -> Reason:
    """These words stand in the name that was asked about and not in the listed name."""
    return _against(
        "only_ours",
        f"Listans namn saknar {_quoted(words, 'sv')}.",
        f"The listed name lacks {_quoted(words, 'en')}.",
    )


def only_theirs(words: Sequence[str]) -> Reason:
    """These words stand in the listed name and not in the name that was asked about."""
    return _against(
        "only_theirs",
        f"Bara listans namn har {_quoted(words, 'sv')}.",
        f"Only the listed name has {_quoted(words, 'en')}.",
    )


def other_kind(ours: str, theirs: str) -> Reason:
    """Both names say what kind of institution it is, and they say different kinds."""
    return _against(
        "other_kind",
        f"Det ena är {_quoted([ours], 'sv')}, det andra {_quoted([theirs], 'sv')}.",
        f"One is {_quoted([ours], 'en')}, the other {_quoted([theirs], 'en')}.",
    )


def other_script(name: str) -> Reason:
    """One of the names is written in another script and was romanised before it was compared."""
    return _for(
        "other_script",
        f"{_quoted([name], 'sv')} är skrivet i annan skrift och jämfördes också med latinska bokstäver.",
        f"{_quoted([name], 'en')} is in another script and was also compared in Latin letters.",
    )


def weak_name(name: str) -> Reason:
    """The list itself marks this name as weak: many others may have it."""
    return _against(
        "weak_name",
        f"Listan anger {_quoted([name], 'sv')} som ett osäkert namn.",
        f"The list marks {_quoted([name], 'en')} as a weak name.",
    )


def former_name(name: str) -> Reason:
    """The listed name is one the party had before."""
    return _for(
        "former_name",
        f"{_quoted([name], 'sv')} är ett tidigare namn.",
        f"{_quoted([name], 'en')} is a former name.",
    )


def acronym(name: str) -> Reason:
    """The hit rests on an abbreviation, which several parties may share."""
    return _against(
        "acronym",
        f"Träffen vilar på förkortningen {_quoted([name], 'sv')}, som flera kan ha.",
        f"The hit rests on the abbreviation {_quoted([name], 'en')}, which several may share.",
    )


def same_country(code: str) -> Reason:
    """Both countries are known, and they agree."""
    return _for(
        "same_country",
        f"Båda har adress i samma land ({code}).",
        f"Both have an address in the same country ({code}).",
    )


def other_country(ours: str, theirs: str) -> Reason:
    """Both countries are known, and they differ."""
    return _against(
        "other_country",
        f"Länderna skiljer sig: {ours} i frågan, {theirs} i listan.",
        f"The countries differ: {ours} in the question, {theirs} in the list.",
    )


def through_register(name: str, register_id: str) -> Reason:
    """The name compared is another name of the same organisation in the register of such (ROR)."""
    return _for(
        "through_register",
        f"{_quoted([name], 'sv')} är ett namn på samma organisation i ROR ({register_id}).",
        f"{_quoted([name], 'en')} is a name of the same organisation in ROR ({register_id}).",
    )


def same_identifier(number: str) -> Reason:
    """The list names the very same record by its identifier."""
    return _for(
        "same_identifier",
        f"Listan anger samma identitet: {number}.",
        f"The list gives the same identifier: {number}.",
    )


def also_listed(list_sv: str, list_en: str, entry_id: str, date: str) -> Reason:
    """The same entry reached us through another list too."""
    return _for(
        "also_listed",
        f"Samma post finns också i {list_sv} ({entry_id}), kopia från {date or 'okänt datum'}.",
        f"The same entry is also in {list_en} ({entry_id}), copy of {date or 'unknown date'}.",
    )


FEATURES: dict[str, Callable[..., Reason]] = {
    feature.__name__: feature
    for feature in (
        same_name,
        same_words,
        like_words,
        initial,
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
