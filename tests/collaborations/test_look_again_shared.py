"""The real update of the UN's list, where a folder with it lies beside the checkout."""

import pytest

from radrum.collaborations.look_again import look_again
from radrum.collaborations.models import ListAlert, Partner
from radrum.core.actor import SYSTEM
from radrum.screening import lists
from radrum.screening.models import Entry, ListVersion
from tests import factories
from tests.cast import cast
from tests.conftest import Act
from tests.jobs import waiting
from tests.screening.conftest import DATA

UN = DATA / "un-consolidated"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not UN.is_dir(), reason="no folder with real lists beside the checkout"),
]


def first_name(version: ListVersion, entry_id: str) -> str:
    return str(Entry.objects.get(version=version, entry_id=entry_id).names[0]["name"])


def organisations(version: ListVersion, what: str) -> list[str]:
    ids = version.changes.filter(what=what).values_list("entry_id", flat=True)
    at = version.follows if what == "removed" else version
    found = Entry.objects.filter(version=at, entry_id__in=list(ids), schema="Organization")
    return list(found.order_by("entry_id").values_list("entry_id", flat=True))


def test_owners_of_partners_the_real_update_concerns_are_told_and_nobody_else(act: Act) -> None:
    who = cast(act, "owner", "colleague", "their researcher")
    lists.load_place(SYSTEM, UN / "consolidated-2025-04-19.xml")
    (version,) = lists.load_place(SYSTEM, UN / "consolidated-2026-02-27.xml").loaded
    changes = lists.changes_of(version)
    assert (len(changes["added"]), len(changes["removed"])) == (130, 4)
    added = organisations(version, "added")
    new = first_name(version, added[0])
    kept = Entry.objects.filter(version=version, schema="Organization").exclude(
        entry_id__in=[*changes["added"], *changes["changed"]]
    )
    unchanged = str(kept.order_by("entry_id")[0].names[0]["name"])
    factories.plan(who["owner"], partners=[(new, "X"), ("Uppsala universitet", "Sverige")])
    factories.plan(who["colleague"], partners=[(unchanged, "X")])
    factories.plan(who["their researcher"], partners=[("Umeå universitet", "Sverige")])
    alerts = look_again()
    assert [(one.person_id, [row["partner"] for row in one.partners]) for one in alerts] == [
        (who["owner"].user_id, [new])
    ]
    assert [job["notice"] for job in waiting("send_notice")] == ["list_changed"]
    assert (look_again(), ListAlert.unguarded.count(), Partner.unguarded.count()) == ([], 1, 4)
