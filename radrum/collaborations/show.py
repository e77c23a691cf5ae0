"""One plan as one page: plain values for the template, in the order one reads them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from radrum.accounts.roles import Role
from radrum.cases.models import Case
from radrum.cases.show import plain_status
from radrum.collaborations import policy
from radrum.collaborations.assess import Weighed, outcome
from radrum.collaborations.models import (
    Advice,
    Answer,
    Collaboration,
    Enquiry,
    decision_in_force,
    is_closed,
    part,
    text_version,
)
from radrum.collaborations.policy import Standing
from radrum.core.actor import Actor
from radrum.guidance import engine
from radrum.guidance.models import Aspect


def day(moment: Any) -> str:
    """24 november 2026."""
    local = timezone.localtime(moment) if hasattr(moment, "tzinfo") else moment
    return date_format(local, "j F Y") if moment else ""


def url(plan: Collaboration, step: str = "plan") -> str:
    """The address of the plan, or of one step of it."""
    return reverse(f"collaborations:{step}", args=[plan.pk])


def facts(plan: Collaboration) -> list[dict[str, str]]:
    """What the plan says of itself."""
    days = " – ".join(filter(None, [day(plan.starts_on), day(plan.ends_on)]))
    rows = [
        (_("What"), plan.summary),
        (_("Why it is worth doing"), plan.worth_doing),
        (_("Kind"), f"{plan.get_kind_display()}. {plan.get_phase_display()}"),
        (_("Field"), plan.field),
        (_("Funding"), plan.funding),
        (_("Time"), days),
        (_("Responsible"), f"{plan.owner}, {plan.organisation}"),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _state(weighed: Weighed) -> tuple[str, str]:
    words = {
        engine.LAW_FIRST: (_("To be settled under the law first"), "full"),
        engine.OPEN: (_("Open: needs a design or an answer"), "half"),
        engine.UNFINISHED: (_("Not finished"), "open"),
        engine.SETTLED: (_("Settled as far as the answers reach"), "none"),
    }
    return words[weighed.state]


def _sentences(texts: Iterable[str]) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _said(answer: Answer) -> str:
    return ". ".join(filter(None, [str(answer.get_value_display()), answer.text]))


def aspect_url(aspect: Aspect) -> str:
    """Where the guidelines say more about the aspect."""
    place = reverse("guidance:dimension", args=[aspect.dimension.order])
    return f"{place}#a{aspect.number.replace('.', '-')}"


def _aspect(weighed: Weighed) -> dict[str, Any]:
    """An aspect that needs more thought: its state, the answers it rests on, and the prompts' source."""
    state, fill = _state(weighed)
    sources = dict.fromkeys(answer.prompt.source for answer in weighed.answers)
    return {
        "number": weighed.aspect.number,
        "title": weighed.aspect.name,
        "url": aspect_url(weighed.aspect),
        "state": state,
        "fill": fill,
        "answers": [{"prompt": answer.prompt.text, "said": _said(answer)} for answer in weighed.answers],
        "source": "; ".join(sources),
    }


def _numbered(needing: list[Weighed], text: str) -> list[dict[str, str]]:
    """The prompts' designs or risks, each with the aspect it belongs to."""
    return [
        {"number": one.aspect.number, "text": _sentences(getattr(a.prompt, text) for a in one.answers)}
        for one in needing
        if any(getattr(a.prompt, text) for a in one.answers)
    ]


def assessment_of(plan: Collaboration) -> dict[str, Any] | None:
    """The outcome per aspect with the answers it rests on; no score anywhere."""
    assessment = part(plan, "assessment")
    if not assessment:
        return None
    benefits, weighed = outcome(assessment)
    needing = [one for one in weighed if one.state in {engine.LAW_FIRST, engine.OPEN}]
    gains = [{"title": answer.prompt.text, "text": answer.text} for answer in benefits if answer.text]
    total = sum(one.state != engine.UNFINISHED for one in weighed)
    lead = ngettext(
        "%(total)d aspect has been weighed; %(n)d needs more thought.",
        "%(total)d aspects have been weighed; %(n)d need more thought.",
        total,
    ) % {"total": total, "n": len(needing)}
    if not total:
        lead = _("No aspect has been weighed to the end yet.")
    source = _("Edition %(key)s, reconstruction: the aspects are not the official ones. %(name)s, %(day)s.")
    made = {"key": assessment.edition.key, "name": assessment.changed_by, "day": day(assessment.changed_at)}
    return {
        "lead": lead,
        "gains": gains or [{"title": "", "text": plan.worth_doing}],
        "designs": _numbered(needing, "design"),
        "risks": _numbered(needing, "risk"),
        "aspects": [_aspect(one) for one in needing],
        "others": _others([one for one in weighed if one not in needing]),
        "source": source % made,
    }


def _others(rest: list[Weighed]) -> list[dict[str, Any]]:
    """Aspects that need nothing more, or are not finished, by state."""
    groups = []
    titles = {
        engine.UNFINISHED: ngettext_lazy("%(n)d aspect not finished", "%(n)d aspects not finished", "n"),
        engine.SETTLED: ngettext_lazy(
            "%(n)d aspect settled as far as the answers reach",
            "%(n)d aspects settled as far as the answers reach",
            "n",
        ),
    }
    for state, title in titles.items():
        rows = [{"number": one.aspect.number, "title": one.aspect.name} for one in rest if one.state == state]
        if rows:
            groups.append({"title": title % {"n": len(rows)}, "rows": rows})
    return groups


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


def statement_of(case: Case | None) -> dict[str, str] | None:
    """The desk's statement, if it has come."""
    statement = part(case, "statement") if case else None  # type: ignore[arg-type]
    if not statement or not case:
        return None
    source = _("National function, %(name)s, %(day)s. Reference %(reference)s.")
    return {
        "text": statement.text,
        "limits": statement.not_examined,
        "source": source
        % {"name": statement.signed_by, "day": day(statement.sent_at), "reference": case.reference},
    }


def decision_of(plan: Collaboration) -> dict[str, str] | None:
    """The institution's own decision, the latest one."""
    decision = decision_in_force(plan)
    if not decision:
        return None
    return {
        "outcome": decision.get_outcome_display(),
        "reasons": decision.reasons,
        "conditions": decision.conditions,
        "source": _("Decided by %(name)s, %(organisation)s, %(day)s.")
        % {"name": decision.decided_by, "organisation": plan.organisation, "day": day(decision.decided_at)},
    }


def _step(
    title: str, anchor: str, moment: Any, who: Any, *, waits: str = "", now: bool = False
) -> dict[str, Any]:
    state = "done" if moment else "now" if now else "next"
    return {"title": title, "anchor": anchor, "when": moment or waits, "who": str(who or ""), "state": state}


def time_line(plan: Collaboration, enquiry: Enquiry | None, case: Case | None) -> list[dict[str, Any]]:
    """Every step with when and who; the first that is not done is where the plan is now."""
    assessment = part(plan, "assessment")
    advice = plan.advice.select_related("adviser").first()
    statement = part(case, "statement") if case else None  # type: ignore[arg-type]
    finished = assessment.finished_at if assessment else None
    steps = [
        _step(_("Description"), "plan", plan.described_at, plan.described_by),
        _step(_("Assessment"), "assessment", finished, assessment.changed_by if finished else ""),
        _step(_("Handing in"), "advice", plan.handed_in_at, plan.handed_in_by),
        _step(_("Preparation at home"), "advice", advice and advice.given_at, advice and advice.adviser),
    ]
    if enquiry and case:
        promised = _("promised by %(day)s") % {"day": day(case.promised_on)}
        steps.append(_step(_("Question"), "question", enquiry.asked_at, enquiry.asked_by))
        sent = statement and statement.sent_at
        steps.append(
            _step(_("Statement"), "statement", sent, statement and statement.signed_by, waits=promised)
        )
    steps += [
        _step(_("Decision"), "decision", made.decided_at, made.decided_by) for made in plan.decisions.all()
    ]
    if not is_closed(plan):
        steps.append(_step(_("Decision"), "decision", None, ""))
    steps += [
        _step(_("Review"), "follow-up", review.reviewed_at, review.reviewed_by)
        for review in plan.reviews.select_related("reviewed_by")
    ]
    if plan.review_on:
        steps.append(_step(_("Next review"), "follow-up", None, "", waits=day(plan.review_on)))
    for step in steps:
        if step["state"] == "next":
            step["state"] = "now"
            break
    return steps


def where_it_stands(steps: list[dict[str, Any]], case: Case | None) -> str:
    """One sentence on what the plan waits for."""
    done = {step["anchor"]: step["state"] == "done" for step in steps}
    titles = [step["title"] for step in steps if step["state"] == "now"]
    if done.get("decision"):  # the last step of that name
        return _("It has been decided.")
    if case and case.status != Case.Status.ANSWERED:
        return _("It waits for the desk's statement, promised by %(day)s.") % {"day": day(case.promised_on)}
    return _("Next step: %(step)s.") % {"step": titles[0].lower()} if titles else ""


def actions(actor: Actor, plan: Collaboration, known: Standing) -> list[dict[str, str]]:
    """What this actor may do with the plan now, the most important first."""
    ready = known.advised and not policy.waits_for_the_desk(known.case)
    weigh = _("Change the assessment") if part(plan, "assessment") else _("Weigh the plan")
    possible = [
        (ready and policy.may_decide(actor, plan, known), "decide", _("Decide")),
        (policy.may_ask(actor, plan, known), "ask", _("Ask the national function")),
        (policy.may_prepare(actor, plan, known), "prepare", _("Give advice")),
        (policy.may_hand_in(actor, plan, known), "hand_in", _("Hand in for preparation")),
        (policy.may_assess(actor, plan, known), "assess", weigh),
        (not ready and policy.may_decide(actor, plan, known), "decide", _("Decide")),
        (policy.may_review(actor, plan, known), "review", _("Look back")),
        (policy.may_describe(actor, plan, known), "describe", _("Change the description")),
        (policy.may_pass_on(actor, plan, known), "pass_on", _("Let a colleague take over")),
    ]
    return [{"name": name, "label": label, "url": url(plan, name)} for may, name, label in possible if may]


_SECTIONS = {
    "plan": ("describe",),
    "assessment": ("assess",),
    "advice": ("prepare", "hand_in"),
    "question": ("ask",),
    "decision": ("decide",),
    "follow_up": ("review",),
}


def page(actor: Actor, plan: Collaboration) -> dict[str, Any]:
    """The context of `collaborations/plan.html`."""
    known = policy.standings(actor, [plan])[plan.pk]
    enquiry, case = known.enquiry, known.case
    steps, possible = time_line(plan, enquiry, case), actions(actor, plan, known)
    with_whom = get_text_list([partner.name for partner in plan.partners.all()], _("and"))
    lead = [_("A collaboration with %(partners)s.") % {"partners": with_whom}] if with_whom else []
    by_name = {action["name"]: action for action in possible}
    return {
        "plan": {"title": plan.title, "lead": " ".join([*lead, where_it_stands(steps, case)])},
        "action": possible[0] if possible and possible[0]["name"] != "pass_on" else None,
        "links": [by_name["pass_on"]] if "pass_on" in by_name else [],
        "facts": facts(plan),
        "steps": steps,
        "assessment": assessment_of(plan),
        "partners": [{"name": partner.name, "country": partner.country} for partner in plan.partners.all()],
        "advice": [_advice(plan, given) for given in plan.advice.select_related("adviser")],
        "question": question_of(enquiry, case),
        "statement": statement_of(case),
        "decision": decision_of(plan),
        "decision_text": decision_words(actor),
        "follow_up": follow_up(plan),
        "todo": {
            section: next((by_name[name] for name in names if name in by_name), None)
            for section, names in _SECTIONS.items()
        },
    }


def _advice(plan: Collaboration, given: Advice) -> dict[str, str]:
    """One piece of advice, and whether the plan was changed after it."""
    changed = _("The plan has been changed since.") if given.on_version != text_version(plan) else ""
    suggests = _("Suggests asking the national function.") if given.suggests_asking else ""
    by = f"{given.adviser}, {plan.organisation}, {day(given.given_at)}"
    made = ". ".join(filter(None, [by, given.file_reference]))
    return {"text": given.text, "source": " ".join(filter(None, [f"{made}.", suggests, changed]))}


def decision_words(actor: Actor) -> str:
    """Who decides, before it is done."""
    people = [
        str(holder.person) for holder in policy.holders(actor, Role.DECISION_MAKER).select_related("person")
    ]
    if not people:
        return _("Nobody at your organisation has the role of decision maker yet.")
    return _("Made by %(names)s under the delegation order, with reasons.") % {
        "names": get_text_list(people, _("or"))
    }


def follow_up(plan: Collaboration) -> list[dict[str, Any]]:
    """Looks back, and the next one."""
    rows = [
        {"when": review.reviewed_at, "text": f"{review.note} ({review.reviewed_by})"}
        for review in plan.reviews.select_related("reviewed_by")
    ]
    return [*rows, {"when": plan.review_on, "text": _("To be looked at again.")}] if plan.review_on else rows


def row(actor: Actor, plan: Collaboration) -> dict[str, Any]:
    """One line in a list."""
    return {
        "title": plan.title,
        "url": url(plan),
        "partners": ", ".join(partner.name for partner in plan.partners.all()),
        "responsible": plan.owner.name,
        "state": brief_state(plan),
        "changed": plan.changed_at,
        "when": plan.changed_at,
    }


def brief_state(plan: Collaboration) -> str:
    """Where it stands, from the plan itself."""
    assessment, decision = part(plan, "assessment"), decision_in_force(plan)
    if decision:
        outcome = str(decision.get_outcome_display())
        return _("Decided: %(outcome)s") % {"outcome": outcome[0].lower() + outcome[1:]}
    if plan.handed_in_at:
        return _("Handed in")
    if assessment and assessment.finished_at:
        return _("Assessed, not handed in")
    return _("Being described")


def promise() -> str:
    """How soon the desk answers."""
    return ngettext(
        "An answer is promised within %(n)d working day.",
        "An answer is promised within %(n)d working days.",
        settings.ANSWER_DAYS,
    ) % {"n": settings.ANSWER_DAYS}


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
    return [*weighed, *advice, *([{"title": _("Statement"), **statement}] if statement else [])]


def missing_grounds(known: Standing) -> str:
    """What the decision would be made without."""
    if not known.advised:
        return _("The plan has not been prepared: no advice has been given yet.")
    if policy.waits_for_the_desk(known.case):
        return _("The desk's statement has not come yet. You may decide without it; say so in the reasons.")
    return ""
