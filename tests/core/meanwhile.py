"""Two at once: another thread with a connection of its own, and a way to know that it waits."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection


def meanwhile(pool: ThreadPoolExecutor, work: Callable[[], Any]) -> "Future[Any]":
    """Begin `work` in another thread, whose connection is closed when it is done."""

    def run() -> Any:
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(run)


def wait_until_somebody_waits_for_a_lock() -> None:
    """Return as soon as another connection stands in line."""
    give_up = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE NOT granted AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waited")
