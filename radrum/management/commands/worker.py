"""`radrum worker`: run the queue and the schedule until told to stop. Any number may run, on any machine."""

from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app


class Command(BaseCommand):
    help = "Run deferred jobs (mail) and timed work (schedule.py). Stops after the running jobs on SIGTERM."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (2)")
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, concurrency: int, once: bool, **options: Any) -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(concurrency=concurrency, wait=not once, delete_jobs="successful")
