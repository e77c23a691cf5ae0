"""The net under `policy.py`: what the database itself shows, and lets the application change."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader

from radrum.accounts.models import Membership
from radrum.cases.consult import withdraw_consultation
from radrum.cases.models import Consultation
from radrum.core.actor import SYSTEM
from radrum.core.guarded import Event, Guarded
from radrum.core.rows import Protect
from radrum.core.scope import reading, writing
from tests import databases, factories
from tests.conftest import Act
from tests.core.filled import AGENCY, DESK, FJALLBY, fill, protected_tables, rows_in

# Tables without row policies, each with the reason why Python alone decides there.
OPEN = {
    "accounts_organisation": "public: the register of organisations",
    "guidance_edition": "public: the guidelines",
    "guidance_dimension": "public: the guidelines",
    "guidance_aspect": "public: the guidelines",
    "guidance_prompt": "public: the guidelines",
    "guidance_editionevent": "history of what is public",
    "guidance_aspectevent": "history of what is public",
    "guidance_promptevent": "history of what is public",
    "screening_listsource": "public: which lists there are",
    "screening_listversion": "public: how old they are",
    "screening_entry": "public: what stands in them",
    "screening_change": "public: what changed in them",
    "programme_publication": "public: figures as they were published; frozen by rights",
    "programme_figure": "public: figures as they were published; frozen by rights",
    "monitoring_news": "public: what an editor has told; never removed",
    "accounts_user": "read before anybody is known, to sign in; names and addresses, no roles",
    "account_emailaddress": "allauth reads it before anybody is known",
    "account_emailconfirmation": "allauth reads it before anybody is known; not used",
    "mfa_authenticator": "allauth reads it before anybody is known; secrets of second factors",
    "django_session": "read before anybody is known, by its secret key",
    "knowledge_home": "public, but for drafts: pages",
    "knowledge_knowledgepage": "public, but for drafts: pages",
    "knowledge_casestudy": "public, but for drafts: pages",
    "knowledge_faqentry": "public, but for drafts: pages",
    "knowledge_article": "public, but for drafts: pages",
    "knowledge_news": "public, but for drafts: pages",
    "taggit_tag": "Wagtail's own; holds nothing of ours",
    "taggit_taggeditem": "Wagtail's own; holds nothing of ours",
    "wagtailadmin_admin": "Wagtail's own; holds nothing of ours",
    "wagtailadmin_editingsession": "who is editing which page now",
    "wagtailadmin_formstate": "Wagtail's own; holds nothing of ours",
    "wagtailcore_apitoken": "Wagtail's own; holds nothing of ours",
    "wagtailcore_collection": "Wagtail's own; holds nothing of ours",
    "wagtailcore_collectionviewrestriction": "Wagtail's own; holds nothing of ours",
    "wagtailcore_collectionviewrestriction_groups": "Wagtail's own; holds nothing of ours",
    "wagtailcore_comment": "Wagtail's own; holds nothing of ours",
    "wagtailcore_commentreply": "Wagtail's own; holds nothing of ours",
    "wagtailcore_groupapprovaltask": "Wagtail's own; holds nothing of ours",
    "wagtailcore_groupapprovaltask_groups": "Wagtail's own; holds nothing of ours",
    "wagtailcore_groupcollectionpermission": "Wagtail's own; holds nothing of ours",
    "wagtailcore_grouppagepermission": "Wagtail's own; holds nothing of ours",
    "wagtailcore_groupsitepermission": "Wagtail's own; holds nothing of ours",
    "wagtailcore_locale": "Wagtail's own; holds nothing of ours",
    "wagtailcore_modellogentry": "Wagtail's own; holds nothing of ours",
    "wagtailcore_page": "Wagtail's tree, drafts too; a trigger guards what becomes public",
    "wagtailcore_pagelogentry": "who edited which page",
    "wagtailcore_pagesubscription": "Wagtail's own; holds nothing of ours",
    "wagtailcore_pageviewrestriction": "Wagtail's own; holds nothing of ours",
    "wagtailcore_pageviewrestriction_groups": "Wagtail's own; holds nothing of ours",
    "wagtailcore_referenceindex": "Wagtail's own; holds nothing of ours",
    "wagtailcore_revision": "Wagtail's drafts, behind knowledge/door.py",
    "wagtailcore_site": "Wagtail's own; holds nothing of ours",
    "wagtailcore_task": "Wagtail's own; holds nothing of ours",
    "wagtailcore_taskstate": "Wagtail's own; holds nothing of ours",
    "wagtailcore_uploadedfile": "Wagtail's own; holds nothing of ours",
    "wagtailcore_workflow": "Wagtail's own; holds nothing of ours",
    "wagtailcore_workflowcontenttype": "Wagtail's own; holds nothing of ours",
    "wagtailcore_workflowpage": "Wagtail's own; holds nothing of ours",
    "wagtailcore_workflowstate": "Wagtail's own; holds nothing of ours",
    "wagtailcore_workflowtask": "Wagtail's own; holds nothing of ours",
    "wagtailsearch_indexentry": "Wagtail's own; holds nothing of ours",
    "wagtailusers_userprofile": "an editor's language and theme",
    "auth_group": "not used: what people may do is said by their memberships",
    "auth_group_permissions": "not used",
    "auth_permission": "not used",
    "accounts_user_groups": "not used",
    "accounts_user_user_permissions": "not used",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "pghistory_context": "not used: the context stands in each row of history",
    "procrastinate_jobs": "the queue: ids, verbs and addresses until a mail has been sent",
    "procrastinate_events": "the queue",
    "procrastinate_workers": "the queue",
    "procrastinate_periodic_defers": "the queue",
}
VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE"}
CONFIDENTIAL = [model for model in apps.get_models() if issubclass(model, Guarded | Event)]
TRACKED = [
    model for model in CONFIDENTIAL if issubclass(model, Event) and "guidance" not in model._meta.db_table
]


def query(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def policies() -> dict[str, dict[str, tuple[str, str]]]:
    """By table and verb: the condition on rows that are there, and on rows that come."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for table, verb, roles, kind, using, check in query(
        "SELECT tablename, cmd, roles::text, permissive, coalesce(qual, ''), coalesce(with_check, '') "
        "FROM pg_policies WHERE schemaname = 'public'"
    ):
        assert (roles, kind, verb in found.get(table, {})) == ("{public}", "PERMISSIVE", False)
        found.setdefault(table, {})[verb] = (using, check)
    return found


# --- Which tables ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_table_is_protected_or_on_the_reviewed_list() -> None:
    everything = {name for (name,) in query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert everything - set(protected_tables()) == set(OPEN)


@pytest.mark.django_db
def test_every_confidential_model_is_protected() -> None:
    tables = {model._meta.db_table for model in CONFIDENTIAL}
    assert tables - set(OPEN) == set(protected_tables())
    assert {table for table in tables & set(OPEN) if not table.startswith("guidance_")} == set()


@pytest.mark.django_db
def test_every_protected_table_says_who_may_what_and_always_lets_the_system() -> None:
    found = policies()
    assert {table: set(verbs) for table, verbs in found.items()} == dict.fromkeys(protected_tables(), VERBS)
    conditions = [using or check for verbs in found.values() for using, check in verbs.values()]
    assert [condition for condition in conditions if not condition.startswith("(app_system() OR ")] == []


@pytest.mark.django_db
def test_nobody_but_the_system_removes_anything_but_drafts_and_partners() -> None:
    removable = {t for t, verbs in policies().items() if verbs["DELETE"] != ("(app_system() OR false)", "")}
    assert removable == {"accounts_draft", "collaborations_partner"}


# --- The role --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_tests_run_as_the_role_that_is_bound_by_it() -> None:
    columns = "rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
    rights = query(f"SELECT {columns} FROM pg_roles WHERE rolname = current_user")
    assert rights == [("radrum_app", False, False, False, False)]
    assert query("SELECT 1 FROM pg_tables WHERE tableowner = current_user") == []
    assert query("SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')") == [
        ("radrum_app",)
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "DROP POLICY cases_case_select ON cases_case",
        "CREATE POLICY everything ON cases_case USING (true)",
        "CREATE TABLE copied AS SELECT * FROM cases_case",
        "CREATE OR REPLACE FUNCTION app_system() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "TRUNCATE cases_case CASCADE",
        "SET SESSION AUTHORIZATION radrum_owner",
        "SET ROLE radrum_owner",
        "SET ROLE radrum_backup",
    ],
)
@pytest.mark.django_db
def test_the_application_cannot_take_the_net_away(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"), writing(SYSTEM):
        connection.cursor().execute(statement)


# --- History ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_history_is_seen_like_what_it_follows() -> None:
    found = policies()
    for model in TRACKED:
        events, table = model._meta.db_table, model.pgh_tracked_model._meta.db_table
        if table in {"cases_handling", "cases_consultation"}:
            continue  # an old row says `open` of a case that has been restricted since: the tests below
        seen = re.sub(rf"\b{events}\b", table, found[events]["SELECT"][0])
        assert (table, seen) == (table, found[table]["SELECT"][0])


@pytest.mark.django_db
def test_when_a_case_is_restricted_what_was_open_is_restricted_too(act: Act) -> None:
    one, other = (act(*DESK, "desk_officer", name=name) for name in ("Johan", "Sara"))
    asker = [act(*FJALLBY, role) for role in ("researcher", "adviser", "contact_point")]
    case = factories.triaged(factories.asked(*asker), one)
    handlings = apps.get_model("cases", "HandlingEvent")
    with reading(other):
        assert handlings.unguarded.count() == 1
    factories.triaged(case, one, access="restricted")
    with reading(one):
        assert handlings.unguarded.count() == 2
    with reading(other):
        assert handlings.unguarded.count() == 0


@pytest.mark.django_db
def test_what_an_agency_was_asked_is_gone_when_it_is_withdrawn(act: Act) -> None:
    officer, expert = act(*DESK, "desk_officer"), act(*AGENCY, "agency_expert")
    asker = [act(*FJALLBY, role) for role in ("researcher", "adviser", "contact_point")]
    asked = factories.consulted(factories.triaged(factories.asked(*asker), officer), officer, expert)
    consultations = apps.get_model("cases", "ConsultationEvent")
    with reading(expert):
        assert consultations.unguarded.count() == 1
    withdraw_consultation(officer, asked)
    with reading(expert):
        assert consultations.unguarded.count() == 0
    with reading(officer):
        assert consultations.unguarded.count() == 2


@pytest.mark.django_db
def test_an_expert_locks_the_consultation_and_cannot_change_it(act: Act) -> None:
    officer, expert = act(*DESK, "desk_officer"), act(*AGENCY, "agency_expert")
    asker = [act(*FJALLBY, role) for role in ("researcher", "adviser", "contact_point")]
    factories.consulted(factories.triaged(factories.asked(*asker), officer), officer, expert)
    with writing(expert):
        assert len(Consultation.unguarded.select_for_update(of=("self",))) == 1
    with pytest.raises(ProgrammingError, match="row-level security"), writing(expert):
        Consultation.unguarded.update(question="Ändrad")
    with writing(officer):
        assert Consultation.unguarded.update(question="Ändrad") == 1


@pytest.mark.django_db
def test_each_actor_sees_the_history_of_the_rows_they_see(act: Act) -> None:
    people = fill(act)
    for who, actor in people.items():
        with reading(actor):
            for model in TRACKED:
                rows = set(model.pgh_tracked_model.unguarded.values_list("pk", flat=True))
                of_rows = set(model.unguarded.values_list("pgh_obj_id", flat=True))
                # a partner that was taken away, an invitation before it was sent …: never more than one sees
                assert (who, model.__name__, of_rows - rows) == (who, model.__name__, set())
                assert (who, model.__name__, rows - of_rows) == (who, model.__name__, set())


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_the_application_cannot_rewrite_history(model: Any) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), writing(SYSTEM):
        model.unguarded.update(pgh_label="never")


@pytest.mark.django_db
def test_nobody_removes_history(act: Act) -> None:
    people = fill(act)
    tables = [model._meta.db_table for model in TRACKED]
    before = {table: rows_in(table) for table in tables}
    assert [table for table in tables if not before[table]] == []
    for actor in people.values():
        with writing(actor), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
    assert {table: rows_in(table) for table in tables} == before


# --- Without the filter in Python ------------------------------------------------------------------


SJOBY = ("Sjöby högskola", "institution")
OWN = {"accounts_membership", "accounts_membershipevent"}
MEETINGS = {  # for companies, so that of all these only arrangers see them
    "community_event",
    "community_eventevent",
    "community_door",
    "community_registration",
    "community_registrationevent",
}
WATCHED = {"monitoring_source", "monitoring_item", "monitoring_itemevent"}
AT_HOME = {
    "accounts_substitution",
    "accounts_substitutionevent",
    *OWN,
}  # who is away, for all at the organisation
PROPOSED = {"guidance_changeproposal", "guidance_changeproposalevent"}  # for the office and the council


@pytest.mark.parametrize(
    ("organisation", "roles", "tables"),
    [
        (SJOBY, ("adviser", "decision_maker", "steering", "researcher"), OWN),
        (SJOBY, ("contact_point",), OWN),
        (SJOBY, ("organisation_admin",), OWN),
        (("Övningsmyndigheten", "security_agency"), ("agency_expert",), OWN),
        (("Vetenskapsfonden Nord", "funder"), ("funder_officer",), OWN),
        (FJALLBY, ("council",), AT_HOME | PROPOSED),
        (DESK, ("system_admin", "evaluator"), OWN),
        (DESK, ("editor",), OWN | MEETINGS | WATCHED | PROPOSED),
    ],
    ids=lambda given: "-".join(sorted(given)),
)
@pytest.mark.django_db
def test_without_any_filter_in_python_foreign_rows_stay_away(
    act: Act, organisation: tuple[str, str], roles: tuple[str, ...], tables: set[str]
) -> None:
    """Whole tables are counted, as if every rule of `policy.py` were "everything"."""
    fill(act)
    assert [table for table in protected_tables() if not rows_in(table)] == []
    other = act(*organisation, *roles, name="other")
    with reading(other):
        assert {table for table in protected_tables() if rows_in(table)} == tables


@pytest.mark.django_db
def test_what_an_actor_adds_must_be_something_they_may_add(act: Act) -> None:
    researcher = act(*FJALLBY, "researcher")
    row = {
        "person_id": researcher.user_id,
        "organisation_id": researcher.organisation_id,
        "role": "decision_maker",
    }
    with pytest.raises(ProgrammingError, match="row-level security"), writing(researcher):
        Membership.unguarded.create(**row)
    administrator = act(*FJALLBY, "organisation_admin")
    with writing(administrator):
        Membership.unguarded.create(**row)
    with pytest.raises(ProgrammingError, match="row-level security"), writing(administrator):
        Membership.unguarded.create(**{**row, "organisation_id": 1})


# --- As a migration --------------------------------------------------------------------------------


def test_protect_says_how_it_was_written() -> None:
    written = Protect("cases_case", see="a", add="b", change="c", remove="d", lock="e")
    name, positional, named = written.deconstruct()
    again = Protect(*positional, **named)
    assert (name, again.sql, again.reverse_sql) == ("Protect", written.sql, written.reverse_sql)


def test_add_and_change_are_as_see_and_nobody_removes_unless_it_says_so() -> None:
    assert Protect("t", see="s").sql == Protect("t", see="s", add="s", change="s", remove="false").sql


@pytest.fixture
def as_owner(committed: str) -> Iterator[None]:
    databases.connect_to(committed, owner=True)
    yield
    databases.connect_to(committed)


def test_the_migrations_of_rows_can_be_undone_and_done_again(as_owner: None) -> None:
    before = policies()
    latest = MigrationLoader(connection).graph.leaf_nodes()
    packages = ("collaborations", "cases", "community", "monitoring", "screening", "guidance", "accounts")
    for package in packages:
        call_command("migrate", package, "0001", verbosity=0)
    assert set(policies()) == {"core_entry", "core_seal"}
    for package, name in latest:
        if package in packages:
            call_command("migrate", package, name, verbosity=0)
    assert policies() == before
