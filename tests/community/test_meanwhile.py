"""Two people take the last seat at the same moment: one gets it, the other waits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.utils import timezone

from radrum.community.arrange import arrange
from radrum.community.attend import register
from radrum.community.models import Event, Registration
from radrum.core.actor import SYSTEM
from radrum.core.scope import writing
from tests.cast import cast
from tests.conftest import Act
from tests.core.meanwhile import meanwhile, wait_until_somebody_waits_for_a_lock


def test_the_last_seat(committed: str, act: Act) -> None:
    who = cast(act, "editor", "owner", "adviser")
    begins = timezone.now() + timedelta(days=7)
    event = arrange(
        who["editor"],
        title_sv="Prov",
        title_en="Trial",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        seats=1,
    )
    with ThreadPoolExecutor(1) as pool:
        with writing(SYSTEM):
            Event.unguarded.select_for_update().get(pk=event.pk)
            other = meanwhile(pool, lambda: register(who["adviser"], event=event).state)
            wait_until_somebody_waits_for_a_lock()
            mine = register(who["owner"], event=event).state
        theirs = other.result(timeout=20)
    assert (mine, theirs) == ("place", "waiting")
    assert Registration.unguarded.filter(event=event, state="place").count() == 1
