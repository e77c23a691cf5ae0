"""Answers to the first set of prompts move to attributes and an instrument, with their history, and back again."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from radrum.accounts.models import Organisation, User
from radrum.collaborations.models import Answer, Assessment, Collaboration, Partner
from tests import databases

MIGRATION = importlib.import_module("radrum.collaborations.migrations.0008_instrument")
OLD = [
    # key, value, text
    ("benefit-gain", "", "Tätare mätningar."),
    ("unpublished", "yes", "Rådata."),
    ("export-control", "unsure", ""),
    ("partner-known", "no", "Bara en källa."),
    ("home-routine", "", ""),
    ("something-else", "yes", "Ur en annan utgåva."),
]


@pytest.fixture
def as_owner(committed: str) -> Iterator[None]:
    databases.connect_to(committed, owner=True)
    yield
    databases.connect_to(committed)


def _sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _plan() -> Collaboration:
    """A plan with two partners."""
    person = User.objects.create_user("ingrid@fjallby.example", name="Ingrid")
    where = Organisation.objects.filter(kind="institution").first()
    by = {"owner": person, "described_by": person, "changed_by": person}
    plan = Collaboration.unguarded.create(organisation=where, title="Snö", summary="S", worth_doing="N", **by)
    for order, name in enumerate(("Velgrads tekniska universitet", "Harviks Cellverk")):
        Partner.unguarded.create(collaboration=plan, name=name, country="Serranien", order=order)
    return plan


def _answer_the_first_set(plan: Collaboration) -> None:
    """As the tables were before: an assessment of an edition, answers to prompts."""
    ((edition,),) = _sql("SELECT id FROM guidance_edition")
    with connection.cursor() as cursor:
        MIGRATION._prompts(cursor, edition)
    columns = [
        name
        for (name,) in _sql(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'guidance_prompt'"
        )
    ]
    others = ", ".join(f'"{name}"' for name in columns if name not in {"id", "key"})
    _sql(
        f"INSERT INTO guidance_prompt (key, {others}) SELECT 'something-else', {others} FROM guidance_prompt WHERE key = 'unpublished'"
    )
    ((assessment,),) = _sql(
        "INSERT INTO collaborations_assessment (collaboration_id, edition_id, started_at, changed_at, changed_by_id, version) "
        "VALUES (%s, %s, now(), now(), %s, 3) RETURNING id",
        plan.pk,
        edition,
        plan.owner_id,
    )
    for key, value, text in OLD:
        _sql(
            "INSERT INTO collaborations_answer (assessment_id, prompt_id, value, text) "
            "SELECT %s, id, %s, %s FROM guidance_prompt WHERE key = %s",
            assessment,
            value,
            text,
            key,
        )


def _old_answers() -> list[tuple[str, str, str]]:
    return _sql(
        "SELECT p.key, a.value, a.text FROM collaborations_answer a JOIN guidance_prompt p ON p.id = a.prompt_id "
        "ORDER BY a.id"
    )


def _nothing_loaded() -> None:
    _sql("ALTER TABLE guidance_instrument DISABLE TRIGGER USER")
    _sql("DELETE FROM guidance_instrument")
    _sql("DELETE FROM guidance_vocabulary")
    _sql("ALTER TABLE guidance_instrument ENABLE TRIGGER USER")


def _to(collaborations: str, guidance: str) -> None:
    for package, name in (("collaborations", collaborations), ("guidance", guidance)):
        call_command("migrate", package, name, verbosity=0)


@pytest.mark.parametrize("loaded", [True, False])
def test_answers_move_and_come_back(as_owner: None, *, loaded: bool) -> None:
    call_command("migrate", "collaborations", "0007", verbosity=0)
    plan = _plan()
    _answer_the_first_set(plan)
    before, events = _old_answers(), _sql("SELECT count(*) FROM collaborations_answerevent")
    assert before == OLD
    if not loaded:
        _nothing_loaded()

    _to("0008", "0005")
    first, second = plan.partners.values_list("pk", flat=True)
    found = {
        (row.attribute, row.partner_id): (row.chosen, row.text, row.saved_in)
        for row in Answer.unguarded.all()
    }
    assert found == {
        ("plan.benefit", None): ([], "Tätare mätningar.", 3),
        ("plan.unpublished", None): (["yes"], "Rådata.", 3),
        ("export.controlled", None): (["unsure"], "", 3),
        ("partner.known", first): (["no"], "Bara en källa.", 3),
        ("partner.known", second): (["no"], "Bara en källa.", 3),
        ("plan.home_review", None): ([], "", 3),
        ("earlier.something_else", None): (["yes"], "Ur en annan utgåva.", 3),
    }
    pinned = Assessment.unguarded.get().instrument
    assert (pinned.key, pinned.status, pinned.edition.key) == (
        "01-research-cooperation",
        "in_force",
        "2026-r1",
    )
    assert _sql("SELECT count(*) FROM collaborations_answerevent") == events
    history = _sql(
        "SELECT attribute, chosen::text, partner_id FROM collaborations_answerevent ORDER BY pgh_id"
    )
    assert history[1] == ("plan.unpublished", '["yes"]', None)
    assert history[3] == ("partner.known", '["no"]', None)
    call_command("load_content", verbosity=0)  # what the migration made is what the loader finds
    assert Assessment.unguarded.get().instrument == pinned

    _to("0007", "0004")
    assert sorted(_old_answers()) == sorted(row for row in OLD if row[0] != "something-else")
    assert _sql("SELECT count(*) FROM collaborations_assessment WHERE edition_id IS NOT NULL") == [(1,)]
    _to("0008", "0005")
    assert Answer.unguarded.filter(attribute="partner.known").count() == 2
