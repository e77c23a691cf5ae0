"""A lost second factor is taken away by the operator alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from radrum.accounts.reset import reset_second_factor
from radrum.core.operation import Forbidden
from tests.conftest import Act


@pytest.mark.django_db
def test_the_operator_takes_it_away_and_the_person_is_signed_out(act: Act, client: Client) -> None:
    person = act("Fjällby universitet", "institution", "organisation_admin").user
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(person)
    call_command("reset_second_factor", person.email)
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/room/").headers["Location"] == "/account/login/?next=/room/"


@pytest.mark.django_db
def test_nobody_else_does_and_an_unknown_address_is_a_sentence(act: Act) -> None:
    admin = act("Fjällby universitet", "institution", "organisation_admin")
    with pytest.raises(Forbidden):
        reset_second_factor(admin, admin.user)
    with pytest.raises(CommandError, match="No account has the address"):
        call_command("reset_second_factor", "nobody@fjallby.example")
