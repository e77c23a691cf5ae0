"""What is logged: which job failed, and not what it was given."""

import io
import logging

from procrastinate.jobs import Job

from radrum.logs import WithoutArguments


def test_a_failed_job_is_named_without_what_it_was_given() -> None:
    secret = "/invitation/only(for)one/"
    job = Job(
        id=12,
        queue="mail",
        lock=None,
        queueing_lock=None,
        task_name="radrum.accounts.jobs.send_mail_to",
        task_kwargs={"email": "ingrid@fjallby.example", "words": {"path": secret}},
    )
    assert secret in job.call_string
    console = next(
        one for one in logging.getLogger().handlers if [*map(type, one.filters)] == [WithoutArguments]
    )
    assert isinstance(console, logging.StreamHandler)
    before = console.setStream(said := io.StringIO())
    logging.getLogger("procrastinate.worker").error("Job %s ended with status: Error", job.call_string)
    logging.getLogger("radrum").warning("Page [7](of) a book")
    console.setStream(before)  # type: ignore[arg-type]
    lines = [line.split(" ", 2)[2] for line in said.getvalue().splitlines()]
    assert lines == [
        "ERROR procrastinate.worker Job radrum.accounts.jobs.send_mail_to[12](…) ended with status: Error",
        "WARNING radrum Page [7](of) a book",
    ]
