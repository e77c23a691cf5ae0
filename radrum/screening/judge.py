"""What people conclude: a verdict with its reason; checks of persons, without a name unless confirmed."""

from typing import Any

from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.screening import policy
from radrum.screening.engine.fold import romanised
from radrum.screening.models import PersonCheck, Verdict
from radrum.screening.screen import Answer, Hit, screen

BINDING = frozenset({"binding"})


def subject_of(answer: Answer) -> str:
    """Whom a verdict is about: the register's record, or the words of the name when there is none."""
    if answer.resolution and answer.resolution.record:
        return f"ror:{answer.resolution.record.ror}"
    return " ".join(romanised(answer.query).spelled)[:300]


@operation("hit.judged", allowed=policy.may_judge)
def judge(actor: Actor, *, answer: Answer, hit: Hit, conclusion: str, reason: str) -> Verdict:
    """Keep the verdict, or change it; it holds until the entry changes."""
    if conclusion not in Verdict.Conclusion.values:
        raise Refused(_("Choose whether it is the same party, another, or unsure."))
    if not reason.strip():
        raise Refused(_("Write why: a verdict without a reason helps nobody who comes after."))
    verdict, _created = Verdict.unguarded.update_or_create(
        organisation_id=actor.organisation_id,
        subject=subject_of(answer),
        list_key=hit.listed.key,
        entry_id=hit.entry_id,
        judged_by_id=actor.user_id,
        defaults={"entry_digest": hit.digest, "conclusion": conclusion, "reason": reason.strip()},
    )
    return verdict


def verdicts_on(actor: Actor, answer: Answer) -> dict[tuple[str, str], Any]:
    """The newest verdicts the actor sees that still hold for these hits, by list and entry."""
    digests = {(hit.listed.key, hit.entry_id): hit.digest for hit in answer.hits}
    known = policy.visible_verdicts(actor).filter(subject=subject_of(answer))
    found = {(verdict.list_key, verdict.entry_id): verdict for verdict in reversed(list(known))}
    return {key: verdict for key, verdict in found.items() if digests.get(key) == verdict.entry_digest}


@operation("person.checked", allowed=policy.may_screen_person)
def screen_person(actor: Actor, *, name: str, ground: str) -> PersonCheck:
    """Look a person up on the lists that bind in Sweden, and on no others (product rule 6).

    Kept: that it was done, by whom and on what ground. The answer goes back with the check, and nowhere else.
    """
    if not ground.strip():
        raise Refused(_("Say on what ground the person is looked up."))
    answer = screen(name, kind="person", only=BINDING)
    check = PersonCheck.unguarded.create(
        organisation_id=actor.organisation_id,
        checked_by_id=actor.user_id,
        ground=ground.strip(),
        searched=answer.as_dict()["searched"],
        hits=len(answer.hits),
    )
    check.answer = answer
    return check


@operation("person.hit_confirmed", allowed=policy.may_confirm)
def confirm_person(actor: Actor, check: PersonCheck, *, name: str, hit: Hit, reason: str) -> PersonCheck:
    """It is the listed person: only now is the name kept, with the reason."""
    if not reason.strip():
        raise Refused(_("Write why: a verdict without a reason helps nobody who comes after."))
    check.confirmed_name, check.confirmed_list, check.confirmed_entry = name, hit.listed.key, hit.entry_id
    check.confirmed_why = reason.strip()
    check.save()
    return check
