"""Load lists, know how they stand, and tell what a new version changed."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import operation
from radrum.core.scope import reading, writing
from radrum.screening import folder, index, policy
from radrum.screening.models import Change, Entry, ListSource, ListVersion
from radrum.screening.record import BrokenList, Delivery
from radrum.screening.sources import effect_text, not_confirmed, source
from radrum.screening.store import FIELDS, copy_in

_LAW = "content/sources.yaml; not confirmed by a lawyer"


@dataclass
class Report:
    """What came of loading a file or folder."""

    loaded: list[ListVersion] = field(default_factory=list)
    unchanged: list[ListVersion] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    broken: list[BrokenList] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """Entries of the lists read, counted list by list, the register apart."""
        versions = [*self.loaded, *self.unchanged]
        return sum(version.total for version in versions if version.source.kind != "register")


def load_place(
    actor: Actor,
    place: Path,
    *,
    date: datetime.date | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Report:
    """Load every list in a file or folder; a broken one is refused, and its old version stays in use."""
    found = folder.find(place, date=date, say=say)
    newest, older = folder.newest(found.deliveries)
    report = Report(skipped=found.skipped, broken=found.broken, folders=folder.skipped_folders(place))
    report.older = [f"{', '.join(old.files)}: an older copy of {old.key}" for old in older]
    for delivery in newest:
        say(f"storing {delivery.key}: {len(delivery.records)} entries")
        before = _same_content(actor, delivery)
        version = load(actor, delivery)
        (report.unchanged if before else report.loaded).append(version)
    say("building the index")
    index.refresh()
    return report


def _same_content(actor: Actor, delivery: Delivery) -> bool:
    with reading(actor):
        known = ListVersion.objects.filter(source__key=delivery.key, sha256=delivery.sha256)
        return known.filter(date=delivery.date).exists()


@operation("list.loaded", allowed=policy.may_load)
def load(actor: Actor, delivery: Delivery) -> ListVersion:
    """Store one delivery as a version of its list; the newest version is the one in use."""
    origin = _source(delivery)
    version = ListVersion.objects.filter(source=origin, sha256=delivery.sha256).first()
    if version is None:
        version = ListVersion.objects.create(
            source=origin,
            date=delivery.date,
            date_from=delivery.date_from,
            files=list(delivery.files),
            sha256=delivery.sha256,
            counts=delivery.counts,
            total=len(delivery.records),
        )
        copy_in(version, delivery.records)
    elif version.total != len(delivery.records):  # this program reads the same file better than before
        version.entries.all().delete()
        copy_in(version, delivery.records)
        version.total, version.counts = len(delivery.records), delivery.counts
        version.save(update_fields=["total", "counts"])
    if version.date != delivery.date:
        version.date, version.date_from = delivery.date, delivery.date_from
        version.save(update_fields=["date", "date_from"])
    _put_in_use(version)
    return version


def _source(delivery: Delivery) -> ListSource:
    about = source(delivery.key, delivery.title)
    effects = {record.legal_effect for record in delivery.records}
    said = effects.pop() if len(effects) == 1 and not about.known else ""
    effect = said or about.effect
    texts = effect_text(effect)
    row, _ = ListSource.objects.update_or_create(
        key=about.key,
        defaults={
            "title_sv": about.sv[:200],
            "title_en": about.en[:200],
            "keeper": about.keeper,
            "address": about.url,
            "rhythm_days": about.days,
            "kind": about.kind,
            "effect": effect,
            "effect_sv": texts["sv"],
            "effect_en": texts["en"],
            "effect_source": _LAW if about.known else "",
        },
    )
    return row


def _put_in_use(version: ListVersion) -> None:
    """Unless a newer version is in use. Undated loses to dated; of two undated, the later loaded counts."""
    before = ListVersion.objects.select_for_update().filter(source=version.source, in_use=True).first()
    if before == version or (
        before and (before.date or datetime.date.min) > (version.date or datetime.date.min)
    ):
        return
    if before:
        ListVersion.objects.filter(pk=before.pk).update(in_use=False)
    version.in_use, version.follows = True, before
    version.save(update_fields=["in_use", "follows"])
    version.changes.all().delete()
    if before:
        Change.objects.bulk_create(_changes(version, before), batch_size=2000)


def _digests(version: ListVersion) -> dict[tuple[str, str], tuple[str, str]]:
    rows = version.entries.values_list("part", "entry_id", "digest", "names__0__name")
    return {(part, entry_id): (digest, name or "") for part, entry_id, digest, name in rows}


def _changes(version: ListVersion, before: ListVersion) -> Iterable[Change]:
    new, old = _digests(version), _digests(before)
    for key in new.keys() | old.keys():
        part, entry_id = key
        what = (
            Change.What.ADDED
            if key not in old
            else Change.What.REMOVED
            if key not in new
            else Change.What.CHANGED
            if new[key][0] != old[key][0]
            else ""
        )
        if what:
            names = [found[key][1] for found in (new, old) if key in found]
            fields = _differing(version, before, key) if what == Change.What.CHANGED else []
            yield Change(version=version, what=what, part=part, entry_id=entry_id, names=names, fields=fields)


def _differing(version: ListVersion, before: ListVersion, key: tuple[str, str]) -> list[str]:
    part, entry_id = key
    new, old = (
        Entry.objects.filter(version=at, part=part, entry_id=entry_id).values(*FIELDS).first() or {}
        for at in (version, before)
    )
    return [name for name in FIELDS if new.get(name) != old.get(name)]


# --- How they stand ------------------------------------------------------------------------------------


def changes_of(version: ListVersion) -> dict[str, list[str]]:
    """The reference numbers a version added, removed and changed."""
    found: dict[str, list[str]] = {what.value: [] for what in Change.What}
    for what, entry_id in version.changes.values_list("what", "entry_id"):
        found[what].append(entry_id)
    return found


def status(today: datetime.date | None = None) -> list[dict[str, Any]]:
    """How each loaded list stands, and which lists of the catalogue are not loaded."""
    today = today or timezone.localdate()
    with writing(SYSTEM):
        versions = list(
            ListVersion.objects.filter(in_use=True).select_related("source").order_by("source__key")
        )
        used = index.parts_in_use(versions)
        return [_status(version, used, today) for version in versions]


def _status(version: ListVersion, used: dict[str, ListVersion], today: datetime.date) -> dict[str, Any]:
    about = version.source
    parts = version.entries.values_list("part", flat=True).distinct().order_by("part")
    compared = [part for part in parts if used.get(part) == version]
    return {
        "list": about.title_en,
        "key": about.key,
        "kind": about.kind,
        "keeper": about.keeper,
        "address": about.address,
        "files": version.files,
        "date": version.date.isoformat() if version.date else None,
        "date_from": version.date_from,
        "stale": source(about.key, about.title_en).stale(version.date, today),
        "rhythm_days": about.rhythm_days,
        "entries": version.total,
        "counts": version.counts,
        "compared": compared,
        "superseded": [part for part in parts if part not in compared],
        "sha256": version.sha256,
        "legal_effect": about.effect,
        "confirmed": not not_confirmed(about.key),
        "loaded_at": version.loaded_at.isoformat(),
    }
