"""A day as people write it, in the reader's language and at the reader's clock."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def day(moment: date | None) -> str:
    """24 november 2026; nothing when there is no day. A moment (a `datetime`) is told by the clock here."""
    if not moment:
        return ""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, "j F Y")
