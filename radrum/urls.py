"""Every address. Those in `OPEN` need no sign-in; a test compares exactly that list."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from radrum import pages
from radrum.room import room

OPEN = frozenset(
    {
        "start",
        "ask",
        "about",
        "accessibility",
        "privacy",
        "health",
        "robots",
        "set_language",
        "guidance:edition",
        "guidance:dimension",
        "accounts:invitation",
        # allauth: sign-in, password reset, and second factors, which guard themselves
        "account_login",
        "account_logout",
        "account_confirm_login_code",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
        "account_confirm_email",
        "account_email_verification_sent",
        "mfa_authenticate",
    }
)

urlpatterns = [
    path("", pages.start, name="start"),
    path("ask/", pages.ask, name="ask"),
    path("about/", pages.about, {"page": "about"}, name="about"),
    path("accessibility/", pages.about, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", pages.about, {"page": "privacy"}, name="privacy"),
    path("health/", pages.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    path("guidelines/", include("radrum.guidance.urls")),
    path("collaborations/", include("radrum.collaborations.urls")),
    path("desk/", include("radrum.cases.urls")),
    path("room/", room, name="room"),
    path("", include("radrum.accounts.urls")),
]
