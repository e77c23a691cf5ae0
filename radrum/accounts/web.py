"""Around every page: text posted too late is kept, the actor is set, the second factor is required."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from radrum.accounts.acting import choose
from radrum.accounts.keep import opened_for, stash, typed
from radrum.accounts.roles import NEEDS_SECOND_FACTOR
from radrum.core.actor import STRANGER, Actor
from radrum.core.operation import Refused, Unseen
from radrum.core.scope import Reading

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorRequest(HttpRequest):
    """A request after `ActingMiddleware`."""

    actor: Actor
    choices: list[Actor]


def only_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A step without a page of its own; nobody is sent back to its address."""
    guarded: Any = require_POST(view)
    guarded.only_post = True
    return guarded  # type: ignore[no-any-return]


def _is_allauth(view: Any) -> bool:
    return str(getattr(view, "__module__", "")).startswith("allauth.")


def _first_to(door: str, request: HttpRequest, view: Any) -> HttpResponse:
    """Send to `door`, to come back to the same page; what was posted waits there, a script is only told."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"error": "signed out"}, status=401)
    back = request.get_full_path()
    if request.method == "POST":
        stash(request)
        if getattr(view, "only_post", False):
            messages.warning(request, _("Nothing was done. Show that it is you, and try again."))
            back = resolve_url("room")
    return redirect_to_login(back, door)


class KeepPostedTextMiddleware(LoginRequiredMiddleware):
    """Every page needs a sign-in unless it is in `urls.OPEN`; a form posted without one is kept."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        """Go to sign-in and come back."""
        return _first_to(settings.LOGIN_URL, request, view_func)


class ActingMiddleware:
    """Gives `request.actor`, and a reading scope in which the view runs; refusals become pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find who acts, answer, and close the scope whatever happened."""
        user = request.user
        actor, possible = (
            choose(user, request.session.get("organisation")) if user.is_authenticated else (STRANGER, [])
        )
        request.actor, request.choices = actor, possible  # type: ignore[attr-defined]
        request.scope = None  # type: ignore[attr-defined]
        if user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)  # until the reader chooses with the language button
        try:
            response = self.get_response(request)
        finally:
            if request.scope:  # type: ignore[attr-defined]
                request.scope.close()  # type: ignore[attr-defined]
        if user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Open the scope; allauth's own views keep sessions and second factors and run without it."""
        if refused := self._opened_as_another(request):
            return refused
        if not _is_allauth(view_func):
            scope = Reading(request.actor)  # type: ignore[attr-defined]
            scope.open()
            request.scope = scope  # type: ignore[attr-defined]
        return None

    def _opened_as_another(self, request: HttpRequest) -> HttpResponse | None:
        """A form opened for one organisation is not sent for another; it waits for its own."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        opened = opened_for(request.POST.get("author", "")) if request.method == "POST" else None
        if not opened or not actor.user_id or opened == (actor.user_id, actor.organisation_id):
            return None
        if opened[0] == actor.user_id:
            stash(request)
        possible: list[Actor] = request.choices  # type: ignore[attr-defined]
        then = next((one for one in possible if (one.user_id, one.organisation_id) == opened), None)
        return render(request, "accounts/opened.html", {"then": then}, status=409)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What one may not see does not exist; what one may not do is forbidden, with the reason."""
        if isinstance(exception, Unseen):
            raise Http404 from exception
        if isinstance(exception, Refused):
            return render(request, "403.html", {"refusal": exception, "typed": typed(request)}, status=403)
        return None


class SecondFactorMiddleware:
    """The desk, agencies and administrators go on only with a second factor; the demo may relax it."""

    OPEN = ("account_", "accounts:account", "mfa_", "set_language", "health")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual; the rule is in `process_view`, where the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Send those who must have a second factor to set one up, or to show it in this session.

        A session opened with the password alone does not become more when the account gets a factor.
        """
        roles = request.actor.roles  # type: ignore[attr-defined]
        name = (request.resolver_match.view_name if request.resolver_match else "") or ""
        if settings.RELAX_TOTP or roles.isdisjoint(NEEDS_SECOND_FACTOR) or name.startswith(self.OPEN):
            return None
        if not Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists():
            return _first_to("mfa_activate_totp", request, view_func)
        if any(shown["method"] == "mfa" for shown in get_authentication_records(request, request.user)):
            return None
        return _first_to("mfa_reauthenticate", request, view_func)
