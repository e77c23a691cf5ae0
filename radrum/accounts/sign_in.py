"""How allauth behaves here: nobody signs up alone, and its mail leaves from the worker like all other."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts import notify
from radrum.accounts.appoint import sign_out_everywhere
from radrum.accounts.models import User
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing

_NOTICES = {
    "account/email/password_reset_key": "password_reset",
    "account/email/unknown_account": "unknown_account",
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_changed",
    "account/email/password_set": "password_changed",
    "mfa/email/totp_activated": "second_factor_on",
    "mfa/email/totp_deactivated": "second_factor_off",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts begin with an invitation."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "enter_current_password": _("The current password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "too_many_login_attempts": _("Too many tries in a short time. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Defer the mail; only addresses and links go into the job, which is removed when it is done.

        A mail that is not in the table is an error: its page would say that something was sent.
        """
        notice = _NOTICES[template_prefix]
        person = User.objects.filter(email__iexact=email).first()
        path = str(context.get("password_reset_url", "")).split("://", 1)[-1].partition("/")[2]
        with writing(SYSTEM):
            notify.write_to(email, notice, language=person.language if person else "sv", path=f"/{path}")

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **more: Any) -> None:
        """Tell what has happened to an account; with a new second factor, every other session ends."""
        if template_prefix == "mfa/email/totp_activated":
            _shown_here_alone(self.request, user)
        super().send_notification_mail(template_prefix, user, *args, **more)


def _shown_here_alone(request: HttpRequest, user: User) -> None:
    """The session where the app was set up has shown a code; the others may be somebody else's."""
    record_authentication(request, user, "mfa", type=Authenticator.Type.TOTP)
    sign_out_everywhere(user.pk, but=request.session.session_key or "")
