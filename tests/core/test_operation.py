"""An operation locks, decides, does and writes the entry: all or nothing, and a refusal is never lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from radrum.accounts import notify
from radrum.accounts.keep import keep
from radrum.accounts.models import Organisation
from radrum.cases.answer import return_statement
from radrum.cases.models import Statement
from radrum.core import operation as module
from radrum.core.actor import SYSTEM, Actor
from radrum.core.models import Entry
from radrum.core.operation import Forbidden, Refused, Stale, Unseen, operation
from radrum.core.scope import writing
from tests import factories
from tests.conftest import Act
from tests.core.meanwhile import meanwhile, wait_until_somebody_waits_for_a_lock

FJALLBY = ("Fjällby universitet", "institution")
DESK = ("Nationella funktionen", "national")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made an operation here stays out of the program's own list."""
    monkeypatch.setattr(module, "registry", {})


def everyone(*given: object) -> bool:
    return True


def nobody(*given: object) -> bool:
    return False


def organisation(key: str = "test", city: str = "") -> Organisation:
    return Organisation.objects.create(key=key, kind="other", name_sv=key, name_en=key, city=city)


def city_of(row: Organisation) -> str:
    return Organisation.objects.values_list("city", flat=True).get(pk=row.pk)


def trail() -> list[tuple[str, str, str]]:
    with writing(SYSTEM):
        ours = Entry.unguarded.filter(verb__startswith="test.").order_by("pk")
        return list(ours.values_list("verb", "outcome", "reason"))


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


@operation("test.moved", allowed=everyone)
def move(actor: Actor, row: Organisation, *, city: str) -> None:
    row.city = city
    row.save(update_fields=["city"])


@operation("test.denied", allowed=nobody)
def denied(actor: Actor, row: Organisation) -> None:
    raise AssertionError("the rule comes before the step")


@operation("test.failed", allowed=everyone)
def fail_halfway(actor: Actor, row: Organisation, *, error: Exception) -> None:
    move(actor, row, city="halfway")
    notify.tell_person(1, "case_answered", reference="RR 1", path="/room/")
    raise error


@operation("test.caught", allowed=everyone)
def catch(actor: Actor, row: Organisation, *, step: Callable[..., Any]) -> str:
    try:
        step(actor, row)
    except Refused as refusal:
        return f"went on without {type(refusal).__name__}"
    return "went on"


@operation("test.uncaught", allowed=everyone)
def let_through(actor: Actor, row: Organisation, *, step: Callable[..., Any]) -> None:
    move(actor, row, city="before the refusal")
    step(actor, row)


# --- The subject -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_rule_and_step_get_the_row_as_it_is_now() -> None:
    seen: list[str] = []

    @operation("test.looked", allowed=lambda _actor, row: not seen.append(f"rule: {row.city}"))
    def look(actor: Actor, row: Organisation) -> None:
        seen.append(f"step: {row.city}")

    stale = organisation(city="old")
    Organisation.objects.filter(pk=stale.pk).update(city="new")
    look(SYSTEM, stale)
    assert (seen, stale.city) == (["rule: new", "step: new"], "old")


@pytest.mark.django_db
def test_an_entry_names_who_for_whom_in_which_roles_and_the_row() -> None:
    row = organisation()
    move(
        Actor(user_id=7, organisation_id=row.pk, kind="other", roles=frozenset({"b", "a"})), row, city="Umeå"
    )
    entry = Entry.unguarded.latest("pk")
    assert (entry.person_id, entry.organisation_id, entry.roles) == (7, row.pk, "a,b")
    assert (entry.subject_type, entry.subject_id) == ("accounts.organisation", str(row.pk))


@pytest.mark.django_db
def test_without_a_subject_the_entry_names_what_was_made() -> None:
    @operation("test.made", allowed=everyone)
    def make(actor: Actor, *, key: str) -> Organisation:
        return organisation(key)

    made = make(SYSTEM, key="nytt")
    assert (made.key, Entry.unguarded.latest("pk").subject_id) == ("nytt", str(made.pk))


def test_an_operation_is_registered_with_its_rule() -> None:
    @operation("test.listed", allowed=everyone)
    def listed(actor: Actor) -> None:
        """Do nothing."""

    assert module.registry == {"test.listed": module.Operation("test.listed", listed, everyone)}


# --- Refusals --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Refused("not now"), "Refused"),
        (Forbidden("not you"), "Forbidden"),
        (Unseen("not there"), "Unseen"),
        (Stale("not the same", Organisation()), "Stale"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_step_that_refuses_is_undone_and_leaves_its_reason(error: Refused, reason: str) -> None:
    row = organisation(city="before")
    with pytest.raises(type(error)) as caught:
        fail_halfway(SYSTEM, row, error=error)
    assert (caught.value is error, city_of(row), waiting_jobs()) == (True, "before", 0)
    assert trail() == [("test.failed", "refused", reason)]


@pytest.mark.django_db
def test_the_rule_says_forbidden_before_the_step() -> None:
    with pytest.raises(Forbidden):
        denied(SYSTEM, organisation())
    assert trail() == [("test.denied", "refused", "Forbidden")]


@pytest.mark.django_db
def test_what_the_actor_cannot_see_does_not_exist_for_the_operation(act: Act) -> None:
    @operation("test.read", allowed=everyone)
    def read(actor: Actor, row: Any) -> str:
        return str(row.data)

    owner, colleague = act(*FJALLBY, "researcher"), act(*FJALLBY, "adviser")
    draft = keep(owner, "describe:1", "halva texten")
    assert read(owner, draft) == "halva texten"
    with pytest.raises(Unseen):
        read(colleague, draft)
    assert trail()[-2:] == [("test.read", "done", ""), ("test.read", "refused", "Unseen")]


@pytest.mark.django_db
def test_a_row_that_may_be_seen_but_not_changed_is_forbidden(act: Act) -> None:
    @operation("test.read", allowed=everyone)
    def touch(actor: Actor, row: Any) -> None:
        """Do nothing."""

    researcher, adviser = act(*FJALLBY, "researcher"), act(*FJALLBY, "adviser")
    contact_point, officer = act(*FJALLBY, "contact_point"), act(*DESK, "desk_officer")
    case = factories.asked(researcher, adviser, contact_point)
    touch(officer, case)
    with pytest.raises(Forbidden):
        touch(adviser, case)  # row-level security shows it to the asker's advisers; they may not even lock it


# --- Operations inside operations ------------------------------------------------------------------


@pytest.mark.django_db
def test_a_refused_operation_inside_leaves_its_entry_when_the_outer_goes_on() -> None:
    row = organisation()
    assert catch(SYSTEM, row, step=denied) == "went on without Forbidden"
    assert trail() == [("test.caught", "done", ""), ("test.denied", "refused", "Forbidden")]


@pytest.mark.django_db
def test_a_refused_operation_inside_undoes_only_itself_when_it_is_caught() -> None:
    row = organisation(city="before")

    @operation("test.tried", allowed=everyone)
    def both(actor: Actor, row: Organisation) -> None:
        move(actor, row, city="kept")
        with pytest.raises(Refused):
            fail_halfway(actor, row, error=Refused("not now"))

    both(SYSTEM, row)
    assert (city_of(row), waiting_jobs()) == ("kept", 0)
    assert trail() == [
        ("test.moved", "done", ""),
        ("test.tried", "done", ""),
        ("test.failed", "refused", "Refused"),
    ]


@pytest.mark.django_db
def test_a_refused_operation_inside_leaves_its_entry_when_the_outer_falls_with_it() -> None:
    row = organisation(city="before")
    with pytest.raises(Forbidden):
        let_through(SYSTEM, row, step=denied)
    assert city_of(row) == "before"
    assert trail() == [("test.denied", "refused", "Forbidden"), ("test.uncaught", "refused", "Forbidden")]


@pytest.mark.django_db
def test_an_unexpected_error_undoes_everything_but_what_was_refused_before_it() -> None:
    row = organisation(city="before")

    @operation("test.broke", allowed=everyone)
    def break_down(actor: Actor, row: Organisation) -> None:
        catch(actor, row, step=denied)
        move(actor, row, city="after")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_down(SYSTEM, row)
    assert city_of(row) == "before"
    assert trail() == [("test.denied", "refused", "Forbidden")]


@pytest.mark.django_db
def test_operations_of_different_actors_are_each_their_own(act: Act) -> None:
    researcher, row = act(*FJALLBY, "researcher"), organisation()

    @operation("test.passed_on", allowed=everyone)
    def pass_on(actor: Actor, row: Organisation) -> tuple[str, str]:
        move(SYSTEM, row, city="by the system")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.system'), current_setting('app.person')")
            return tuple(cursor.fetchone())

    assert pass_on(researcher, row) == ("", str(researcher.user_id))
    entries = Entry.unguarded.order_by("-pk").values_list("verb", "person_id")[:2]
    assert list(entries) == [("test.passed_on", researcher.user_id), ("test.moved", None)]


# --- Real transactions -----------------------------------------------------------------------------


def test_nested_operations_are_committed_together_and_a_refusal_after_the_rollback(committed: str) -> None:
    row = organisation(city="before")
    numbers: list[int] = []

    def number(actor: Actor, row: Organisation) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT txid_current()")
            numbers.append(cursor.fetchone()[0])

    noted = operation("test.noted", allowed=everyone)(number)

    @operation("test.outer", allowed=everyone)
    def outer(actor: Actor, row: Organisation, *, error: Exception | None = None) -> None:
        noted(actor, row)
        noted(actor, row)
        move(actor, row, city="after")
        notify.tell_person(1, "case_answered", reference="RR 1", path="/room/")
        if error:
            raise error

    with pytest.raises(Refused):
        outer(SYSTEM, row, error=Refused("not now"))
    assert (city_of(row), waiting_jobs(), trail()) == ("before", 0, [("test.outer", "refused", "Refused")])
    with pytest.raises(ZeroDivisionError):
        outer(SYSTEM, row, error=ZeroDivisionError())
    assert (city_of(row), waiting_jobs(), len(trail())) == ("before", 0, 1)

    outer(SYSTEM, row)
    assert (city_of(row), waiting_jobs(), len(trail())) == ("after", 1, 5)
    assert [numbers[0] == numbers[1], numbers[1] == numbers[2], numbers[4] == numbers[5]] == [
        True,
        False,
        True,
    ]


def test_refusals_survive_a_commit_that_fails(committed: str) -> None:
    row = organisation(city="before")

    @operation("test.dangled", allowed=everyone)
    def dangle(actor: Actor, row: Organisation) -> None:
        catch(actor, row, step=denied)
        Statement.unguarded.create(case_id=0, text="", signed_by_id=0)  # the keys are checked at the end

    with pytest.raises(Exception, match="violates foreign key constraint"):
        dangle(SYSTEM, row)
    assert trail() == [("test.denied", "refused", "Forbidden")]


# --- Two at once -----------------------------------------------------------------------------------


def test_the_second_waits_for_the_row_and_sees_what_the_first_did(committed: str) -> None:
    row = organisation(city="")
    entered, go_on = threading.Event(), threading.Event()

    @operation("test.added", allowed=everyone)
    def add(actor: Actor, row: Organisation, *, letter: str) -> None:
        if letter == "a":
            entered.set()
            assert go_on.wait(20)
        row.city += letter
        row.save(update_fields=["city"])

    with ThreadPoolExecutor(2) as pool:
        first = meanwhile(pool, lambda: add(SYSTEM, row, letter="a"))
        assert entered.wait(20)
        second = meanwhile(pool, lambda: add(SYSTEM, row, letter="b"))
        wait_until_somebody_waits_for_a_lock()
        go_on.set()
        assert (first.result(20), second.result(20)) == (None, None)
    assert city_of(row) == "ab"


def test_two_officers_answer_at_once_and_the_second_is_told(committed: str, act: Act) -> None:
    asker = [act(*FJALLBY, role) for role in ("researcher", "adviser", "contact_point")]
    officers = [act(*DESK, "desk_officer", name=name) for name in ("Johan", "Sara")]
    case = factories.triaged(factories.asked(*asker), officers[0])
    factories.drafted(case, act(*DESK, "desk_officer", name="Maj"), text="Läst av två.")
    barrier = threading.Barrier(2)

    def answer(officer: Actor) -> str:
        barrier.wait(20)
        try:
            with override("en"):
                return_statement(officer, case)
        except Refused as refusal:
            return str(refusal)
        return "sent"

    with ThreadPoolExecutor(2) as pool:
        said = [meanwhile(pool, lambda officer=officer: answer(officer)) for officer in officers]
        results = [one.result(20) for one in said]
    winner = results.index("sent")
    told = f"{officers[winner].user.name} has already answered this case."
    assert results[1 - winner].startswith(told)
    with writing(SYSTEM):
        statement = Statement.unguarded.get(case=case)
        assert (statement.text, statement.signed_by_id) == ("Läst av två.", officers[winner].user_id)
        who = Entry.unguarded.filter(verb="case.answered").order_by("pk")
        assert list(who.values_list("outcome", "reason", "person_id")) == [
            ("done", "", officers[winner].user_id),
            ("refused", "Refused", officers[1 - winner].user_id),
        ]
