"""Every address. Those in `OPEN` need no sign-in; a test compares exactly that list."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.i18n import set_language

from radrum import pages
from radrum.cases import urls as desk
from radrum.knowledge.urls import EDITING
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
        "guidance:proposals",
        "knowledge:index",
        "knowledge:page",
        "accounts:invitation",
        "programme:figures",
        "programme:csv",
        "programme:json",
        "programme:chart",
        "community:calendar",
        "community:feed",
        "community:event",
        "community:ics",
        "monitoring:news",
        "monitoring:feed",
        # allauth: sign-in, password reset, and the second factor at sign-in, which guard themselves
        "account_login",
        "account_logout",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
        "mfa_authenticate",
    }
)

# Only those of allauth's doors that lead somewhere here; one's address is the invited one and stays.
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),  # says that accounts begin with an invitation
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("", pages.start, name="start"),
    path("ask/", pages.ask, name="ask"),
    path("about/", pages.about, {"page": "about"}, name="about"),
    path("accessibility/", pages.about, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", pages.about, {"page": "privacy"}, name="privacy"),
    path("health/", pages.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("account/", include(ACCOUNT)),
    path("guidelines/", include("radrum.guidance.urls")),
    path("knowledge/", include("radrum.knowledge.urls")),
    path("editors/", include(EDITING)),  # Wagtail; see knowledge/door.py
    path("collaborations/", include("radrum.collaborations.urls")),
    path("desk/", include("radrum.cases.urls")),
    path("consultations/", include((desk.agency, "consultations"))),
    path("figures/", include("radrum.programme.urls")),
    path("meetings/", include("radrum.community.urls")),
    path("news/", include("radrum.monitoring.urls")),
    path("room/", room, name="room"),
    path("", include("radrum.accounts.urls")),
]
