"""What everyone may read, and Wagtail's preview of what is not published yet."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from radrum.knowledge import policy, show
from radrum.knowledge.models import KnowledgePage


@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """Everything that is published, by kind."""
    return render(request, "knowledge/index.html", {"groups": show.groups(policy.visible_pages())})


@login_not_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One published page; a draft is not found."""
    return render(
        request, "knowledge/page.html", show.page(get_object_or_404(policy.visible_pages(), slug=slug))
    )


def preview(request: HttpRequest, seen: Any) -> HttpResponse:
    """What an editor is writing, as it would look; called by Wagtail, behind the door."""
    if isinstance(seen, KnowledgePage):
        return render(request, "knowledge/page.html", {**show.page(seen), "preview": True})
    return render(request, "knowledge/index.html", {"groups": show.groups(policy.visible_pages())})
