"""Lists for the demo: from their keepers, else from a folder, else invented ones; and it says which."""

import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from radrum.core.actor import SYSTEM
from radrum.core.scope import reading
from radrum.screening import lists
from radrum.screening.fetch import fetch
from radrum.screening.index import EXERCISE, refresh
from radrum.screening.models import ListVersion
from radrum.screening.sources import CONTENT

AGAIN = 24 * 3600  # seconds until the keepers are tried anew


def exercise() -> bool:
    """Load the list of invented names where there is no list at all; whether it was."""
    with reading(SYSTEM):
        if ListVersion.objects.filter(in_use=True).exists():
            return False
    lists.load_place(SYSTEM, CONTENT / "exercise.jsonl")
    return True


def provide(folder: str, *, online: bool) -> str:
    """See that there are lists; what is loaded is used again. Returns a sentence on which they are."""
    place = Path(settings.DATA) / "lists"
    if _loaded_from(place) == folder and _real():
        refresh()
        return f"Lists: those loaded before are used. {_count()}"
    missed: dict[str, str] = {}
    came: list[str] = []
    if online and not _real() and _due(place):
        fetched = fetch(place / "fetched", today=timezone.localdate())
        came, missed = fetched.came, fetched.missed
        if came:
            lists.load_place(SYSTEM, fetched.place)
    if folder and Path(folder).exists():
        lists.load_place(SYSTEM, Path(folder))
    if _real():
        _note(place, folder)
        return f"Lists: {_from(came, folder, missed)}. {_count()}"
    exercise()
    refresh()
    why = "the official ones could not be reached" if online else "the official ones were not asked for"
    if folder:
        why += f", and {folder} holds no list"
    return f"Lists: only the exercise list of invented names is loaded; {why}. {_how()}"


def _how() -> str:
    return "Real ones: RADRUM_LISTS=FOLDER script/demo, or radrum lists fetch."


def _from(came: list[str], folder: str, missed: dict[str, str]) -> str:
    parts = [f"{len(came)} fetched from their keepers"] if came else []
    parts += [f"{len(missed)} could not be reached"] if missed else []
    parts += [f"read from {folder}"] if folder else []
    return ", ".join(parts) or "those that are loaded"


def _real() -> bool:
    with reading(SYSTEM):
        return ListVersion.objects.filter(in_use=True, source__kind__in=("list", "collection")).exists()


def _count() -> str:
    with reading(SYSTEM):
        used = ListVersion.objects.filter(in_use=True).exclude(source__kind__in=("register", EXERCISE))
        totals = list(used.values_list("total", flat=True))
    return f"{len(totals)} lists, {sum(totals)} entries."


# --- What was done before ------------------------------------------------------------------------------


def _loaded_from(place: Path) -> str | None:
    try:
        return (place / "from").read_text(encoding="utf-8")
    except OSError:
        return None


def _note(place: Path, folder: str) -> None:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / "from").write_text(folder, encoding="utf-8")


def _due(place: Path) -> bool:
    """Whether the keepers have not been tried for a day; notes that they are tried now."""
    tried = place / "tried"
    now = timezone.now()
    try:
        before = datetime.datetime.fromisoformat(tried.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = None
    if before and 0 <= (now - before).total_seconds() < AGAIN:
        return False
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    tried.write_text(now.isoformat(), encoding="utf-8")
    return True
