"""What an operation costs beside the same rows written in a plain transaction."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from bench import people
from bench.timing import compare
from radrum import story
from radrum.collaborations.describe import begin
from radrum.collaborations.models import Collaboration, Partner
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing

FIELDS = {"title": "Bänk", "kind": "research", "phase": "planned", "summary": "Mäta.", "worth_doing": "Veta."}


def measure() -> Iterator[dict[str, Any]]:
    """A plan with one partner, as an operation and as two plain inserts."""
    people.tell()
    actor = story.actor("researcher@fjallby.example", "fjallby")

    def plainly() -> None:
        with writing(SYSTEM), transaction.atomic():
            made = Collaboration.unguarded.create(
                organisation_id=actor.organisation_id,
                owner_id=actor.user_id,
                changed_by_id=actor.user_id,
                **FIELDS,
            )
            Partner.unguarded.create(collaboration=made, name="Velgrad", country="Serranien")

    yield compare(
        "operations.begin",
        lambda: begin(actor, partners=[("Velgrad", "Serranien")], **FIELDS),
        "the same two rows in a plain transaction",
        plainly,
    )
