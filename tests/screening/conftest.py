"""A small world of lists: a book without a database."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings

from radrum.screening import folder, index
from tests.screening import samples
from tests.screening.test_folder import lay

DATA = Path(settings.CHECKOUT).parent / "shared" / "data"
collect_ignore = [] if DATA.is_dir() else ["test_shared.py"]  # real lists are nobody's to commit

TODAY = datetime.date(2026, 11, 24)

WORLD: dict[str, str | bytes] = {
    "un.xml": samples.UN.replace("2026-02-27", "2026-11-23"),
    "uk.xml": samples.UK,
    "seven/seven.csv": samples.SEVEN,
    "seven/SOURCE.md": "Date of the data: 2026-11-01",
    "ror.jsonl": samples.ROR_LINES,
}


@pytest.fixture
def book(tmp_path: Path) -> index.Book:
    """UN (fresh), UK (too old), Seven Sons, and a register of three."""
    found = folder.find(lay(tmp_path / "world", WORLD))
    return index.from_deliveries(found.deliveries)
