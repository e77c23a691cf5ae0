"""What came of the plan: question, statement, advice, decision, follow-up."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from radrum.cases.models import Case
from radrum.cases.show import plain_status, statement_text
from radrum.collaborations import policy
from radrum.collaborations.models import (
    Advice,
    Collaboration,
    Decision,
    Enquiry,
    decision_in_force,
    text_version,
)
from radrum.collaborations.policy import Standing
from radrum.collaborations.show.assessment import assessment_of
from radrum.collaborations.show.steering import as_grounds
from radrum.core.days import day


def question_of(enquiry: Enquiry | None, case: Case | None) -> dict[str, Any] | None:
    """What was asked, what went with it, and where it is."""
    if not enquiry or not case:
        return None
    sent, left = len(case.dossier.passages), case.dossier.left_out
    with_it = ngettext("%(n)d passage went with it", "%(n)d passages went with it", sent) % {"n": sent}
    stayed = ngettext("%(n)d stayed at home.", "%(n)d stayed at home.", left) % {"n": left}
    rows = [
        (_("Asked by"), f"{enquiry.asked_by}, {day(enquiry.asked_at)}"),
        (_("With it"), f"{with_it}; {stayed}"),
        (_("Where it is"), plain_status(case)),
        (_("Reference"), case.reference),
    ]
    return {
        "text": case.question,
        "facts": [{"label": label, "value": value} for label, value in rows],
    }


def statement_of(case: Case | None) -> dict[str, Any] | None:
    """The desk's statement, if it has come."""
    return statement_text(case) if case else None


def _costs(decision: Decision) -> list[dict[str, str]]:
    """What the decision gains and what it costs, under their own headings."""
    rows = [
        (_("What is gained"), decision.gained),
        (_("What is changed"), decision.changed),
        (_("What is delayed"), decision.delayed),
        (_("What is given up"), decision.given_up),
        (_("Conditions"), decision.conditions),
    ]
    return [{"title": title, "text": text} for title, text in rows if text]


def decision_in_words(plan: Collaboration, decision: Decision) -> dict[str, Any]:
    """One decision as the record shows it."""
    return {
        "outcome": decision.get_outcome_display(),
        "reasons": decision.reasons,
        "parts": _costs(decision),
        "source": _("Decided by %(name)s, %(organisation)s, %(day)s.")
        % {"name": decision.decided_by, "organisation": plan.organisation, "day": day(decision.decided_at)},
    }


def decision_of(plan: Collaboration) -> dict[str, Any] | None:
    """The institution's own decision, the latest one."""
    decision = decision_in_force(plan)
    return decision_in_words(plan, decision) if decision else None


def decided(plan: Collaboration) -> list[dict[str, str]]:
    """What was decided, beside the form that looks back at it."""
    decision = decision_in_force(plan)
    if not decision:
        return []
    whole = decision_in_words(plan, decision)
    parts = [{"title": part["title"], "text": part["text"]} for part in whole["parts"]]
    return [{"title": str(whole["outcome"]), "text": whole["reasons"], "source": whole["source"]}, *parts]


def advice_of(plan: Collaboration, given: Advice) -> dict[str, str]:
    """One piece of advice, and whether the plan was changed after it."""
    changed = _("The plan has been changed since.") if given.on_version != text_version(plan) else ""
    suggests = _("Suggests asking the national function.") if given.suggests_asking else ""
    by = f"{given.adviser}, {plan.organisation}, {day(given.given_at)}"
    made = ". ".join(filter(None, [by, given.file_reference]))
    return {"text": given.text, "source": " ".join(filter(None, [f"{made}.", suggests, changed]))}


def grounds(plan: Collaboration, known: Standing) -> list[dict[str, str]]:
    """What whoever decides should have beside them: what needs thought, the advice, the statement."""
    assessment, statement = assessment_of(plan), statement_of(known.case)
    needing = [
        f"{one['number']} {one['title']}: {one['state']}" for one in (assessment or {}).get("aspects", [])
    ]
    weighed = [{"title": _("The assessment"), "text": "\n".join(needing)}] if needing else []
    advice = [
        {"title": _("Advice"), "text": given.text, "source": str(given.adviser)}
        for given in plan.advice.select_related("adviser")
    ]
    steering = as_grounds(plan)
    return [*weighed, *advice, *steering, *([{"title": _("Statement"), **statement}] if statement else [])]


def missing_grounds(known: Standing) -> str:
    """What the decision would be made without."""
    if not known.advised:
        return _("The plan has not been prepared: no advice has been given yet.")
    if known.lifted:
        return _(
            "The steering group's view has not come yet. You may decide without it; say so in the reasons."
        )
    if policy.waits_for_the_desk(known.case):
        return _("The desk's statement has not come yet. You may decide without it; say so in the reasons.")
    return ""
