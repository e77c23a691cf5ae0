"""How often a stranger may look something up: enough for work by hand, too little to copy the lists."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

TRIES, SECONDS = 20, 600


def allows(request: HttpRequest) -> bool:
    """Count one look-up for this address, and say whether it may be made. Each process counts for itself."""
    key = f"look-up:{_address(request)}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= TRIES
    except ValueError:  # it ran out between the two lines
        return True


def _address(request: HttpRequest) -> str:
    """The visitor's; behind a proxy the one it saw, which is the last it wrote."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
