"""Bring a person in: an administrator invites an address, its reader accepts and chooses a password."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import notify, policy
from radrum.accounts.appoint import give_role, refuse_unless_it_fits
from radrum.accounts.models import Invitation, Organisation, User
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, operation
from radrum.core.scope import reading

VALID = timedelta(days=7)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@operation("invitation.sent", allowed=policy.may_administer)
def invite(
    actor: Actor,
    *,
    email: str,
    name: str,
    roles: list[str],
    language: str = "sv",
    employer: Organisation | None = None,
    organisation: Organisation | None = None,
) -> Invitation:
    """Invite `email` to the actor's organisation (only the system may name another)."""
    where = organisation if actor.system and organisation else actor.organisation
    if not roles:
        raise Refused(_("Choose at least one role."))
    for role in roles:
        refuse_unless_it_fits(where, role, employer)
    open_ones = Invitation.unguarded.filter(
        organisation=where,
        email__iexact=email,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=timezone.now(),
    )
    if open_ones.exists():
        raise Refused(
            _("There is already an open invitation to this address. Withdraw it first to send another.")
        )
    invitation = Invitation.unguarded.create(
        organisation=where,
        email=email.strip().lower(),
        name=name,
        roles=roles,
        language=language,
        employer=employer,
        invited_by_id=actor.user_id,
        expires_at=timezone.now() + VALID,
    )
    send(invitation)
    return invitation


def send(invitation: Invitation) -> None:
    """Give the invitation a new secret and mail it; the secret is not kept."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.save(update_fields=["token_hash"])
    notify.write_to(
        invitation.email,
        "invitation",
        language=invitation.language,
        name=invitation.name,
        organisation=invitation.organisation.name_sv
        if invitation.language == "sv"
        else invitation.organisation.name_en,
        path=f"/invitation/{token}/",
        days=VALID.days,
    )


def find(token: str) -> Invitation | None:
    """The open invitation this secret belongs to; none when unknown, used, withdrawn or too old."""
    with reading(SYSTEM):
        return (
            Invitation.unguarded.filter(
                token_hash=_hash(token), accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
            )
            .select_related("organisation", "invited_by")
            .first()
        )


@operation("invitation.accepted", allowed=policy.may_accept)
def accept(actor: Actor, invitation: Invitation, *, password: str, name: str = "") -> User:
    """Make the account (or prove it, by its own password, if there is one) and give the invited roles."""
    if invitation.withdrawn_at or invitation.expires_at <= timezone.now():
        raise Refused(_("The invitation no longer works."))
    user = User.objects.filter(email=invitation.email).first()
    if user and not user.check_password(password):
        raise Refused(_("There is already an account for this address. Enter its password to accept."))
    if not user:
        user = User(email=invitation.email, name=name or invitation.name, language=invitation.language)
        validate_password(password, user)
        user.set_password(password)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in invitation.roles:
        give_role(user, invitation.organisation, role, employer=invitation.employer)
    invitation.accepted_at = timezone.now()
    invitation.token_hash = ""
    invitation.save(update_fields=["accepted_at", "token_hash"])
    return user


@operation("invitation.withdrawn", allowed=policy.may_withdraw)
def withdraw(actor: Actor, invitation: Invitation) -> None:
    """Make the link stop working."""
    if invitation.accepted_at:
        raise Refused(_("This invitation has already been accepted."))
    invitation.withdrawn_at = timezone.now()
    invitation.token_hash = ""
    invitation.save(update_fields=["withdrawn_at", "token_hash"])


def forget_old_invitations(days: int = 30) -> None:
    """Remove those never accepted, some days after they ran out, with their history; run as SYSTEM."""
    before = timezone.now() - timedelta(days=days)
    old = Invitation.unguarded.filter(accepted_at=None, expires_at__lt=before)
    keys = list(old.values_list("pk", flat=True))
    old.delete()
    Invitation.pgh_event_model.unguarded.filter(pgh_obj_id__in=keys).delete()  # type: ignore[attr-defined]
