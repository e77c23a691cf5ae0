"""A question is registered at once, with a day promised in Swedish working days."""

from datetime import date

import pytest
from django.utils import timezone

from radrum.cases.models import Case, Dossier
from radrum.cases.receive import digest, receive, working_days_after, working_days_between
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden
from tests import factories
from tests.cast import cast, everything
from tests.conftest import Act


@pytest.mark.parametrize(
    ("day", "days", "promised"),
    [
        (date(2026, 11, 24), 10, date(2026, 12, 8)),  # two plain weeks
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 12, 22), 1, date(2026, 12, 23)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # Christmas Eve, Christmas Day, and a weekend
        (date(2026, 12, 18), 10, date(2027, 1, 8)),  # New Year and Epiphany too
        (date(2026, 12, 30), 1, date(2027, 1, 4)),  # New Year's Eve is free
        (date(2027, 1, 5), 1, date(2027, 1, 7)),  # Epiphany
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Easter
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # Midsummer's Eve
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_days_on_which_nobody_works_do_not_count(day: date, days: int, promised: date) -> None:
    assert (working_days_after(day, days), working_days_between(day, promised)) == (promised, days)


def _receive(actor: Actor, asker: Actor, owner: Actor) -> Case:
    passages = [{"key": "advice.1", "label": "Råd", "text": "Gå vidare."}]
    return receive(
        actor,
        asker.organisation,
        subject="Ämne",
        question="Fråga?",
        passages=passages,
        left_out=2,
        on_behalf_of=owner.user,
    )


@pytest.mark.django_db
def test_reference_time_parties_and_subject_stand_at_once(act: Act) -> None:
    who = cast(act, "owner", "contact")
    case = Case.unguarded.get(pk=_receive(who["contact"], who["contact"], who["owner"]).pk)
    today = timezone.localdate()
    assert (case.reference, case.subject, case.asker, case.holder.kind) == (
        f"RR {today.year}/0001",
        "Ämne",
        who["contact"].organisation,
        "national",
    )
    assert (timezone.localdate(case.received_at), case.promised_on) == (today, working_days_after(today, 10))
    assert (case.dossier.left_out, case.dossier.digest) == (2, digest(case.dossier.passages))


@pytest.mark.django_db
def test_a_changed_copy_does_not_match_its_digest(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact")
    case = factories.asked(who["owner"], who["adviser"], who["contact"])
    Dossier.unguarded.filter(case=case).update(passages=[])
    changed = Dossier.unguarded.get(case=case)
    assert digest(changed.passages) != changed.digest


@pytest.mark.django_db
def test_only_the_organisations_own_contact_point(act: Act) -> None:
    who = cast(act, "owner", "adviser", "contact", "their contact", "officer")
    before = everything()
    for name in ("owner", "adviser", "their contact", "officer"):
        with pytest.raises(Forbidden):
            _receive(who[name], who["contact"], who["owner"])
    assert everything() == before
