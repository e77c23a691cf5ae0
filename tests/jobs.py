"""The jobs that have been deferred, and a worker that runs them."""

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob


def waiting(task: str = "") -> list[dict[str, Any]]:
    """What waits for the worker, oldest first: the arguments of each job (of that task)."""
    rows = ProcrastinateJob.objects.filter(status="todo").order_by("pk")
    return [row.args for row in rows if not task or row.task_name.endswith(f".{task}")]
