"""Write the desk's statement; somebody else reads it before it is sent."""

from typing import Any

from django.utils.translation import gettext as _

from radrum.accounts.keep import someone_saved
from radrum.cases import policy
from radrum.cases.models import Case, StatementDraft
from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.guidance.wording import refuse_what_must_not_be_sent


@operation("statement.drafted", allowed=policy.may_answer)
def write_draft(
    actor: Actor,
    case: Case,
    *,
    text: str,
    not_examined: str = "",
    views: list[dict[str, Any]] | None = None,
    without: str = "",
    version: int | None = None,
) -> StatementDraft:
    """Save the text and ask for a second reader. `version` is 0 the first time; `views` in its own words."""
    if case.status == Case.Status.ANSWERED:
        raise Refused(
            _("This case has already been answered. Your text is still here; it has not been sent.")
        )
    if case.status == Case.Status.RECEIVED:
        raise Refused(_("Triage the case before it is answered."))
    kept = [view for view in views or [] if view["text"].strip()]
    refuse_what_must_not_be_sent([text, not_examined, *(view["text"] for view in kept)])
    draft = StatementDraft.unguarded.select_for_update().filter(case=case).first()
    if version is not None and version != (draft.version if draft else 0):
        raise someone_saved(draft)
    draft = draft or StatementDraft(case=case, version=0)
    draft.text, draft.not_examined, draft.without = text, not_examined, without
    draft.views, draft.changed_by_id = kept, actor.user_id
    draft.version += 1
    draft.save()
    case.status = Case.Status.SIGNING
    case.save(update_fields=["status"])
    return draft
