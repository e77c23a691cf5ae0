"""What happens while somebody writes: nothing is judged unread, nothing typed is lost, nobody reads on by mistake."""

import pytest
from django.urls import reverse

from radrum.cases.policy import visible_cases
from radrum.collaborations.assess import assess
from radrum.collaborations.decide import decide
from radrum.collaborations.describe import describe
from radrum.collaborations.models import Advice, Collaboration, Decision
from radrum.collaborations.pass_on import pass_on
from radrum.collaborations.policy import visible_collaborations
from radrum.collaborations.prepare import prepare
from radrum.collaborations.show import page
from radrum.core.actor import Actor
from radrum.core.operation import Stale
from radrum.core.scope import reading
from tests import factories
from tests.cast import cast, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


@pytest.fixture
def who(act: Act) -> dict[str, Actor]:
    return cast(act, "owner", "colleague", "adviser", "contact", "decider", "officer")


def _rewrite(owner: Actor, plan: Collaboration) -> None:
    fields = {"title": plan.title, "kind": "research", "phase": "planned", "worth_doing": "Nytt."}
    describe(owner, plan, version=plan.version, partners=factories.PARTNERS, summary="Nytt.", **fields)


def test_nobody_advises_or_decides_on_a_text_they_have_not_read(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"])
    before = Advice.unguarded.count()
    adviser, decider = signed_in(who["adviser"]), signed_in(who["decider"])
    pages = {name: reverse(f"collaborations:{name}", args=[plan.pk]) for name in ("prepare", "decide")}
    old = adviser.get(pages["prepare"]).context["form"]["version"].value()
    _rewrite(who["owner"], Collaboration.unguarded.get(pk=plan.pk))
    sent = {
        "prepare": adviser.post(pages["prepare"], {"text": "Råd.", "version": old}),
        "decide": decider.post(
            pages["decide"], {"outcome": "refrain", "reasons": "Skäl.", "given_up": "Allt.", "version": old}
        ),
    }
    assert (Advice.unguarded.count(), Decision.unguarded.count()) == (before, 0)
    for name, field in (("prepare", "text"), ("decide", "reasons")):
        form = sent[name].context["form"]
        assert (len(form.non_field_errors()), bool(form[field].value())) == (1, True)
        again = {
            "text": "Råd.",
            "outcome": "refrain",
            "reasons": "Skäl.",
            "given_up": "Allt.",
            "version": form["version"].value(),
        }
        assert (adviser if name == "prepare" else decider).post(pages[name], again).status_code == 302


def test_the_assessment_counts_as_text_too(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"])
    assess(who["owner"], plan, answers=factories.answers(plan, "no"), finished=True)
    with pytest.raises(Stale):
        prepare(who["adviser"], plan, text="Råd.", version=1)
    with pytest.raises(Stale):
        decide(who["decider"], plan, outcome="refrain", reasons="Skäl.", given_up="Allt.", version=1)


def test_advice_on_an_older_text_says_so(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"])

    def source() -> str:
        with reading(who["owner"]):
            shown = page(who["owner"], visible_collaborations(who["owner"]).get(pk=plan.pk))
        return str(shown["advice"][0]["source"])

    fresh = source()
    _rewrite(who["owner"], Collaboration.unguarded.get(pk=plan.pk))
    assert source() != fresh


def test_after_wait_the_plan_is_open_and_another_decision_follows(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"])
    decide(who["decider"], plan, outcome="wait", reasons="Vi väntar på svaret.", delayed="Allt.")
    prepare(who["adviser"], plan, text="Nu vet vi mer.")
    decide(who["decider"], plan, outcome="go_ahead", reasons="Nu går det.")
    plan = Collaboration.unguarded.get(pk=plan.pk)
    assert [made.outcome for made in plan.decisions.all()] == ["wait", "go_ahead"]
    with reading(who["owner"]):
        shown = page(who["owner"], visible_collaborations(who["owner"]).get(pk=plan.pk))
    assert shown["decision"]["reasons"] == "Nu går det."
    assert [step["state"] for step in shown["steps"] if step["anchor"] == "decision"] == ["done", "done"]


def test_what_was_typed_is_shown_when_the_step_has_closed(who: dict[str, Actor]) -> None:
    plan = factories.prepared(who["owner"], who["adviser"])
    factories.decided(plan, who["decider"])
    address = reverse("collaborations:prepare", args=[plan.pk])
    response = signed_in(who["adviser"]).post(
        address, {"text": "Ett långt råd som tog en timme.", "version": 1}
    )
    assert (response.status_code, "Ett långt råd som tog en timme." in response.content.decode()) == (
        403,
        True,
    )
    assert "csrfmiddlewaretoken" not in str(response.context["typed"])


def test_the_new_owner_reads_question_and_statement_and_the_old_one_no_longer(who: dict[str, Actor]) -> None:
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    factories.answered(factories.triaged(case, who["officer"]), who["officer"])
    plan = factories.plan_of(case)
    pass_on(who["owner"], plan, to=who["colleague"].user)
    seen = {}
    for name in ("owner", "colleague"):
        with reading(who[name]):
            seen[name] = list(visible_cases(who[name]).values_list("pk", flat=True))
    assert seen == {"owner": [], "colleague": [case.pk]}
    with reading(who["colleague"]):
        shown = page(who["colleague"], visible_collaborations(who["colleague"]).get(pk=plan.pk))
    assert (shown["statement"]["text"], shown["steps"][0]["who"]) == (
        "Vi känner till detta.",
        who["owner"].user.name,
    )
