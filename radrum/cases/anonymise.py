"""Gate: desk → public. Studies, answers and proposals written anew; refused if they name what the case names.

Nothing of the case is copied and nothing links back. What was written goes to `knowledge/drafts.py`, where
somebody else publishes it, and to `guidance/revise.py`, where somebody else decides.
"""

from collections.abc import Mapping
from typing import Any

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from radrum.accounts.models import Organisation, User
from radrum.accounts.roles import Kind
from radrum.cases import policy
from radrum.cases.engine import Found, Named, every, still_named
from radrum.cases.models import Case, Consultation, Handling, Lesson, Statement, StatementDraft
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.policy import current_edition
from radrum.guidance.revise import known_numbers, propose
from radrum.guidance.wording import refuse_what_must_not_be_sent
from radrum.knowledge.drafts import take_draft
from radrum.screening.countries import code

MOST_TOLD = 6  # words named in one sentence; the rest are counted
WHY = {
    "organisation": gettext_lazy("an organisation of the case"),
    "person": gettext_lazy("a person of the case"),
    "place": gettext_lazy("a country of the case"),
    "title": gettext_lazy("the title or subject of the case"),
    "code": gettext_lazy("a reference or an address of the case"),
    "name": gettext_lazy("a name that stands in the case"),
    "number": gettext_lazy("a number that stands in the case"),
    "date": gettext_lazy("a date that stands in the case"),
    "quotation": gettext_lazy("the case's own words in a row"),
}
WRITTEN = {  # what is published of each kind, by the name of its field
    "study": {"title_sv", "lead_sv", "body_sv", "title_en", "lead_en", "body_en"},
    "faq": {"title_sv", "body_sv", "title_en", "body_en"},
    "proposal": {"aspect", "what", "why"},
}
NEEDED = {
    "study": ("title_sv", "body_sv"),
    "faq": ("title_sv", "body_sv"),
    "proposal": ("aspect", "what", "why"),
}
_SWEDEN = "SE"


class StillIdentifies(Refused):
    """The text names what the case names; `found` says which words, and where."""

    def __init__(self, found: list[Found]) -> None:
        self.found = found
        told = "; ".join(
            _("“%(word)s” (%(why)s)") % {"word": f.word, "why": WHY[f.why]} for f in found[:MOST_TOLD]
        )
        more = len(found) - MOST_TOLD
        rest = ngettext(" and %(n)d more", " and %(n)d more", more) % {"n": more} if more > 0 else ""
        super().__init__(
            _("The text still points to the case: %(words)s. Write it otherwise; nothing has left the desk.")
            % {"words": told + rest}
        )


def _texts_of(case: Case) -> list[str]:
    """Everything that was written in the case, by whomever."""
    statements: list[Any] = list(Statement.unguarded.filter(case=case))
    drafts: list[Any] = list(StatementDraft.unguarded.filter(case=case))
    handled = Handling.unguarded.filter(case=case)
    asked = list(Consultation.unguarded.filter(case=case).select_related("opinion"))
    opinions: list[Any] = [one.opinion for one in asked if hasattr(one, "opinion")]
    return [
        case.subject,
        case.question,
        *(passage["text"] for passage in case.dossier.passages),
        *(text for one in [*statements, *drafts, *opinions] for text in (one.text, one.not_examined)),
        *(view["text"] for one in [*statements, *drafts] for view in one.views),
        *(one.without for one in drafts),
        *(one.question for one in asked),
        *(passage["text"] for one in asked for passage in one.passages),
        *(text for one in handled for text in (one.note, one.secrecy_ground)),
    ]


def _partners(case: Case) -> tuple[list[str], list[str]]:
    """Names and countries of the partners, as they stand in the frozen copy, one a line."""
    lines = [
        line.rpartition(",")
        for passage in case.dossier.passages
        if passage["key"] == "plan.partners"
        for line in passage["text"].splitlines()
    ]
    return [name or country for name, _comma, country in lines], [c.strip() for name, _c, c in lines if name]


def _countries(names: list[str]) -> list[str]:
    """The countries in Swedish and in English too; Sweden points out nobody."""
    codes = [known for name in names if (known := code(name)) and known != _SWEDEN]
    spoken = [Locale(language).territories[known] for known in codes for language in ("sv", "en")]
    return [*(name for name in names if code(name) != _SWEDEN), *spoken]


def _people(case: Case) -> list[User]:
    """Who asked, for whom, and everyone who has worked with it."""
    rows: list[Any] = [
        *Handling.unguarded.filter(case=case).values_list("officer_id", "triaged_by_id"),
        *Statement.unguarded.filter(case=case).values_list("signed_by_id", "written_by_id"),
        *Consultation.unguarded.filter(case=case).values_list("asked_by_id", "opinion__signed_by_id"),
    ]
    known = {case.asked_by_id, case.on_behalf_of_id, *(pk for row in rows for pk in row)}
    return list(User.objects.filter(pk__in=known - {None}))


def named_in(case: Case) -> Named:
    """Everything that would point to the case."""
    asked = [one.agency for one in Consultation.unguarded.filter(case=case).select_related("agency")]
    involved: list[Organisation] = [case.asker, *asked]
    people, (partners, countries) = _people(case), _partners(case)
    titles = [case.subject, *(p["text"] for p in case.dossier.passages if p["key"] == "plan.title")]
    open_names = Organisation.objects.exclude(kind__in=[Kind.INSTITUTION, Kind.COMPANY, Kind.OTHER]).exclude(
        pk__in=[one.pk for one in involved]
    )
    return Named(
        organisations=every(
            [*partners, *(n for one in involved for n in (one.name_sv, one.name_en, one.domain))]
        ),
        acronyms=every(one.short for one in involved),
        people=every(person.name for person in people),
        places=every(_countries(countries)),
        titles=every(title for title in titles if len(title.split()) > 1),
        codes=every([case.reference, *(person.email for person in people)]),
        told=every(_texts_of(case)),
        public=every(n for one in open_names for n in (one.name_sv, one.name_en, one.short)),
    )


def _begun(texts: Mapping[str, str], kind: str) -> dict[str, str]:
    """What was written of one kind; empty if nothing was. Refuses half a text."""
    given = {name: texts.get(f"{kind}_{name}", "").strip() for name in WRITTEN[kind]}
    if not any(given.values()):
        return {}
    if missing := [name for name in NEEDED[kind] if not given[name]]:
        raise Unfinished(f"{kind}_{missing[0]}")
    return given


class Unfinished(Refused):
    """Something was begun and not finished; `field` says what is missing."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(_("Something is missing in a text you have begun. Finish it, or empty it."))


def _touched(text: str) -> str:
    """Numbers of aspects, checked against the edition in force."""
    numbers = [number for word in text.split(",") if (number := word.strip())]
    known = known_numbers(current_edition())
    for number in numbers:
        if number not in known:
            raise Refused(_("There is no aspect %(number)s in the edition in force.") % {"number": number})
    return ", ".join(numbers)


@operation("case.anonymised", allowed=policy.may_anonymise)
def anonymise(actor: Actor, case: Case, *, texts: Mapping[str, str]) -> list[Lesson]:
    """Make a draft study, a draft answer and a change proposal of texts written anew; any of the three.

    Raises `StillIdentifies` with the words that point to the case; nothing of what was refused is stored.
    """
    begun = {kind: given for kind in WRITTEN if (given := _begun(texts, kind))}
    if not begun:
        raise Refused(_("Write a case study, a frequent question or a change proposal; one is enough."))
    written = {
        f"{kind}_{name}": text for kind, given in begun.items() for name, text in given.items() if text
    }
    refuse_what_must_not_be_sent(list(written.values()))
    judged = {name: text for name, text in written.items() if name != "proposal_aspect"}
    if found := still_named(judged, named_in(case)):
        raise StillIdentifies(found)
    aspects = _touched(texts.get("aspects", ""))
    made = []
    for kind, given in begun.items():
        new = (
            propose(actor, **given)
            if kind == "proposal"
            else take_draft(actor, kind=kind, aspects=aspects, **given)
        )
        made.append(Lesson.unguarded.create(case=case, kind=kind, number=new.pk, written_by_id=actor.user_id))
    return made
