"""Row-level security alone: with the policies' filters replaced by "everything", foreign rows stay out."""

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client

from radrum.accounts import policy as people_policy
from radrum.accounts.keep import keep
from radrum.accounts.models import Draft, Invitation, Membership, Substitution
from radrum.cases import policy as desk_policy
from radrum.cases.models import Case, Dossier, Handling, Statement
from radrum.collaborations import policy as plan_policy
from radrum.collaborations.models import (
    Advice,
    Answer,
    Assessment,
    Collaboration,
    Decision,
    Enquiry,
    Hit,
    Partner,
    PartnerVerdict,
    Screening,
)
from radrum.core.actor import STRANGER, Actor
from radrum.core.models import Entry, Seal
from radrum.core.scope import reading, writing
from tests import factories
from tests.conftest import Act

FJALLBY, SJOBY = ("Fjällby universitet", "institution"), ("Sjöby högskola", "institution")
DESK, AGENCY = ("Nationella funktionen", "national"), ("Övningsmyndigheten", "security_agency")
PLAN = [Collaboration, Partner, Assessment, Answer, Advice, Enquiry, Decision]
PLAN += [Screening, Hit, PartnerVerdict]
CASE = [Case, Dossier, Statement]
DESK_ONLY = [Handling]

Rows = dict[type, int]


@pytest.fixture
def filled(act: Act) -> dict[str, Any]:
    """A plan that has gone the whole way, and one of everything else."""
    who = {role: act(*FJALLBY, role) for role in ("researcher", "adviser", "contact_point", "decision_maker")}
    officer, lead = act(*DESK, "desk_officer", name="Handläggare"), act(*DESK, "desk_lead")
    case = factories.asked(who["researcher"], who["adviser"], who["contact_point"])
    factories.answered(factories.triaged(case, officer), officer)
    plan = factories.decided(factories.plan_of(case), who["decision_maker"])
    factories.judged(who["researcher"], plan)
    secret = factories.asked(who["researcher"], who["adviser"], who["contact_point"], title="Begränsad")
    factories.triaged(secret, officer, access="restricted")
    keep(who["researcher"], "describe:1", "title=Utkast")
    return {**who, "officer": officer, "lead": lead, "plan": plan, "case": case, "secret": secret}


def _counts(actor: Actor, models: list[type]) -> Rows:
    """How many rows of each model the database shows to the actor, with no filter at all."""
    with reading(actor):
        return {model: model.unguarded.count() for model in models}  # type: ignore[attr-defined]


def _history(models: list[type]) -> list[type]:
    """The models of their history."""
    return [apps.get_model(model._meta.app_label, f"{model.__name__}Event") for model in models]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_those_who_may_see_rows_see_them_without_a_filter(act: Act, filled: dict[str, Any]) -> None:
    assert all(_counts(filled["researcher"], [*PLAN, *CASE]).values())
    assert all(_counts(filled["officer"], [*CASE, *DESK_ONLY]).values())
    assert all(_counts(filled["researcher"], _history([*PLAN, *CASE])).values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("organisation", "kind", "role"),
    [
        (*SJOBY, "researcher"),
        (*SJOBY, "contact_point"),
        (*SJOBY, "adviser"),
        (*SJOBY, "decision_maker"),
        (*SJOBY, "organisation_admin"),
        (*AGENCY, "agency_expert"),
        ("Vetenskapsfonden Nord", "funder", "funder_officer"),
        (*DESK, "editor"),
        (*DESK, "evaluator"),
        (*FJALLBY, "organisation_admin"),
    ],
)
def test_others_see_no_row_even_without_a_filter(
    act: Act, filled: dict[str, Any], organisation: str, kind: str, role: str
) -> None:
    other = act(organisation, kind, role)
    models = [*PLAN, *CASE, *DESK_ONLY]
    assert set(_counts(other, models).values()) == {0}
    assert set(_counts(other, _history(models)).values()) == {0}


@pytest.mark.django_db
def test_a_colleague_sees_no_plan_and_the_desk_no_plan_at_all(act: Act, filled: dict[str, Any]) -> None:
    factories.plan(filled["researcher"], title="Inte inlämnad")
    colleague = act(*FJALLBY, "researcher", name="Kollega")
    assert set(_counts(colleague, [*PLAN, *CASE, *DESK_ONLY]).values()) == {0}
    assert set(_counts(filled["officer"], PLAN).values()) == {0}
    with reading(filled["adviser"]):
        assert not Collaboration.unguarded.filter(title="Inte inlämnad").exists()


@pytest.mark.django_db
def test_a_restricted_case_is_its_officers_and_the_leads(act: Act, filled: dict[str, Any]) -> None:
    other = act(*DESK, "desk_officer", name="Annan")
    seen = {}
    for name, actor in (("officer", filled["officer"]), ("lead", filled["lead"]), ("other", other)):
        with reading(actor):
            seen[name] = (
                Case.unguarded.filter(pk=filled["secret"].pk).count(),
                Handling.unguarded.filter(case_id=filled["secret"].pk).count(),
                Dossier.unguarded.filter(case_id=filled["secret"].pk).count(),
            )
    assert seen == {"officer": (1, 1, 1), "lead": (1, 1, 1), "other": (0, 0, 0)}


@pytest.mark.django_db
def test_nothing_set_means_no_rows(filled: dict[str, Any]) -> None:
    models = [*PLAN, *CASE, *DESK_ONLY, Membership, Invitation, Substitution, Draft, Entry, Seal]
    assert set(_counts(STRANGER, models).values()) == {0}


@pytest.mark.django_db
def test_a_draft_is_its_authors_alone(act: Act, filled: dict[str, Any]) -> None:
    colleague = act(*FJALLBY, "adviser", name="Kollega")
    assert (_counts(filled["researcher"], [Draft]), _counts(colleague, [Draft])) == ({Draft: 1}, {Draft: 0})


@pytest.mark.django_db
def test_foreign_rows_are_neither_changed_removed_nor_added(act: Act, filled: dict[str, Any]) -> None:
    stranger = act(*SJOBY, "contact_point")
    plan, case = filled["plan"], filled["case"]
    with writing(stranger):
        assert Collaboration.unguarded.filter(pk=plan.pk).update(title="Stulen") == 0
        assert Case.unguarded.filter(pk=case.pk).update(subject="Stulen") == 0
        assert Statement.unguarded.filter(case=case).update(text="Stulet") == 0
        assert Partner.unguarded.filter(collaboration=plan).delete() == (0, {})
    intruders = [
        lambda: Partner.unguarded.create(collaboration=plan, name="Inplanterad", country="Serranien"),
        lambda: Advice.unguarded.create(collaboration=plan, adviser_id=stranger.user_id, text="Inplanterat"),
        lambda: Statement.unguarded.create(case=case, text="Inplanterat", signed_by_id=stranger.user_id),
        lambda: Handling.unguarded.create(
            case=case, officer_id=stranger.user_id, triaged_by_id=stranger.user_id, access="open"
        ),
    ]
    for intrude in intruders:
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            writing(stranger),
        ):
            intrude()


@pytest.mark.django_db
def test_the_asker_cannot_change_the_case_or_its_dossier(filled: dict[str, Any]) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), writing(filled["contact_point"]):
        Case.unguarded.filter(pk=filled["case"].pk).update(question="Ångrad")  # may be locked, not changed
    with writing(filled["adviser"]):
        assert Case.unguarded.filter(pk=filled["case"].pk).update(question="Ångrad") == 0
    with writing(filled["contact_point"]):
        assert Dossier.unguarded.filter(case=filled["case"]).update(left_out=0) == 0
        assert Case.unguarded.filter(pk=filled["case"].pk)._raw_delete("default") == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("_relaxed")
def test_pages_with_the_filters_off(
    act: Act, client: Client, monkeypatch: pytest.MonkeyPatch, filled: dict[str, Any]
) -> None:
    """Every `visible_…` says "everything": pages still answer not found, lists are still empty."""
    _switch_off(monkeypatch)
    stranger = act(*SJOBY, "contact_point", "adviser", "decision_maker", name="Alla roller")
    client.force_login(stranger.user)
    plan, case = filled["plan"].pk, filled["case"].pk
    pages = [f"/collaborations/{plan}/", f"/collaborations/{plan}/describe/", f"/collaborations/{plan}/ask/"]
    pages += [
        f"/collaborations/{plan}/decide/",
        f"/desk/{case}/",
        f"/desk/{case}/answer/",
        f"/desk/{case}/triage/",
    ]
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    for page in ("/collaborations/", "/room/"):
        text = client.get(page).content.decode()
        assert ("Snö som vattenresurs" in text, "Sensordata" in text) == (False, False)
    client.force_login(filled["researcher"].user)
    assert client.get(f"/collaborations/{plan}/").status_code == 200


def _switch_off(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = {
        (plan_policy, "visible_collaborations"): Collaboration,
        (desk_policy, "visible_cases"): Case,
        (plan_policy, "visible_cases"): Case,
        (desk_policy, "visible_handlings"): Handling,
        (people_policy, "visible_memberships"): Membership,
        (people_policy, "visible_invitations"): Invitation,
    }
    for (module, name), model in everything.items():
        monkeypatch.setattr(module, name, lambda actor, model=model: model.unguarded.all())
