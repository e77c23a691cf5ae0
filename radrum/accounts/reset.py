"""Take away a lost second factor, so that its owner can set up a new one."""

from allauth.mfa.models import Authenticator

from radrum.accounts import notify, policy
from radrum.accounts.appoint import sign_out_everywhere
from radrum.accounts.models import User
from radrum.core.actor import Actor
from radrum.core.operation import operation


@operation("factor.reset", allowed=policy.may_reset)
def reset_second_factor(actor: Actor, person: User) -> None:
    """Remove codes and recovery codes, end every session, and tell the person by mail.

    Only the operator may, from the command line, after making sure who is asking.
    """
    Authenticator.objects.filter(user=person).delete()
    sign_out_everywhere(person.pk)
    notify.tell_person(person.pk, "second_factor_off", reference="", path="/account/2fa/")
