"""The door to Wagtail: only what was reviewed is open, only for editors, and as the actor of the request.

Signing in and the second factor are ours (`accounts.web`). Behind the door one transaction holds a request,
in which the database knows who acts; what it did is then told to the trail.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.clickjacking import xframe_options_sameorigin

from radrum.core.scope import writing
from radrum.knowledge import policy
from radrum.knowledge.edit import tell_what_was_done

View = Callable[..., HttpResponse]

# The addresses of Wagtail that editors need; all others are not there. A test compares the lists.
OPEN = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_api:pages:listing",  # the tree in the side menu
        "wagtailadmin_api:pages:detail",
        "wagtail_bulk_action",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:type_use_results",
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:lock",
        "wagtailadmin_pages:unlock",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
    }
)
# Wagtail's pages link to these by name; they lead to our own pages instead.
ELSEWHERE = {
    "wagtailadmin_account": "accounts:account",
    "wagtailadmin_login": "account_login",
    "wagtailadmin_logout": "account_logout",
}
ABSENT_APPS = ("images", "documents")  # not installed, but Wagtail's pages link to them by name
# Wagtail's editor sets styles from scripts and shows previews in a frame of the same site. Scripts are files.
POLICY = {
    "default-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class Editors:
    """Answers Wagtail's model permissions: editors may enter, and nothing else is given by a model."""

    def authenticate(self, request: Any, **given: Any) -> None:
        """Signs nobody in."""

    def has_perm(self, user: Any, permission: str, row: Any = None) -> bool:
        """Whether this person, as they act now, is let in."""
        return permission == policy.ADMIN and policy.may_edit(policy.acting(user))


def through(view: View) -> View:
    """Let editors in to one of Wagtail's views; for everyone else it is not there."""

    @wraps(view)
    @csp_replace(POLICY)
    @xframe_options_sameorigin
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        if not policy.may_edit(actor):
            raise Http404
        request.user.acting = actor  # type: ignore[union-attr]
        with writing(actor), tell_what_was_done(actor):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()  # while the database still knows who looks
        for header in ("Content-Security-Policy", "X-Frame-Options"):
            response.headers.pop(header, None)  # a preview has been through the middleware once already
        return response

    run.login_required = True  # type: ignore[attr-defined]  # some of Wagtail's views say otherwise
    return run


def _elsewhere(name: str) -> View:
    def lead(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(ELSEWHERE[name])

    return lead


def absent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """An address that Wagtail's pages may link to by name, and that leads nowhere."""
    raise Http404


def _view_of(name: str, view: View) -> View:
    if name in OPEN:
        return through(view)
    return _elsewhere(name) if name in ELSEWHERE else absent


def only_open(patterns: list[Any], space: str = "") -> Iterator[URLPattern | URLResolver]:
    """Wagtail's addresses; those that are not open lead nowhere, and those without a name are left out."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            if left := list(only_open(pattern.url_patterns, inside)):
                given = (pattern.default_kwargs, pattern.app_name, pattern.namespace)
                yield URLResolver(pattern.pattern, left, *given)
        elif pattern.name:
            view = _view_of(f"{space}{pattern.name}", pattern.callback)
            yield URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)
    if space == "wagtailadmin_api:":
        for name in ABSENT_APPS:
            yield path(f"{name}/", include(([path("", absent, name="listing")], name)))
