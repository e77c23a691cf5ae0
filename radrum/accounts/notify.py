"""Reach people by mail. A mail says that something waits, with its reference and a link; never what it says.

Nothing is sent here: a job is deferred in the running transaction, so a step that is rolled back tells
nobody.
"""

from typing import Any

from radrum.accounts import jobs


def tell_person(person_id: int, notice: str, *, reference: str, path: str) -> None:
    """Send `notice` (a template in `notices/`) about `reference` to one person."""
    jobs.send_notice.defer(person_id=person_id, notice=notice, reference=reference, path=path)


def tell_roles(
    organisation_id: int,
    roles: list[str],
    notice: str,
    *,
    reference: str,
    path: str,
    also: list[int] | None = None,
) -> None:
    """Send `notice` to those who have any of `roles` in the organisation when the job runs, substitutes too.

    `also` are people told besides; nobody is told twice.
    """
    jobs.send_notice_to_roles.defer(
        organisation_id=organisation_id,
        roles=roles,
        notice=notice,
        reference=reference,
        path=path,
        also=also or [],
    )


def write_to(email: str, notice: str, *, language: str, **words: Any) -> None:
    """Send `notice` to an address that has no account yet."""
    jobs.send_mail_to.defer(email=email, notice=notice, language=language, words=words)
