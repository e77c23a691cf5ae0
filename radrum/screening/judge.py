"""What people conclude: a verdict with its reason; checks of persons, without a name unless confirmed."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.screening import policy
from radrum.screening.kept import subject_of
from radrum.screening.models import PersonCheck, Verdict
from radrum.screening.screen import Answer, Hit, screen

BINDING = frozenset({"binding"})


class Entry(NamedTuple):
    """Which entry, of which list, as it stood."""

    list_key: str
    entry_id: str
    digest: str


def entry_of(hit: Hit) -> Entry:
    """The entry that a hit is about."""
    return Entry(hit.listed.key, hit.entry_id, hit.digest)


@operation("hit.judged", allowed=policy.may_judge)
def judge(actor: Actor, *, subject: str, entry: Entry, conclusion: str, reason: str) -> Verdict:
    """Keep the verdict, or change it; it holds until the entry changes."""
    if conclusion not in Verdict.Conclusion.values:
        raise Refused(_("Choose whether it is the same party, another, or unsure."))
    if not reason.strip():
        raise Refused(_("Write why: a verdict without a reason helps nobody who comes after."))
    verdict, _created = Verdict.unguarded.update_or_create(
        organisation_id=actor.organisation_id,
        subject=subject,
        list_key=entry.list_key,
        entry_id=entry.entry_id,
        judged_by_id=actor.user_id,
        defaults={"entry_digest": entry.digest, "conclusion": conclusion, "reason": reason.strip()},
    )
    return verdict


def remembered(actor: Actor, subject: str) -> dict[Entry, Any]:
    """The newest verdicts on this party that the actor sees, by entry as it stood."""
    known = reversed(list(policy.visible_verdicts(actor).filter(subject=subject)))
    return {Entry(one.list_key, one.entry_id, one.entry_digest): one for one in known}


def verdicts_on(actor: Actor, answer: Answer) -> dict[Entry, Any]:
    """Those that still hold for these hits: the entry is as it was."""
    entries = {entry_of(hit) for hit in answer.hits}
    known = remembered(actor, subject_of(answer))
    return {entry: verdict for entry, verdict in known.items() if entry in entries}


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
def confirm_person(
    actor: Actor, check: PersonCheck, *, name: str, list_key: str, entry_id: str, reason: str
) -> PersonCheck:
    """It is the listed person: only now is the name kept, with the reason."""
    if not reason.strip():
        raise Refused(_("Write why: a verdict without a reason helps nobody who comes after."))
    if not check.hits:
        raise Refused(_("The check had no hit, so there is nothing to confirm. Look the person up again."))
    found = {(hit.listed.key, hit.entry_id) for hit in screen(name, kind="person", only=BINDING).hits}
    if (list_key, entry_id) not in found:
        raise Refused(_("That entry is no hit for this name. Look the person up again."))
    check.confirmed_name, check.confirmed_list, check.confirmed_entry = name, list_key, entry_id
    check.confirmed_why = reason.strip()
    check.save()
    return check
