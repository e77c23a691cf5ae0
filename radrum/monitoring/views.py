"""What's new for everyone, as page and feed; the inbox and the sources for editors."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest, only_post
from radrum.core.operation import Forbidden, Refused
from radrum.monitoring import forms, policy, show
from radrum.monitoring.gather import change, follow
from radrum.monitoring.judge import dismiss, show_it, withdraw


def _require(request: ActorRequest) -> None:
    if not policy.may_edit(request.actor):
        raise Forbidden(_("The editor judges what the sources say."))


@login_not_required
def news(request: ActorRequest) -> HttpResponse:
    """What's new, each with what it means."""
    return render(request, "monitoring/news.html", show.news(request.actor, request.GET.get("aspect", "")))


@login_not_required
def atom(request: ActorRequest) -> HttpResponse:
    """The same as an Atom feed, in the reader's language."""
    base, language = settings.BASE_URL.rstrip("/"), get_language() or "sv"
    page = base + reverse("monitoring:news")
    feed = Atom1Feed(
        title=_("What's new – rådrum"),
        link=page,
        description="",
        language=language,
        feed_url=base + reverse("monitoring:feed"),
    )
    for one in policy.visible_news(request.actor)[: show.MOST]:
        feed.add_item(
            title=one.title,
            link=one.link,
            description=one.means,
            author_name=one.source,
            unique_id=f"{page}#n{one.pk}",
            pubdate=one.shown_at,
            updateddate=one.changed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def inbox(request: ActorRequest) -> HttpResponse:
    """What waits for a judgement, and how the sources do."""
    _require(request)
    return render(request, "monitoring/inbox.html", show.inbox(request.actor))


def judge(request: ActorRequest, pk: int) -> HttpResponse:
    """Read an item; show it with what it means."""
    _require(request)
    item = get_object_or_404(policy.visible_items(request.actor), pk=pk)
    form = forms.ShowForm(request, item, show.aspect_choices())
    if form.is_valid() and form.carry_out(show_it, item):
        messages.success(request, _("It is shown under What's new."))
        return redirect("monitoring:inbox")
    context = {
        "item": {"title": item.title, "summary": item.summary},
        "facts": show.facts(item),
        "form": form,
        "back": reverse("monitoring:inbox"),
        "dismiss": reverse("monitoring:dismiss", args=[pk]),
        "judged": "" if item.judgement == item.Judgement.WAITING else item.get_judgement_display(),
    }
    return render(request, "monitoring/judge.html", context)


def dismiss_item(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep an item out, with a reason."""
    _require(request)
    item = get_object_or_404(policy.visible_items(request.actor), pk=pk)
    form = forms.DismissForm(request, item)
    if form.is_valid() and form.carry_out(dismiss, item):
        messages.success(request, _("It is kept out."))
        return redirect("monitoring:inbox")
    return _form_page(request, form, _("Keep out: %(title)s") % {"title": item.title}, _("Keep it out"))


def follow_source(request: ActorRequest) -> HttpResponse:
    """Follow one more source."""
    _require(request)
    form = forms.SourceForm(request)
    if form.is_valid() and form.carry_out(follow):
        messages.success(request, _("The source is followed, and asked within a few hours."))
        return redirect("monitoring:inbox")
    return _form_page(request, form, _("Follow a source"), _("Follow"))


def source(request: ActorRequest, pk: int) -> HttpResponse:
    """One source: how it goes, pause it or take it up."""
    _require(request)
    found = get_object_or_404(policy.visible_sources(request.actor), pk=pk)
    form = forms.StateForm(request, found)
    if form.is_valid() and form.carry_out(change, found):
        messages.success(request, _("Saved."))
        return redirect("monitoring:inbox")
    row = show.source_row(found)
    lead = f"{row['address']}. {row['state']}"
    return _form_page(request, form, found.name, _("Save"), lead=lead, source=row)


def _form_page(request: ActorRequest, form: Any, title: str, button: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": reverse("monitoring:inbox")}
    return render(request, "monitoring/form.html", {**context, **more})


@only_post
def withdraw_news(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a piece of news away."""
    _require(request)
    try:
        withdraw(request.actor, get_object_or_404(policy.visible_news(request.actor), pk=pk))
        messages.success(request, _("It is taken away, and waits for a judgement again."))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("monitoring:news")
