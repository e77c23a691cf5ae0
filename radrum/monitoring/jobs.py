"""Sources are asked when the worker runs these jobs: one each, so that a slow one holds up nobody."""

from procrastinate.contrib.django import app

from radrum.monitoring import gather


@app.task(queue="feeds")
def ask_source(*, source_id: int) -> None:
    """Ask one source."""
    gather.ask_one(source_id)


def ask_all() -> int:
    """Defer a job for each source that is followed; returns how many."""
    sources = gather.to_ask()
    for source_id in sources:
        ask_source.configure(queueing_lock=f"feed {source_id}").defer(source_id=source_id)
    return len(sources)
