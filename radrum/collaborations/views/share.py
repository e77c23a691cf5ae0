"""Sharing passages of a plan, taking them back, and reading what others have shared."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest
from radrum.collaborations import forms, policy, show
from radrum.collaborations import share as gate
from radrum.collaborations.models import Collaboration, Share
from radrum.collaborations.passages import Passage, shareable
from radrum.collaborations.views.step import find, require, step, to


def share_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose with whom and what, look at it, and share; what was not looked at is shown once more."""
    plan = find(request, pk)
    require(may=policy.may_share(request.actor, plan))
    passages = shareable(plan)
    form = forms.ShareForm(request, f"share:{pk}", passages=passages)
    send = form.is_valid() and request.POST.get("step") == "send"
    if send and form.carry_out(gate.share, plan, seen=request.POST.get("seen", "")):
        return to(request, plan, _("It is shared, and those who may read it have been told."), "#shared")
    preview = _preview(passages, form) if form.is_bound else None
    return render(request, "collaborations/share.html", _page(plan, form, passages, preview))


def _preview(passages: list[Passage], form: Any) -> dict[str, Any] | None:
    """Exactly what would be shared, with the mark of it that must come back."""
    cleaned = form.cleaned_data
    if not {"recipient", "audience", "subject", "chosen", "ends_on"} <= set(cleaned):
        return None  # something is still to be mended
    sent = [passage for passage in passages if passage.key in cleaned["chosen"]]
    recipient, audience = cleaned["recipient"], cleaned["audience"]
    subject, message = cleaned["subject"], cleaned["message"]
    if not sent:
        return None
    return {
        "recipient": recipient,
        "readers": show.audience_words(audience),
        "subject": subject,
        "message": message,
        "ends_on": cleaned["ends_on"],
        "passages": sent,
        "left_out": len(passages) - len(sent),
        "seen": gate.mark(recipient, audience, subject, message, sent),
    }


def _page(plan: Collaboration, form: Any, passages: list[Passage], preview: Any) -> dict[str, Any]:
    chosen = form["chosen"].value() or []
    return {
        "plan": {"title": plan.title, "url": show.url(plan)},
        "form": form,
        "before": [form[name] for name in ("recipient", "audience", "subject", "message", "ends_on")],
        "nothing_chosen": form.is_bound and form.is_valid() and not preview,
        "passages": [
            {
                "name": "chosen",
                "value": passage.key,
                "id": f"passage-{number}",
                "label": passage.label,
                "text": passage.text,
                "checked": passage.key in chosen,
            }
            for number, passage in enumerate(passages, start=1)
        ],
        "preview": preview,
        "back": show.url(plan),
    }


def withdraw_share(request: ActorRequest, pk: int, share: int) -> HttpResponse:
    """Take a shared copy back."""
    plan = find(request, pk)
    shared: Share = get_object_or_404(policy.visible_shares(request.actor), pk=share, collaboration=plan)
    require(may=policy.may_withdraw_share(request.actor, shared))
    form = forms.WithdrawShareForm(request, "")
    if form.is_valid() and form.carry_out(gate.withdraw, shared):
        return to(request, plan, _("It is withdrawn. They see that it was, and by whom."), "#shared")
    lead = _(
        "The text is removed from the copy. They see that it has been withdrawn and by whom, and nothing "
        "more. What somebody has already read or written down cannot be taken back."
    )
    return step(
        request,
        plan,
        form,
        _("Withdraw what was shared"),
        lead,
        _("Withdraw"),
        facts=show.share_facts(shared),
    )


def shared_with_us(request: ActorRequest) -> HttpResponse:
    """What other organisations have shared with one's role."""
    page = Paginator(policy.visible_copies(request.actor), 25).get_page(request.GET.get("page"))
    context = {
        "rows": [show.copy_row(copy) for copy in page],
        "page": page,
        "organisation": request.actor.organisation,
    }
    return render(request, "collaborations/shared.html", context)


def shared_copy(request: ActorRequest, pk: int) -> HttpResponse:
    """One copy, as it was shared, or that it is not there any more."""
    copy = get_object_or_404(policy.visible_copies(request.actor), pk=pk)
    return render(request, "collaborations/copy.html", show.copy_page(copy))
