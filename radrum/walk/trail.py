"""The end of the walk: the audit trail, what happens when somebody tampers with it, and the mail."""

import os
import time

from radrum.walk.visitor import expect, step

TRAIL = [
    ("collaboration.begun", "done", "Ingrid Aavik"),
    ("partner.screened", "done", "Ingrid Aavik"),
    ("collaboration.instrument_chosen", "done", "Ingrid Aavik"),
    ("collaboration.assessed", "done", "Ingrid Aavik"),
    ("collaboration.handed_in", "done", "Ingrid Aavik"),
    ("hit.judged", "done", "Maja Sandqvist"),
    ("partner.judged", "done", "Maja Sandqvist"),
    ("collaboration.prepared", "done", "Maja Sandqvist"),
    ("collaboration.lifted", "done", "Maja Sandqvist"),
    ("collaboration.steered", "done", "Rosalind Achter"),
    ("case.received", "done", "Tuomas Ek"),
    ("collaboration.asked", "done", "Tuomas Ek"),
    ("case.triaged", "done", "Johan Wiklund"),
    ("case.consulted", "done", "Johan Wiklund"),
    ("case.consulted", "done", "Johan Wiklund"),
    ("consultation.answered", "done", "Henrik Vall"),
    ("consultation.answered", "done", "Marit Åkerblom"),
    ("statement.drafted", "done", "Johan Wiklund"),
    ("case.answered", "refused", "Johan Wiklund"),
    ("case.answered", "done", "Margareta Thorn"),
    ("collaboration.decided", "done", "Åsa Hellgren"),
    ("collaboration.shared", "done", "Ingrid Aavik"),
    ("share.withdrawn", "done", "Ingrid Aavik"),
    ("event.registered", "done", "Ingrid Aavik"),
    ("item.shown", "done", "Nils Adler"),
    ("figures.published", "done", "Frances Moor"),
    ("case.anonymised", "refused", "Johan Wiklund"),
    ("page.drafted", "done", "Johan Wiklund"),
    ("change.proposed", "done", "Johan Wiklund"),
    ("case.anonymised", "done", "Johan Wiklund"),
    ("page.published", "done", "Nils Adler"),
    ("page.edited", "done", "Nils Adler"),
    ("change.decided", "done", "Nils Adler"),
    ("question.received", "done", ""),
    ("case.triaged", "done", "Johan Wiklund"),
    ("statement.drafted", "done", "Johan Wiklund"),
    ("case.answered", "done", "Johan Wiklund"),
]


def audit(first: int) -> None:
    """The trail is the expected one, and verifies."""
    from radrum.accounts.models import User
    from radrum.core import audit
    from radrum.core.actor import SYSTEM
    from radrum.core.models import Entry
    from radrum.core.scope import writing

    with step("the audit trail is the expected one, and verifies"), writing(SYSTEM):
        names = dict(User.objects.values_list("pk", "name"))
        rows = Entry.unguarded.filter(pk__gt=first).order_by("pk")
        entries = [(row.verb, row.outcome, names.get(row.person_id or 0, "")) for row in rows]
        trail = [  # an assessment is saved part by part
            entry
            for before, entry in zip([None, *entries], entries, strict=False)
            if entry != before or entry[0] != "collaboration.assessed"
        ]
        expect(trail == TRAIL, f"the trail is {trail}")
        audit.seal()
    with writing(SYSTEM):
        audit.export_head()
        expect(not audit.verify().problems, "the trail does not verify")


def tampered() -> None:
    """As the database's owner: change a byte, and cut the tail; each time the trail must not verify."""
    import psycopg

    from radrum.core import audit
    from radrum.core.actor import SYSTEM
    from radrum.core.scope import reading

    def problems() -> list[str]:
        with reading(SYSTEM):
            return audit.verify().problems

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        with step("a changed byte is noticed"):
            last = "(SELECT max(id) FROM core_entry)"
            owner.execute(f"UPDATE core_entry SET verb = 'X' || substr(verb, 2) WHERE id = {last}")  # noqa: S608
            expect(problems(), "a changed byte was not noticed")
        with step("a cut tail is noticed"):
            number = "(SELECT max(number) FROM core_seal)"
            before = f"COALESCE((SELECT last_id FROM core_seal WHERE number = {number} - 1), 0)"  # noqa: S608
            owner.execute(f"DELETE FROM core_entry WHERE id > {before}")  # noqa: S608
            owner.execute(f"DELETE FROM core_seal WHERE number = {number}")  # noqa: S608
            expect(problems(), "a cut tail was not noticed")


def mail(reference: str) -> None:
    """The worker has told the desk and the asker, by reference and without content."""
    from pathlib import Path

    from django.conf import settings

    with step("the worker has sent the mail, without content"):
        folder, wanted = Path(settings.DATA) / "mail", 3
        for _attempt in range(200):
            mails = [file.read_text() for file in folder.glob("*.log")] if folder.exists() else []
            ours = [mail for mail in mails if reference in mail]
            if len(ours) >= wanted:
                break
            time.sleep(0.1)
        expect(len(ours) >= wanted, f"{len(ours)} mails about {reference}")
        expect(not any("Hydrofoner" in mail or "institutet" in mail for mail in mails), "a mail has content")
