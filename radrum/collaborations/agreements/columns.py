"""The columns of the file, the headings they may have, and the days and kinds that may stand in them."""

import re
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from radrum.collaborations.models import Agreement


class Column(NamedTuple):
    """A field, its heading on export, other headings that are understood, and the longest text."""

    field: str
    heading: Any
    also: tuple[str, ...]
    longest: int = 0
    required: bool = False
    is_day: bool = False


COLUMNS = (
    Column(
        "partner",
        _("Partner"),
        ("partner", "partnername", "motpart", "avtalspart", "organisation"),
        200,
        required=True,
    ),
    Column("country", _("Country"), ("country", "land"), 80, required=True),
    Column(
        "title",
        _("Title"),
        ("title", "titel", "rubrik", "avtal", "agreement", "name", "namn", "benämning"),
        200,
        required=True,
    ),
    Column("kind", _("Kind of agreement"), ("kind", "type", "typ", "slag", "avtalstyp", "agreementtype")),
    Column(
        "signed_on",
        _("Signed"),
        ("signed", "signedon", "undertecknat", "tecknat", "undertecknad", "signerat", "avtalsdatum"),
        is_day=True,
    ),
    Column(
        "expires_on",
        _("Expires"),
        ("expires", "expireson", "expiry", "ends", "upphör", "löperut", "slutdatum", "giltigttill", "utgår"),
        is_day=True,
    ),
    Column(
        "review_on",
        _("Review day"),
        ("review", "reviewon", "reviewday", "uppföljning", "omprövas", "följsupp", "uppföljningsdatum"),
        is_day=True,
    ),
    Column(
        "owner_email",
        _("Owner's e-mail"),
        ("owner", "owneremail", "email", "epost", "ansvarig", "ansvarigsepost", "kontakt"),
        254,
    ),
    Column("unit", _("Unit"), ("unit", "department", "enhet", "institution", "avdelning"), 120),
    Column(
        "file_reference",
        _("File reference"),
        ("filereference", "reference", "diarienummer", "dnr", "diarienr", "referens"),
        60,
    ),
)

_MONTHS = {
    name: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_SHORT = {name[:3]: number for name, number in _MONTHS.items()}
_FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),  # the day first, as in Sweden
    re.compile(r"(?:den )?(?P<d>\d{1,2})\.? (?P<m>[a-zåäö]+)\.? (?P<y>\d{4})"),
)


def plain(heading: str) -> str:
    """A heading without case, spaces and marks."""
    return re.sub(r"[^a-zåäö]", "", heading.casefold())


def heading_in(column: Column, language: str) -> str:
    """The heading as it is exported in that language."""
    with override(language):
        return str(column.heading)


def known_headings() -> dict[str, Column]:
    """Every heading that is understood, in Swedish and in English."""
    found = {name: column for column in COLUMNS for name in (plain(column.field), *column.also)}
    for language in ("en", "sv"):
        found |= {plain(heading_in(column, language)): column for column in COLUMNS}
    return found


def day_in(text: str) -> date | None:
    """The day the text names, or None when it names none."""
    words = " ".join(text.casefold().split()).removesuffix(" 00:00:00").removesuffix(" 00:00")
    for form in _FORMS:
        if match := form.fullmatch(words):
            month = match["m"]
            number = int(month) if month.isdigit() else _MONTHS.get(month) or _SHORT.get(month, 0)
            try:
                return date(int(match["y"]), number, int(match["d"]))
            except ValueError:
                return None
    return None


def kinds() -> dict[str, str]:
    """The kinds by what may stand in the file: the code, or the word in Swedish or English."""
    found = {kind.value: kind.value for kind in Agreement.Kind}
    for language in ("en", "sv"):
        with override(language):
            found |= {str(kind.label).casefold(): kind.value for kind in Agreement.Kind}
    return found
