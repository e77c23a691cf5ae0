"""Where the bytes of attachments lie: in the data folder, under random names, outside every public folder."""

import hashlib
import os
import re
from pathlib import Path
from time import time

from django.conf import settings

from radrum.cases.models import Attachment

ORPHAN_AFTER = 24 * 3600  # seconds; a step that was rolled back leaves a file without a row


def _place(address: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{32}", address):
        raise ValueError("not the name of a file")
    return Path(settings.DATA) / "files" / address[:2] / address


def keep(address: str, data: bytes) -> None:
    """Write the bytes; only the application's own user may read them, and nothing is written over."""
    place = _place(address)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def fetch(attachment: Attachment) -> bytes | None:
    """The bytes, if they are still those that were looked into."""
    place = _place(attachment.address)
    data = place.read_bytes() if place.exists() else b""
    return data if hashlib.sha256(data).hexdigest() == attachment.digest else None


def forget_orphans() -> int:
    """Remove files that no row speaks of, a day after; run as SYSTEM."""
    folder, removed = Path(settings.DATA) / "files", 0
    known = set(Attachment.unguarded.values_list("address", flat=True))
    for file in folder.glob("??/*"):
        if file.name not in known and file.stat().st_mtime < time() - ORPHAN_AFTER:
            file.unlink()
            removed += 1
    return removed
