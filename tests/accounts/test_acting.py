"""A person acts for one organisation at a time, and only for one where they have a role today."""

import pytest

from radrum.accounts.acting import choices, choose
from radrum.accounts.models import Membership
from tests.cast import FJALLBY, SJOBY, cast, join, signed_in
from tests.conftest import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_relaxed")]


def _both(act: Act) -> tuple[object, int, int]:
    """Someone at two places."""
    at_fjallby = act(*FJALLBY, "researcher", "adviser", name="Ingrid")
    at_sjoby = act(*SJOBY, "contact_point", name="Ingrid")
    join(at_fjallby.user, at_sjoby)
    return at_fjallby.user, at_fjallby.organisation_id, at_sjoby.organisation_id  # type: ignore[return-value]


def test_roles_are_those_at_the_chosen_organisation(act: Act) -> None:
    user, fjallby, sjoby = _both(act)
    found = {actor.organisation_id: (actor.kind, actor.roles) for actor in choices(user)}  # type: ignore[arg-type]
    assert found == {
        fjallby: ("institution", {"researcher", "adviser"}),
        sjoby: ("institution", {"contact_point"}),
    }
    for wanted, got in ((fjallby, fjallby), (sjoby, sjoby), (None, fjallby), (999, fjallby)):
        assert choose(user, wanted)[0].organisation_id == got  # type: ignore[arg-type]


def test_whoever_has_no_role_acts_for_nobody(act: Act) -> None:
    user = cast(act, "owner")["owner"].user
    Membership.unguarded.update(starts_on="2025-01-01", ends_on="2025-12-31")
    actor, possible = choose(user, None)
    assert (actor.user_id, actor.organisation_id, actor.roles, possible) == (user.pk, None, frozenset(), [])


def test_the_choice_is_kept_and_shown_on_every_page(act: Act) -> None:
    user, fjallby, sjoby = _both(act)
    browser = signed_in(choices(user)[0])  # type: ignore[arg-type]
    assert browser.get("/room/").context["acting"]["organisation"].pk == fjallby
    listed = browser.get("/act/").context["acting"]["choices"]
    assert {choice.organisation_id for choice in listed} == {fjallby, sjoby}
    assert browser.post("/act/", {"organisation": sjoby}).headers["Location"] == "/room/"
    page = browser.get("/guidelines/")
    assert (page.context["acting"]["organisation"].pk, "Sjöby högskola" in page.content.decode()) == (
        sjoby,
        True,
    )


@pytest.mark.parametrize("wanted", ["foreign", "999999", "", "x", "-1"])
def test_nobody_acts_for_a_foreign_organisation(act: Act, wanted: str) -> None:
    who = cast(act, "owner", "their contact")
    browser = signed_in(who["owner"])
    value = who["their contact"].organisation_id if wanted == "foreign" else wanted
    assert browser.post("/act/", {"organisation": value}).status_code == 403
    assert browser.get("/room/").context["acting"]["organisation"] == who["owner"].organisation


def test_a_choice_that_has_lapsed_is_no_longer_used(act: Act) -> None:
    user, fjallby, sjoby = _both(act)
    browser = signed_in(choices(user)[0])  # type: ignore[arg-type]
    browser.post("/act/", {"organisation": sjoby})
    Membership.unguarded.filter(organisation=sjoby).update(starts_on="2025-01-01", ends_on="2025-12-31")
    assert browser.get("/room/").context["acting"]["organisation"].pk == fjallby


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("/collaborations/", "/collaborations/"),
        ("https://evil.example/", "/room/"),
        ("//evil.example/", "/room/"),
        ("/\\evil.example", "/room/"),
        ("javascript:alert(1)", "/room/"),
        ("", "/room/"),
    ],
)
@pytest.mark.parametrize("form", ["/act/", "/keep/"])
def test_one_is_never_sent_away_from_here(act: Act, form: str, wanted: str, there: str) -> None:
    owner = cast(act, "owner")["owner"]
    fields = {"organisation": owner.organisation_id, "form": "begin", "discard": "1", "next": wanted}
    assert signed_in(owner).post(form, fields).headers["Location"] == there
