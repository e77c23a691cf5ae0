"""Gate: owner → adviser, funder or other institution. A chosen, frozen copy, which can be withdrawn.

The recipient gets a copy of its own and no way to the plan; what was not chosen is said by number alone.
Unlike what is sent to the national desk it can be taken back: then the text is removed from the database.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify
from radrum.accounts.models import Organisation
from radrum.accounts.policy import organisations_with
from radrum.accounts.roles import Kind
from radrum.cases.receive import digest
from radrum.collaborations import policy
from radrum.collaborations.models import READERS_OF, RECIPIENTS, Audience, Collaboration, Share, SharedCopy
from radrum.collaborations.passages import Passage, picked, shareable
from radrum.core.actor import Actor
from radrum.core.operation import Refused, Stale, operation
from radrum.guidance.wording import look_over


def mark(recipient: Organisation, audience: str, subject: str, message: str, chosen: list[Passage]) -> str:
    """A mark of exactly what would be shared with whom, to compare with what the sharer has looked at."""
    texts = [[passage.label, passage.text] for passage in chosen]
    return digest([recipient.pk, audience, subject, message, *texts])


def chosen_passages(plan: Collaboration, keys: list[str]) -> list[Passage]:
    """What is handed over: the chosen passages, and no others."""
    return picked(shareable(plan), keys)


@operation("collaboration.shared", allowed=policy.may_share)
def share(
    actor: Actor,
    plan: Collaboration,
    *,
    recipient: Organisation,
    audience: str,
    subject: str,
    chosen: list[str],
    message: str = "",
    ends_on: date | None = None,
    seen: str | None = None,
    confirmed: str = "",
) -> Share:
    """Hand over a copy of the chosen passages to those who have the audience's roles at the recipient.

    `seen` is the `mark` of what the sharer has looked at; raises `Stale` when it would be something else.
    """
    passages = chosen_passages(plan, chosen)
    if not passages:
        raise Refused(_("Choose at least one passage to share."))
    _refuse_recipient(actor, recipient, audience)
    if ends_on and ends_on < timezone.localdate():
        raise Refused(_("The last day cannot be earlier than today."))
    if seen is not None and seen != mark(recipient, audience, subject, message, passages):
        raise Stale(
            _("This is not what you looked at. Nothing has been shared; look through it once more."), plan
        )
    look_over([subject, message, *(passage.text for passage in passages)], confirmed=confirmed)
    texts = [{"label": passage.label, "text": passage.text} for passage in passages]
    both = {
        "recipient": recipient,
        "audience": audience,
        "subject": subject,
        "message": message,
        "left_out": len(shareable(plan)) - len(passages),
        "digest": digest(texts),
        "ends_on": ends_on,
    }
    made = Share.unguarded.create(
        collaboration=plan, shared_by_id=actor.user_id, labels=[p.label for p in passages], **both
    )
    copy = SharedCopy.unguarded.create(
        share=made, sender_id=plan.organisation_id, sent_by_id=actor.user_id, passages=texts, **both
    )
    _tell(copy, "copy_shared")
    return made


def _refuse_recipient(actor: Actor, recipient: Organisation, audience: str) -> None:
    """The desk gets questions through another gate; agencies are not shared with at all."""
    if recipient.pk == actor.organisation_id:
        raise Refused(_("Your own organisation reads the plan itself. Choose another one."))
    if recipient.kind not in RECIPIENTS:
        raise Refused(_("Plans can be shared with institutions, funders and companies only."))
    if (audience == Audience.FUNDER) and recipient.kind != Kind.FUNDER:
        raise Refused(_("Only a funder has officers of that kind. Choose who there may read."))
    if recipient.pk not in organisations_with(*READERS_OF[audience]):
        raise Refused(_("Nobody there can read it yet: no one has such a role. Choose somebody else."))


@operation("share.withdrawn", allowed=policy.may_withdraw_share)
def withdraw(actor: Actor, shared: Share) -> None:
    """Take the copy back: its text is removed, and the recipient sees that it was withdrawn and by whom."""
    now = timezone.now()
    shared.withdrawn_at, shared.withdrawn_by_id = now, actor.user_id
    shared.save(update_fields=["withdrawn_at", "withdrawn_by"])
    copy = SharedCopy.unguarded.select_for_update(of=("self",)).get(share=shared)
    copy.withdrawn_at, copy.withdrawn_by_id = now, actor.user_id
    _empty(copy)
    _tell(copy, "copy_withdrawn")


def empty_ended(today: date) -> int:
    """Remove the text of copies whose last day has passed; run by the night as SYSTEM."""
    ended = SharedCopy.unguarded.select_for_update(of=("self",)).filter(ends_on__lt=today, emptied_at=None)
    copies = list(ended)
    for copy in copies:
        _empty(copy)
    return len(copies)


def _empty(copy: SharedCopy) -> None:
    copy.subject = copy.message = copy.digest = ""
    copy.passages, copy.left_out, copy.emptied_at = [], 0, timezone.now()
    copy.save()


def _tell(copy: SharedCopy, notice: str) -> None:
    """Those who may read it are told by number, never what it is about."""
    path = f"/collaborations/shared/{copy.pk}/"
    roles = list(READERS_OF[copy.audience])
    notify.tell_roles(copy.recipient_id, roles, notice, reference=f"{copy.pk}", path=path)
