"""People come in by an invitation: once, for a week, with a secret that is not kept."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from radrum.accounts.invite import accept, find, invite, withdraw
from radrum.accounts.models import Invitation, Membership, Organisation, User
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Unseen
from radrum.core.scope import writing
from tests.cast import DESK, cast, everything
from tests.conftest import Act
from tests.jobs import waiting

GOOD = "fyra ord i en rad"
GIVEN: dict[str, Any] = {
    "email": "ny@fjallby.example",
    "name": "Ny Person",
    "roles": ["adviser", "researcher"],
}


def _token() -> str:
    path: str = waiting("send_mail_to")[-1]["words"]["path"]
    return path.split("/")[2]


@pytest.fixture
def admin(act: Act) -> Actor:
    return cast(act, "admin")["admin"]


@pytest.mark.django_db
def test_the_mail_holds_the_secret_and_the_database_only_its_hash(admin: Actor) -> None:
    made = invite(admin, **{**GIVEN, "email": " NY@Fjallby.example "}, language="en")
    (mail,) = waiting("send_mail_to")
    token = mail["words"].pop("path").split("/")[2]
    assert mail == {
        "email": "ny@fjallby.example",
        "notice": "invitation",
        "language": "en",
        "words": {"name": "Ny Person", "organisation": admin.organisation.name_en, "days": 7},
    }
    assert (made.email, made.token_hash) == ("ny@fjallby.example", hashlib.sha256(token.encode()).hexdigest())
    assert (made.invited_by_id, made.organisation) == (admin.user_id, admin.organisation)
    assert made.expires_at - made.invited_at > timedelta(days=6, hours=23)


@pytest.mark.django_db
def test_whoever_accepts_gets_an_account_and_the_roles(admin: Actor) -> None:
    made = invite(admin, **GIVEN, language="en")
    token = _token()
    user = accept(SYSTEM, find(token), password=GOOD, name="Nytt Namn")
    assert (user.email, user.name, user.language, user.check_password(GOOD)) == (
        made.email,
        "Nytt Namn",
        "en",
        True,
    )
    roles = Membership.unguarded.filter(person=user, organisation=admin.organisation).values_list(
        "role", flat=True
    )
    assert sorted(roles) == ["adviser", "researcher"]
    assert EmailAddress.objects.get(user=user).verified is True
    assert find(token) is None
    taken = Invitation.unguarded.get(pk=made.pk)
    assert (taken.accepted_at is not None, taken.token_hash) == (True, "")
    with pytest.raises(Forbidden):
        accept(SYSTEM, made, password=GOOD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"accepted_at": timezone.now()}, False),
        ({"withdrawn_at": timezone.now()}, False),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, False),
    ],
)
def test_which_links_work(admin: Actor, client: Client, change: dict[str, Any], found: bool) -> None:
    invite(admin, **GIVEN)
    Invitation.unguarded.update(**change)
    token = _token()
    assert (find(token) is not None) is found
    page = client.get(f"/invitation/{token}/")
    assert (page.status_code, "form" in page.context) == ((200, True) if found else (404, False))
    sent = client.post(f"/invitation/{token}/", {"name": "Ny", "password": GOOD})
    assert (sent.status_code, User.objects.filter(email=GIVEN["email"]).exists()) == (
        302 if found else 404,
        found,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("guess", ["x", "", " ", "0" * 43])
def test_a_guessed_link_finds_nothing(admin: Actor, client: Client, guess: str) -> None:
    done = invite(admin, **GIVEN)
    withdraw(admin, done)  # a withdrawn one has an empty hash
    assert find(guess) is None
    assert client.get(f"/invitation/{guess or '-'}/").status_code == 404


@pytest.mark.django_db
def test_what_is_withdrawn_meanwhile_is_refused_under_the_lock(admin: Actor) -> None:
    invite(admin, **GIVEN)
    held = find(_token())
    assert held is not None
    withdraw(admin, held)
    with pytest.raises(Refused):
        accept(SYSTEM, held, password=GOOD)
    assert not User.objects.filter(email=GIVEN["email"]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["kort", "password1234", "ny@fjallby.example"])
def test_a_weak_password_is_refused_and_the_link_still_works(
    admin: Actor, client: Client, password: str
) -> None:
    invite(admin, **GIVEN)
    token = _token()
    with pytest.raises(ValidationError):
        accept(SYSTEM, find(token), password=password)
    page = client.post(f"/invitation/{token}/", {"name": "Ny", "password": password})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["password"])
    assert (find(token) is not None, User.objects.filter(email=GIVEN["email"]).exists()) == (True, False)


@pytest.mark.django_db
def test_an_account_that_exists_is_proved_by_its_own_password(act: Act, admin: Actor, client: Client) -> None:
    theirs = cast(act, "their adviser")["their adviser"].user
    theirs.set_password(GOOD)
    theirs.save()
    invite(admin, **{**GIVEN, "email": theirs.email})
    token, before = _token(), everything()
    page = client.post(f"/invitation/{token}/", {"name": "Kapad", "password": "ett annat lösenord"})
    assert (page.status_code, list(page.context["form"].errors), everything()) == (200, ["password"], before)
    assert Entry.unguarded.filter(verb="invitation.accepted", outcome="refused").count() == 1
    assert client.post(f"/invitation/{token}/", {"name": "Kapad", "password": GOOD}).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.name, Membership.unguarded.filter(person=theirs).count()) == ("their adviser", 3)


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_the_page_asks_for_the_password_that_there_is_or_for_a_new_one(
    act: Act, admin: Actor, client: Client, known: bool
) -> None:
    email = cast(act, "their adviser")["their adviser"].user.email if known else GIVEN["email"]
    invite(admin, **{**GIVEN, "email": email})
    page = client.get(f"/invitation/{_token()}/")
    asked = page.context["form"].fields
    assert (list(asked), asked["password"].widget.attrs["autocomplete"]) == (
        (["password"], "current-password") if known else (["name", "password"], "new-password")
    )
    assert page.context["invitation"]["known"] == known


@pytest.mark.django_db
def test_guesses_at_the_password_of_an_account_are_limited_here_too(
    act: Act, admin: Actor, client: Client
) -> None:
    cache.clear()  # tries are counted there
    theirs = cast(act, "their adviser")["their adviser"].user
    theirs.set_password(GOOD)
    theirs.save()
    invite(admin, **{**GIVEN, "email": theirs.email})
    address = f"/invitation/{_token()}/"
    for _try in range(10):
        client.post(address, {"password": "ett annat lösenord"})
    assert client.post(address, {"password": GOOD}).status_code == 200
    assert Membership.unguarded.filter(person=theirs, organisation=admin.organisation).count() == 0
    cache.clear()


@pytest.mark.django_db
def test_one_open_invitation_an_address_and_never_without_a_role(admin: Actor) -> None:
    first = invite(admin, **GIVEN)
    for wrong in (
        {**GIVEN, "email": "NY@fjallby.example"},
        {**GIVEN, "email": "b@fjallby.example", "roles": []},
    ):
        with pytest.raises(Refused):
            invite(admin, **wrong)
    withdraw(admin, first)
    invite(admin, **GIVEN)
    assert Invitation.unguarded.count() == 2


@pytest.mark.django_db
def test_nobody_is_invited_to_a_role_that_cannot_be_given(act: Act, admin: Actor) -> None:
    """Otherwise it would be the guest who met the refusal."""
    at_desk = act(*DESK, "organisation_admin", name="desk admin")
    agency = Organisation.objects.filter(kind="agency").first()
    for actor, roles in (
        (admin, ["desk_officer"]),
        (admin, ["adviser", "agency_expert"]),
        (at_desk, ["desk_officer"]),
    ):
        with pytest.raises(Refused):
            invite(actor, **{**GIVEN, "roles": roles})
    made = invite(at_desk, **{**GIVEN, "roles": ["desk_officer"]}, employer=agency)
    user = accept(SYSTEM, made, password=GOOD)
    assert Membership.unguarded.get(person=user).employer == agency


@pytest.mark.django_db
def test_only_an_administrator_and_only_to_their_own_organisation(act: Act) -> None:
    who = cast(act, "admin", "their admin", "owner", "contact", "officer")
    for name in ("owner", "contact", "officer"):
        with pytest.raises(Forbidden):
            invite(who[name], **GIVEN)
    made = invite(who["admin"], **GIVEN, organisation=who["their admin"].organisation)
    assert made.organisation == who["admin"].organisation
    for_others = invite(SYSTEM, **GIVEN, organisation=who["their admin"].organisation)
    assert for_others.organisation == who["their admin"].organisation
    with pytest.raises(Unseen):
        withdraw(who["their admin"], made)
    with pytest.raises(Unseen):
        withdraw(who["owner"], made)
    accept(SYSTEM, made, password=GOOD)
    with pytest.raises(Refused):
        withdraw(who["admin"], made)


def test_the_link_is_followed_by_a_stranger_with_real_transactions(
    act: Act, committed: str, client: Client
) -> None:
    """The page reads in a transaction that cannot write; accepting has one of its own."""
    with writing(SYSTEM):
        invite(cast(act, "admin")["admin"], **GIVEN)
    link = f"/invitation/{_token()}/"
    assert client.post(link, {"name": "Ny", "password": GOOD}).headers["Location"] == "/account/login/"
    signed_in = client.post("/account/login/", {"login": GIVEN["email"], "password": GOOD})
    assert (signed_in.status_code, client.get("/room/").status_code) == (302, 200)
    assert client.get(link).status_code == 404
