"""`radrum worker`: run the queue and the schedule until told to stop. Any number may run, on any machine."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


class Command(BaseCommand):
    help = "Run deferred jobs (mail) and timed work (schedule.py). Stops after the running jobs on SIGTERM."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (2)")
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, concurrency: int, once: bool, **options: Any) -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(concurrency=concurrency, wait=not once, delete_jobs="successful")
            while once and self._due():  # a job's own jobs may come just after the others have stopped
                worker.run_worker(concurrency=concurrency, wait=False, delete_jobs="successful")

    def _due(self) -> bool:
        """Whether something waits to be run now; what is to be tried again later does not count."""
        now = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
        return ProcrastinateJob.objects.filter(now, status="todo").exists()
