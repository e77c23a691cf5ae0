"""Attach files to a question, the desk's own work or an agency's opinion; each is looked into first."""

import hashlib
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from radrum.cases import policy, store
from radrum.cases.engine import attachments
from radrum.cases.models import Attachment, Case, Consultation
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation


class Given(Protocol):
    """A file as a form or a program hands it over."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """All of it."""


MOST = 10  # files of one case, or of one opinion


def _why(why: str) -> str:
    words = {
        attachments.UNKNOWN: _(
            "It is not of a kind that is taken here: PDF, PNG, JPEG, plain text (UTF-8), Word, Excel or "
            "OpenDocument text."
        ),
        attachments.BROKEN: _("It is damaged or not complete."),
        attachments.LOCKED: _(
            "It is locked with a password, so nobody can see what is in it. Save it without."
        ),
        attachments.BOMB: _("Unpacked it would be unreasonably large."),
        attachments.ACTIVE: _(
            "It contains something that can run by itself: a macro, a script, a form that sends, or another "
            "file. Save it without, for example by printing it to a new PDF."
        ),
        attachments.REACHES_OUT: _(
            "It fetches something from elsewhere when it is opened, such as a template."
        ),
        attachments.MARKUP: _("It is a web page, a drawing with code or a script, whatever its name says."),
        attachments.HIDDEN: _("Something more is hidden in it, after its end or under a misleading name."),
    }
    return words[why]


def look_into(file: Given) -> tuple[bytes, dict[str, Any]]:
    """The bytes of a file that can be taken, and what its row says; refused with the reason otherwise."""
    limit = settings.ATTACHMENT_MB
    if (file.size or 0) > limit * 1024 * 1024:
        raise Refused(_("A file may be at most %(limit)d MB. Nothing has been sent.") % {"limit": limit})
    data = file.read()
    try:
        found = attachments.examine(data)
    except attachments.NotTaken as refusal:
        name, _claimed = attachments.safe_name(file.name or "", attachments.TEXT)
        raise Refused(
            _("The file “%(name)s” was not taken. %(why)s Nothing has been sent.")
            % {"name": name.removesuffix(".txt"), "why": _why(refusal.why)}
        ) from None
    name, otherwise = attachments.safe_name(file.name or "", found.kind)
    return data, {
        "name": name,
        "kind": found.kind,
        "size": len(data),
        "digest": hashlib.sha256(data).hexdigest(),
        "findings": [*found.findings, *([attachments.OTHER_NAME] if otherwise else [])],
    }


def put(actor: Actor, files: list[Given], **where: Any) -> list[Attachment]:
    """Keep the files for a case or a consultation; all of them or none."""
    seen = [look_into(file) for file in files]
    among = {name: value for name, value in where.items() if name != "inside"}
    if Attachment.unguarded.filter(**among).count() + len(seen) > MOST:
        raise Refused(_("At most %(most)d files. Nothing has been sent.") % {"most": MOST})
    kept = []
    for data, row in seen:
        attachment = Attachment.unguarded.create(**row, **where, added_by_id=actor.user_id)
        store.keep(attachment.address, data)
        kept.append(attachment)
    return kept


@operation("case.supplemented", allowed=policy.may_attach)
def attach(actor: Actor, case: Case, *, files: list[Given]) -> list[Attachment]:
    """Add files: the asker to the question; the desk to its own work, where the asker does not see them."""
    if case.status == Case.Status.ANSWERED:
        raise Refused(_("This case has been answered; nothing more can be added."))
    return put(actor, files, case=case, inside=policy.is_desk(actor))


@operation("consultation.supplemented", allowed=policy.may_opine)
def attach_to_opinion(actor: Actor, consultation: Consultation, *, files: list[Given]) -> list[Attachment]:
    """Add files to an agency's opinion, before it is given."""
    if policy.has_answered(consultation):
        raise Refused(_("Your agency has already answered."))
    return put(actor, files, consultation=consultation)
