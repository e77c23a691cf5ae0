"""Around every page: text posted too late is kept, the actor is set, the second factor is required."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation

from radrum.accounts.acting import choose
from radrum.accounts.keep import stash
from radrum.accounts.roles import NEEDS_SECOND_FACTOR
from radrum.core.actor import STRANGER, Actor
from radrum.core.operation import Refused, Unseen
from radrum.core.scope import Reading

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorRequest(HttpRequest):
    """A request after `ActingMiddleware`."""

    actor: Actor
    choices: list[Actor]


def _is_allauth(view: Any) -> bool:
    return str(getattr(view, "__module__", "")).startswith("allauth.")


class KeepPostedTextMiddleware(LoginRequiredMiddleware):
    """Every page needs a sign-in unless it is in `urls.OPEN`; a form posted without one is kept."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Django's rule, and two additions: keep what was posted, answer a script with 401."""
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused and request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"error": "signed out"}, status=401)
        if refused and request.method == "POST":
            stash(request)
        return refused

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Go to sign-in and come back to the same page."""
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


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
            return self.get_response(request)
        finally:
            if request.scope:  # type: ignore[attr-defined]
                request.scope.close()  # type: ignore[attr-defined]

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> None:
        """Open the scope; allauth's own views keep sessions and second factors and run without it."""
        if not _is_allauth(view_func):
            scope = Reading(request.actor)  # type: ignore[attr-defined]
            scope.open()
            request.scope = scope  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What one may not see does not exist; what one may not do is forbidden, with the reason."""
        if isinstance(exception, Unseen):
            raise Http404 from exception
        if isinstance(exception, Refused):
            return render(request, "403.html", {"refusal": exception}, status=403)
        return None


class SecondFactorMiddleware:
    """The desk, agencies and administrators go on only with a second factor; the demo may relax it."""

    OPEN = ("account_", "mfa_", "set_language", "health")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual; the rule is in `process_view`, where the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Send those who must have a second factor, and have none, to set one up."""
        roles = request.actor.roles  # type: ignore[attr-defined]
        name = (request.resolver_match.view_name if request.resolver_match else "") or ""
        if settings.RELAX_TOTP or roles.isdisjoint(NEEDS_SECOND_FACTOR) or name.startswith(self.OPEN):
            return None
        if Authenticator.objects.filter(user_id=request.actor.user_id, type=Authenticator.Type.TOTP).exists():  # type: ignore[attr-defined]
            return None
        return redirect("mfa_activate_totp")
