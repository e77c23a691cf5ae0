"""One plan as one page, and as one row."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from radrum.collaborations import policy
from radrum.collaborations.models import (
    Collaboration,
)
from radrum.collaborations.show.after import advice_of, decision_of, question_of, statement_of
from radrum.collaborations.show.assessment import assessment_of
from radrum.collaborations.show.follow_up import follow_up
from radrum.collaborations.show.partners import partners_of
from radrum.collaborations.show.share import shares_of
from radrum.collaborations.show.steering import steering_of
from radrum.collaborations.show.steps import SECTIONS, actions, time_line, where_it_stands
from radrum.collaborations.show.words import brief_state, decision_words, url
from radrum.core.actor import Actor
from radrum.core.days import day


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


BESIDE = ("share", "pass_on", "move")  # never the page's one main button


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
        "action": next((one for one in possible if one["name"] not in BESIDE), None),
        "links": [
            {"label": _("The whole record (PDF)"), "url": url(plan, "record")},
            *([by_name["pass_on"]] if "pass_on" in by_name else []),
        ],
        "facts": facts(plan),
        "steps": steps,
        "assessment": assessment_of(plan),
        "partners": partners_of(actor, plan),
        "advice": [advice_of(plan, given) for given in plan.advice.select_related("adviser")],
        "steering": steering_of(plan),
        "question": question_of(enquiry, case),
        "statement": statement_of(case),
        "decision": decision_of(plan),
        "decision_text": decision_words(actor),
        "follow_up": follow_up(plan),
        "shares": shares_of(actor, plan),
        "todo": {
            section: next((by_name[name] for name in names if name in by_name), None)
            for section, names in SECTIONS.items()
        },
    }


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
