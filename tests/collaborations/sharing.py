"""What the tests of sharing share: the people, a plan of recognisable words, and ways to look everywhere."""

from typing import Any

from django.db import connection
from django.urls import reverse

from radrum.collaborations.models import Collaboration, Share, SharedCopy
from radrum.collaborations.policy import visible_copies
from radrum.collaborations.share import share
from radrum.core.actor import Actor
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

FIELDS = ("title", "summary", "worth_doing", "field", "funding")
UNIQUE = {name: f"ord-{name}-slut" for name in FIELDS}
NUMBER = "811218-9876"  # well-formed, and nobody's
THIRD = ("Norrby högskola", "institution")


def people(act: Act) -> dict[str, Actor]:
    """Everyone at home, at the one they share with, at a third place, and at the national function."""
    names = ("owner", "colleague", "adviser", "steering", "contact", "decider", "admin")
    theirs = (
        "their researcher",
        "their adviser",
        "their steering",
        "their contact",
        "their decider",
        "their admin",
    )
    people = cast(act, *names, *theirs, "officer", "lead", "expert", "funder", "evaluator")
    roles = ("adviser", "contact_point", "decision_maker", "steering", "organisation_admin")
    return {**people, "third": act(*THIRD, *roles, name="third")}


def marked_plan(who: dict[str, Actor]) -> Collaboration:
    """A prepared plan whose every text can be recognised."""
    return factories.prepared(
        who["owner"], who["adviser"], partners=[("ord-partner-slut", "Serranien")], **UNIQUE
    )


def give(actor: Actor, plan: Collaboration, to: Actor, *chosen: str, **more: Any) -> Share:
    given = {"audience": "advisers", "subject": "ord-ämne-slut", "message": "ord-hälsning-slut", **more}
    return share(actor, plan, recipient=to.organisation, chosen=list(chosen or ["plan.summary"]), **given)


def rows(actor: Actor) -> list[int]:
    """What the actor's list holds."""
    with reading(actor):
        return list(visible_copies(actor).values_list("pk", flat=True))


def in_the_database(actor: Actor) -> tuple[int, int]:
    """What the database shows, with no filter at all: copies, and shares with their history."""
    with reading(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM collaborations_sharedcopy), (SELECT count(*) FROM collaborations_share)"
            " + (SELECT count(*) FROM collaborations_shareevent)"
        )
        return cursor.fetchone()  # type: ignore[no-any-return]


def page_of(actor: Actor, shared: Share) -> Any:
    copy = SharedCopy.unguarded.get(share=shared)
    return signed_in(actor).get(reverse("collaborations:copy", args=[copy.pk]))


def everything_stored() -> str:
    """Everything the database holds outside the plan's own tables: copies, shares, history, jobs, drafts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(t, '|') FROM (SELECT c::text t FROM collaborations_sharedcopy c UNION ALL "
            "SELECT s::text FROM collaborations_share s UNION ALL SELECT e::text FROM collaborations_shareevent e "
            "UNION ALL SELECT j::text FROM procrastinate_jobs j UNION ALL SELECT d::text FROM accounts_draft d) x"
        )
        return str(cursor.fetchone()[0])
