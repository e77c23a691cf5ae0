"""A confidential model is closed: rows come from `policy`, or from a row one already has."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.shortcuts import get_list_or_404, get_object_or_404

from radrum.accounts.models import Membership, Organisation
from radrum.cases.models import Case
from radrum.collaborations.models import Collaboration, Partner
from radrum.core.guarded import Closed, Event, Guarded, NotThroughPolicy
from tests import factories
from tests.conftest import Act

FJALLBY = ("Fjällby universitet", "institution")
CLOSED = [model for model in apps.get_models() if issubclass(model, Guarded | Event)]


def test_there_is_something_to_close() -> None:
    assert (len(CLOSED) > 30, Case in CLOSED, Organisation in CLOSED) == (True, True, False)


@pytest.mark.parametrize("model", CLOSED, ids=lambda model: model.__name__)
def test_a_confidential_model_has_only_a_closed_manager_and_unguarded(model: Any) -> None:
    named = {manager.name: getattr(model, manager.name) for manager in model._meta.managers}
    managers = {name: type(manager) for name, manager in named.items() if manager is not None}
    assert (sorted(managers), managers["closed"]) == (["closed", "unguarded"], Closed)
    assert (type(model._default_manager), getattr(model, "objects", None)) == (Closed, None)
    assert type(model._base_manager) is not Closed  # Django itself must reach every row


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Case.closed.all(),
        lambda: Case.closed.filter(pk=1),
        lambda: Case.closed.first(),
        lambda: Case.closed.count(),
        lambda: Membership.closed.get(pk=1),
        lambda: Case._default_manager.all(),
        lambda: get_object_or_404(Case, pk=1),
        lambda: get_list_or_404(Membership),
        lambda: apps.get_model("cases", "CaseEvent").closed.all(),
        lambda: [*Partner.closed.none()],
    ],
)
def test_asking_a_closed_model_directly_raises(ask: Any) -> None:
    with pytest.raises(NotThroughPolicy, match=r"ask policy\.visible_"):
        ask()


def test_the_error_names_the_model_and_where_to_read() -> None:
    with pytest.raises(NotThroughPolicy) as caught:
        Case.closed.all()
    assert str(caught.value) == "Case: ask policy.visible_…(actor), see docs/house-style.md"


@pytest.mark.django_db
def test_what_hangs_on_a_row_one_has_can_be_read(act: Act) -> None:
    plan = factories.plan(act(*FJALLBY, "researcher"))
    partner = plan.partners.get()
    assert (partner.name, partner.collaboration.pk) == (factories.PARTNERS[0][0], plan.pk)
    fetched = Collaboration.unguarded.prefetch_related("partners").get(pk=plan.pk)
    assert [one.pk for one in fetched.partners.all()] == [partner.pk]
    assert (plan.events.count() > 0, plan.partners.filter(country="Serranien").count()) == (True, 1)


@pytest.mark.django_db
def test_django_itself_reaches_every_row(act: Act) -> None:
    plan = factories.plan(act(*FJALLBY, "researcher"))
    plan.refresh_from_db()
    plan.partners.get().delete()
    assert plan.partners.count() == 0


def test_a_model_that_adds_a_manager_stays_closed() -> None:
    class Sample(Guarded):
        unguarded = models.QuerySet.as_manager()

        class Meta(Guarded.Meta):
            app_label = "sample"
            apps = type(apps)()

    assert type(Sample._default_manager) is Closed
