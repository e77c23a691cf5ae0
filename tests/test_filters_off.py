"""With every rule of `policy.py` replaced by "everything", the database alone keeps foreign rows out.

Whole tables as each actor are in `test_isolation.py` and `core/test_rows.py`; here every page is asked.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model
from django.urls import reverse

from radrum.accounts import policy as people_policy
from radrum.accounts.models import Draft, Invitation, Membership, Substitution
from radrum.cases import policy as desk_policy
from radrum.cases.models import (
    Attachment,
    Case,
    Consultation,
    Enquirer,
    Handling,
    Lesson,
    StatementDraft,
    Topics,
)
from radrum.collaborations import policy as plan_policy
from radrum.collaborations.models import (
    Agreement,
    Collaboration,
    ListAlert,
    Partner,
    Screening,
    Share,
    SharedCopy,
)
from radrum.community import policy as meeting_policy
from radrum.community.models import Door, Event, Registration
from radrum.core.actor import Actor
from radrum.core.guarded import Event as History
from radrum.core.guarded import Guarded
from radrum.core.models import Entry
from radrum.core.scope import reading, writing
from radrum.monitoring import policy as watch_policy
from radrum.monitoring.models import Item, Source
from tests import factories
from tests.cast import CAST, cast, everything, signed_in
from tests.conftest import Act
from tests.core.filled import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]

RULES: dict[Callable[..., Any], type[Any]] = {
    people_policy.visible_memberships: Membership,
    people_policy.visible_substitutions: Substitution,
    people_policy.visible_invitations: Invitation,
    people_policy.visible_drafts: Draft,
    desk_policy.visible_cases: Case,
    desk_policy.visible_handlings: Handling,
    desk_policy.visible_consultations: Consultation,
    desk_policy.visible_drafts: StatementDraft,
    desk_policy.visible_topics: Topics,
    desk_policy.visible_lessons: Lesson,
    meeting_policy.visible_events: Event,
    meeting_policy.visible_registrations: Registration,
    meeting_policy.visible_doors: Door,
    watch_policy.visible_sources: Source,
    watch_policy.visible_items: Item,
    desk_policy.visible_attachments: Attachment,
    desk_policy.visible_enquirers: Enquirer,
    plan_policy.visible_collaborations: Collaboration,
    plan_policy.visible_agreements: Agreement,
    plan_policy.visible_shares: Share,
    plan_policy.visible_copies: SharedCopy,
    plan_policy.visible_partners: Partner,
    plan_policy.visible_screenings: Screening,
    plan_policy.visible_alerts: ListAlert,
}
FOREIGN = (
    "their contact",
    "their adviser",
    "their decider",
    "their admin",
    "colleague",
    "expert",
    "funder",
    "evaluator",
)


@pytest.fixture
def no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each `visible_…` gives every row, wherever it has been imported, and each `may_…` says yes."""
    modules = [module for name, module in sys.modules.items() if name.startswith("radrum.")]
    for rule, model in RULES.items():
        for module in [module for module in modules if getattr(module, rule.__name__, None) is rule]:
            monkeypatch.setattr(module, rule.__name__, lambda actor, model=model: model.unguarded.all())
    for policy in (desk_policy, plan_policy):
        for name in [name for name in vars(policy) if name.startswith(("may_", "is_desk"))]:
            monkeypatch.setattr(policy, name, lambda *_given: True)


@pytest.fixture
def pages(act: Act) -> dict[str, str]:
    """A plan and its open case, a plan and its case restricted to an officer, and a plan not handed in."""
    who = cast(act, "owner", "adviser", "contact", "officer", "admin")
    opened, restricted = (factories.asked(who["owner"], who["adviser"], who["contact"]) for _n in range(2))
    factories.triaged(opened, who["officer"])
    factories.triaged(restricted, who["officer"], access="restricted")
    draft = factories.plan(who["owner"])
    keys = {
        "plan": factories.plan_of(opened).pk,
        "draft": draft.pk,
        "case": opened.pk,
        "restricted": restricted.pk,
    }
    hit = factories.judged(who["owner"], factories.plan_of(opened)).hit
    partner = hit.screening.collaboration.partners.get().pk
    plan_steps = (
        "plan",
        "describe",
        "assess",
        "hand_in",
        "prepare",
        "lift",
        "ask",
        "decide",
        "review",
        "move",
        "share",
        "pass_on",
    )
    return {
        "plan partner": reverse("collaborations:partner", args=[keys["plan"], partner]),
        "plan partner who": reverse("collaborations:partner_who", args=[keys["plan"], partner]),
        "plan partner hit": reverse("collaborations:partner_hit", args=[keys["plan"], partner, hit.pk]),
        **{
            f"{of} {step}": reverse(f"collaborations:{step}", args=[keys[of]])
            for of in ("plan", "draft")
            for step in plan_steps
        },
        **{
            f"{of} {step}": reverse(f"cases:{step}", args=[keys[of]])
            for of in ("case", "restricted")
            for step in ("case", "triage", "answer")
        },
    }


def test_there_is_no_rule_that_is_not_replaced() -> None:
    policies = (people_policy, desk_policy, plan_policy, meeting_policy, watch_policy)
    named = {
        f"{policy.__name__}.{name}"
        for policy in policies
        for name in vars(policy)
        if name.startswith("visible_")
    }
    public = {"radrum.monitoring.policy.visible_news"}
    imported = {"radrum.collaborations.policy.visible_cases", "radrum.accounts.policy.visible_people"}
    assert named == {f"{rule.__module__}.{rule.__name__}" for rule in RULES} | imported | public


@pytest.mark.usefixtures("no_rules")
def test_the_pages_do_open_for_those_whom_the_database_lets(act: Act, pages: dict[str, str]) -> None:
    """Otherwise what follows would say nothing: the rules really are away."""
    who = cast(act, "contact", "lead")
    contact, lead = signed_in(who["contact"]), signed_in(who["lead"])
    assert [contact.get(pages[page]).status_code for page in ("plan plan", "plan decide", "case answer")] == [
        200
    ] * 3
    assert [lead.get(pages[page]).status_code for page in ("case triage", "restricted answer")] == [200] * 2


@pytest.mark.usefixtures("no_rules")
@pytest.mark.parametrize("name", [*FOREIGN, "other officer"])
def test_no_page_shows_a_foreign_row(act: Act, pages: dict[str, str], name: str) -> None:
    browser = signed_in(cast(act, name)[name])
    found = {page: browser.get(address).status_code for page, address in pages.items()}
    desk = name == "other officer"
    assert found == {page: 200 if desk and page.startswith("case ") else 404 for page in pages}
    if not desk:
        before = Entry.unguarded.count()
        sent = {page: browser.post(address, {"text": "x"}).status_code for page, address in pages.items()}
        assert (sent, Entry.unguarded.count()) == (dict.fromkeys(pages, 404), before)


@pytest.mark.usefixtures("no_rules", "pages")
@pytest.mark.parametrize("name", FOREIGN)
def test_no_list_holds_or_counts_a_foreign_row(act: Act, name: str) -> None:
    browser = signed_in(cast(act, name)[name])
    lists = {
        page: browser.get(reverse(page)).context
        for page in (
            "collaborations:list",
            "collaborations:shared",
            "collaborations:agreements",
            "cases:queue",
            "cases:closed",
        )
    }
    assert {page: context["rows"] for page, context in lists.items()} == {key: [] for key in lists}
    assert set(lists["cases:queue"]["counts"].values()) == {0}
    room = browser.get(reverse("room")).context
    assert (room["waiting"], [row for section in room["sections"] for row in section["rows"]]) == ([], [])
    assert browser.get(reverse("ask")).context["ready"] == []


@pytest.mark.usefixtures("no_rules", "pages")
def test_a_case_restricted_to_others_is_away_for_an_officer(act: Act) -> None:
    browser = signed_in(cast(act, "other officer")["other officer"])
    queue = browser.get(reverse("cases:queue")).context
    assert (len(queue["rows"]), queue["counts"]["open"]) == (1, 1)
    assert len(browser.get(reverse("room")).context["waiting"]) == 0  # the open one has an officer


@pytest.mark.usefixtures("no_rules")
def test_people_invitations_and_drafts_of_others_are_away(act: Act) -> None:
    fill(act)
    theirs = cast(act, "their admin")["their admin"]
    page = signed_in(theirs).get(reverse("accounts:people")).context
    assert ([person["email"] for person in page["people"]], page["invited"]) == ([theirs.user.email], [])
    colleague = cast(act, "colleague")["colleague"]
    assert signed_in(colleague).get("/collaborations/new/").context["form"].kept_at is None
    with reading(colleague):
        assert list(people_policy.visible_drafts(colleague)) == []


# --- Writing ----------------------------------------------------------------------------------------


def _protected() -> list[Any]:
    """Every confidential model, its history included; the guidelines and their history are public."""
    models = [model for model in apps.get_models() if issubclass(model, (Guarded, History))]
    models = [model for model in models if model._meta.app_label != "guidance"]
    return sorted(models, key=lambda model: model._meta.db_table)


def _tries(work: Callable[[], int]) -> int:
    """How many rows it changed; none when the database refuses."""
    try:
        with transaction.atomic():
            return int(work())
    except DatabaseError:
        return 0


def _insert(row: Model) -> int:
    """A copy of the row, with a key of its own where it must have one."""
    table, columns = row._meta.db_table, {field.column: field for field in row._meta.concrete_fields}
    made = row._meta.pk.column
    values = {name: getattr(row, field.attname) for name, field in columns.items()}
    if row._meta.pk.get_internal_type() == "BigAutoField" or made == "pgh_id":
        values.pop(made)
    else:
        values[made] += 1000
    prepared = [columns[name].get_db_prep_save(value, connection) for name, value in values.items()]
    names, places = ", ".join(f'"{name}"' for name in values), ", ".join("%s" for _value in values)
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', prepared)
        return cursor.rowcount


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_foreign_is_changed_added_or_removed(act: Act, name: str) -> None:
    """Straight through the ORM, past every rule and step, on every protected table."""
    fill(act)
    actor: Actor = cast(act, name)[name]
    rows = {model: model.unguarded.exclude(**_own(model, actor)).first() for model in _protected()}
    assert [model.__name__ for model, row in rows.items() if row is None] == []
    before = everything()
    done = {}
    for model, row in rows.items():
        field = next(field.name for field in model._meta.concrete_fields if not field.primary_key)
        same, key = model.unguarded.filter(pk=row.pk), F(field)
        with writing(actor):
            done[model.__name__] = (
                _tries(lambda same=same, field=field, key=key: same.update(**{field: key})),
                _tries(lambda row=row: _insert(row)),
                _tries(lambda same=same: same._raw_delete("default")),
            )
    assert done == {model.__name__: (0, 0, 0) for model in rows}
    assert everything() == before


def _own(model: Any, actor: Actor) -> dict[str, Any]:
    """What the actor has of their own in the table: their membership, and its history."""
    return {"person_id": actor.user_id} if model.__name__.startswith("Membership") else {}


def test_the_same_tries_succeed_for_whoever_may(act: Act) -> None:
    """So that a try that fails does not fail for another reason."""
    who = fill(act)
    plan = Collaboration.unguarded.get()
    with writing(who["researcher"]):
        assert _tries(lambda: Collaboration.unguarded.filter(pk=plan.pk).update(title=F("title"))) == 1
        assert _tries(lambda: _insert(plan)) == 1
        assert _tries(lambda: plan.partners.all().delete()[1]["collaborations.Partner"]) == 1
    assert len(CAST) > len(FOREIGN)
