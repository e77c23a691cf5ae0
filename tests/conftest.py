"""What every test may use: a database as the application's role, and people to act as."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from radrum.accounts.acting import choices
from radrum.accounts.appoint import give_role
from radrum.accounts.models import Organisation, User
from radrum.core.actor import SYSTEM, Actor
from radrum.core.scope import writing
from tests import databases

Act = Callable[..., Actor]


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """The worker's own database; the tests run as the application's role, so row-level security applies."""
    with django_db_blocker.unblock():
        name = databases.clone(f"radrum_test_{worker_id}_{os.getpid()}")
        databases.connect_to(name)
    yield
    with django_db_blocker.unblock():
        connection.close()
        databases.drop(name)


@pytest.fixture(autouse=True)
def as_system(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> Iterator[None]:
    """A test looks at the database as the system; what it tests sets its own actor. Its files are its own."""
    from django.conf import settings

    monkeypatch.setattr(settings, "DATA", tmp_path)
    cache.clear()  # tries to sign in are counted there, and tests sign in more often than people
    if "db" not in request.fixturenames and not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    with writing(SYSTEM):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """A database where transactions are real: a fresh clone for this test alone. Gives its name."""
    name = databases.clone(f"radrum_committed_{worker_id}_{os.getpid()}")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.connect_to(name)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.system', 'on', false)")
        yield name
        databases.connect_to(before)
    databases.drop(name)


@pytest.fixture
def _relaxed(settings: Any) -> None:
    """Nobody needs a second factor; the tests of the second factor do without this."""
    settings.RELAX_TOTP = True


@pytest.fixture
def act() -> Act:
    """`act("Fjällby universitet", "institution", "adviser")`: somebody with that role there, acting."""

    def make(organisation: str, kind: str, *roles: str, name: str = "") -> Actor:
        where = _organisation(organisation, kind)
        email = f"{name or '-'.join(roles)}@{where.key}.example".replace(" ", ".").lower()
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=name or f"{' '.join(roles)} {where.name_sv}"
        )
        with writing(SYSTEM):
            for role in roles:
                employer = (
                    _organisation("Övningsmyndigheten", "security_agency") if kind == "national" else None
                )
                give_role(user, where, role, employer=employer)
        return next(actor for actor in choices(user) if actor.organisation_id == where.pk)

    return make


def _organisation(name: str, kind: str) -> Organisation:
    if kind == "national":
        return Organisation.objects.get(kind="national")
    key = "".join(
        letter for letter in name.lower().translate(str.maketrans("åäö", "aao")) if letter.isalnum()
    )
    made, _ = Organisation.objects.get_or_create(
        key=key, defaults={"kind": kind, "name_sv": name, "name_en": name}
    )
    return made
