"""A list changed: compare again the partners it can concern, and tell their owners once."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from radrum.accounts import notify
from radrum.collaborations import policy
from radrum.collaborations.models import Collaboration, Decision, ListAlert, Partner, Screening
from radrum.collaborations.screen import compare, keep
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import operation
from radrum.screening import watch
from radrum.screening.countries import code
from radrum.screening.index import Book, current, refresh
from radrum.screening.models import ListVersion
from radrum.screening.resolve import resolve
from radrum.screening.screen import Answer, NoList, NoName

NEW, CHANGED, GONE = "new", "changed", "gone"
Entries = dict[tuple[str, str], str]  # (list, entry) → how it stood


def look_again() -> list[ListAlert]:
    """Tell of every change nobody has been told of; run by the command that loads, and each hour."""
    refresh()
    return [alert for version in watch.untold() for alert in follow(SYSTEM, version)]


@operation("list.followed", allowed=policy.may_follow)
def follow(actor: Actor, version: ListVersion) -> list[ListAlert]:
    """Compare again the watched partners that this version's changes can concern; tell each owner once."""
    if not watch.claim(version):
        return []
    book, change = current(), watch.changed(version)
    partners = {partner.pk: partner for partner in watched()}
    found: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for key in sorted(watch.concerned(version, _named(partners.values(), book))):
        partner = partners[key]
        if what := _compared_again(actor, partner, book, change):
            plan = partner.collaboration
            row = {"plan": plan.pk, "partner": partner.name, "what": what}
            found.setdefault((plan.organisation_id, plan.owner_id), []).append(row)
    return [_tell(version, *owner, rows) for owner, rows in sorted(found.items())]


def watched() -> Iterable[Partner]:
    """Partners of every plan that goes on or may come to; not of one that was declined or has ended."""
    over = Q(ends_on__lt=timezone.localdate()) | Q(decisions__outcome=Decision.Outcome.REFRAIN)
    plans = Collaboration.unguarded.exclude(pk__in=Collaboration.unguarded.filter(over).values("pk"))
    return Partner.unguarded.filter(collaboration__in=plans).select_related("collaboration").order_by("pk")


def _named(partners: Iterable[Partner], book: Book) -> Iterator[watch.Watched]:
    """Every name that each partner goes by; equal partners of many plans are resolved once."""
    known: dict[tuple[str, str, str, str], list[str]] = {}
    for partner in partners:
        same = (partner.name, partner.country, partner.ror, partner.identity)
        if same not in known:
            known[same] = _names(partner, book)
        yield watch.Watched(partner.pk, known[same])


def _names(partner: Partner, book: Book) -> list[str]:
    if partner.identity == Partner.Identity.NONE:
        return [partner.name]
    record = resolve(book.register, partner.ror or partner.name, country=code(partner.country)).record
    return [partner.name, *(name["name"] for name in record.names)] if record else [partner.name]


def _compared_again(actor: Actor, partner: Partner, book: Book, change: watch.Changed) -> str:
    """What the change means for this partner; kept with the plan if it means anything, empty if not."""
    before = (
        Screening.unguarded.filter(
            collaboration_id=partner.collaboration_id, name=partner.name, country=partner.country
        )
        .prefetch_related("hits")
        .first()
    )
    try:
        answer = compare(partner, book)
    except (NoList, NoName):
        return ""
    what = differs(_kept(before), _answered(answer), change)
    if what:
        keep(actor, partner, answer, Screening.Because.LIST_CHANGED)
    return what


def differs(before: Entries, now: Entries, change: watch.Changed) -> str:
    """The strongest of new, changed and gone among the entries that the version touched; empty if none."""
    came = [entry for entry in change.new if entry in now and before.get(entry) != now[entry]]
    if any(entry not in before for entry in came):
        return NEW
    if came:
        return CHANGED
    return GONE if any(entry in before and entry not in now for entry in change.gone) else ""


def _kept(screening: Screening | None) -> Entries:
    found: Entries = {}
    for hit in screening.hits.all() if screening else []:
        found |= {(other["list_key"], other["entry_id"]): other["digest"] for other in hit.also}
        found[hit.list_key, hit.entry_id] = hit.digest
    return found


def _answered(answer: Answer) -> Entries:
    rows = [row for hit in answer.hits for row in (hit, *hit.also)]
    return {(row.listed.key, row.entry_id): row.digest for row in rows}


def _tell(version: ListVersion, organisation: int, person: int, rows: list[dict[str, Any]]) -> ListAlert:
    alert = ListAlert.unguarded.create(
        organisation_id=organisation, person_id=person, version=version, partners=rows
    )
    notify.tell_person(person, "list_changed", reference=f"{alert.pk}", path="/room/")
    return alert


@operation("alert.read", allowed=policy.may_read)
def read_alert(actor: Actor, alert: ListAlert) -> ListAlert:
    """Put it aside: it no longer stands in one's room."""
    alert.read_at = timezone.now()
    alert.save(update_fields=["read_at"])
    return alert
