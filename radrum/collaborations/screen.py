"""Look a partner up: who is meant, which lists name them and why, and what somebody concluded.

The function never decides: an answer is material, a verdict is a person's with a reason, and nothing is ever
called clean.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Hit, Partner, PartnerVerdict, Screening
from radrum.core.actor import Actor
from radrum.core.days import day
from radrum.core.operation import Refused, operation
from radrum.screening import judge, kept
from radrum.screening.countries import code
from radrum.screening.index import Book, from_row, in_step
from radrum.screening.resolve import Resolution, resolve
from radrum.screening.screen import Answer, screen, words
from radrum.screening.sources import effect_label

Judged = dict[tuple[str, judge.Entry], PartnerVerdict]


# --- Doing ---------------------------------------------------------------------------------------------


def compare(partner: Partner, book: Book | None = None) -> Answer:
    """The partner against the lists in use: as who somebody chose, else as who the name means."""
    return screen(
        partner.name,
        kind="organisation",
        country=code(partner.country),
        ror=partner.ror,
        unregistered=partner.identity == Partner.Identity.NONE,
        book=book or in_step(),
    )


def keep(actor: Actor, partner: Partner, answer: Answer, because: str = Screening.Because.ASKED) -> Screening:
    """Store what was answered, with its hits; earlier screenings stay."""
    about = kept.kept(answer)._asdict()
    about["certainty"] = partner.identity or about["certainty"]
    screening = Screening.unguarded.create(
        collaboration_id=partner.collaboration_id,
        name=partner.name,
        country=partner.country,
        because=because,
        screened_by_id=actor.user_id,
        **about,
    )
    for hit in answer.hits:
        Hit.unguarded.create(screening=screening, **kept.hit_row(hit))
    return screening


@operation("partner.screened", allowed=policy.may_screen)
def screen_partner(actor: Actor, partner: Partner) -> Screening:
    """Compare every name of the partner with the lists in use; refused where no list has been loaded."""
    return keep(actor, partner, compare(partner))


@operation("partner.identified", allowed=policy.may_judge)
def identify(actor: Actor, partner: Partner, *, ror: str) -> Screening:
    """Say which organisation of the register is meant, or with an empty `ror` none; then compare anew."""
    if ror and not resolve(in_step().register, ror).record:
        raise Refused(_("The register has no organisation with that identifier."))
    partner.ror = ror
    partner.identity = Partner.Identity.CHOSEN if ror else Partner.Identity.NONE
    partner.save(update_fields=["ror", "identity"])
    return screen_partner(actor, partner)


@operation("partner.judged", allowed=policy.may_judge)
def judge_hit(actor: Actor, partner: Partner, *, hit: Hit, conclusion: str, reason: str) -> PartnerVerdict:
    """Conclude whether the listed party is the partner; it holds until the entry changes."""
    if (hit.screening.collaboration_id, hit.screening.name, hit.screening.country) != (
        partner.collaboration_id,
        partner.name,
        partner.country,
    ):
        raise Refused(_("This hit belongs to another partner."))
    judge.judge(
        actor, subject=hit.screening.subject, entry=entry_of(hit), conclusion=conclusion, reason=reason
    )
    return PartnerVerdict.unguarded.create(
        hit=hit, conclusion=conclusion, reason=reason.strip(), judged_by_id=actor.user_id
    )


# --- Knowing -------------------------------------------------------------------------------------------


def entry_of(hit: Hit) -> judge.Entry:
    """The entry a hit is about, as it stood."""
    return judge.Entry(hit.list_key, hit.entry_id, hit.digest)


def who_may_be_meant(partner: Partner) -> Resolution:
    """What the register says the partner's name can mean."""
    return resolve(in_step().register, partner.name, country=code(partner.country))


def latest(plan: Collaboration, screenings: Iterable[Screening]) -> dict[int, Screening]:
    """By partner, the newest screening of exactly that name and country; `screenings` newest first."""
    newest: dict[tuple[str, str], Screening] = {}
    for one in screenings:
        newest.setdefault((one.name, one.country), one)
    named = {partner.pk: newest.get((partner.name, partner.country)) for partner in plan.partners.all()}
    return {key: one for key, one in named.items() if one}


def judged(screenings: Iterable[Screening]) -> Judged:
    """What was last concluded about each entry as it stands, whichever screening it was said at."""
    said = [
        ((one.subject, entry_of(hit)), verdict)
        for one in screenings
        for hit in one.hits.all()
        for verdict in hit.verdicts.all()
    ]
    return dict(sorted(said, key=lambda pair: (pair[1].judged_at, pair[1].pk)))


def verdict_on(hit: Hit, screening: Screening, known: Judged) -> PartnerVerdict | None:
    """The verdict that holds for this hit, if there is one."""
    return known.get((screening.subject, entry_of(hit)))


def outcome(screening: Screening, hits: int | None = None) -> str:
    """What may be said of it today: a copy that has grown too old since is called so."""
    searched = [from_row(row) for row in screening.searched]
    return words(searched, len(screening.hits.all()) if hits is None else hits, timezone.localdate())


def in_words(plan: Collaboration, screenings: Iterable[Screening]) -> list[tuple[Partner, str]]:
    """Partners that have been looked up: when, what was found and concluded, and what was not searched."""
    screenings = list(screenings)
    newest, known = latest(plan, screenings), judged(screenings)
    return [
        (partner, _in_words(newest[partner.pk], known))
        for partner in plan.partners.all()
        if partner.pk in newest
    ]


def _in_words(screening: Screening, known: Judged) -> str:
    looked_up = {"day": day(screening.screened_at), "outcome": outcome(screening)}
    lines = [_("Looked up %(day)s. %(outcome)s") % looked_up]
    for hit in screening.hits.all():
        about = {
            "name": hit.name,
            "list": hit.list_sv if get_language() == "sv" else hit.list_en,
            "date": day(hit.list_date) if hit.list_date else _("unknown date"),
            "effect": effect_label(hit.effect),
        }
        lines.append(_("%(name)s: %(list)s, copy of %(date)s; %(effect)s.") % about)
        if verdict := verdict_on(hit, screening, known):
            said = {"conclusion": verdict.get_conclusion_display(), "reason": verdict.reason}
            lines.append(_("Own verdict: %(conclusion)s. %(reason)s") % said)
        else:
            lines.append(_("Not judged yet."))
    alike: dict[str, list[str]] = {}
    for gap in map(_gap, screening.gaps):
        alike.setdefault(gap["why"], []).append(gap["what"])
    lines += [
        _("Not searched, or not to be relied on: %(what)s: %(why)s.") % {"what": ", ".join(what), "why": why}
        for why, what in alike.items()
    ]
    return "\n".join(lines)


def _gap(gap: dict[str, dict[str, str]]) -> dict[str, str]:
    language = "sv" if get_language() == "sv" else "en"
    return {name: said[language] for name, said in gap.items()}
