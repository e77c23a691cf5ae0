"""The guidelines are public; only what has come into force is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from radrum.core.actor import STRANGER, SYSTEM
from radrum.guidance.models import Edition
from radrum.guidance.policy import current_edition, may_put_in_force, visible_editions

pytestmark = pytest.mark.django_db


def _edition(key: str, days: int) -> Edition:
    return Edition.objects.create(key=key, in_force_from=timezone.localdate() + timedelta(days=days))


def test_the_newest_edition_in_force_is_current_and_old_ones_stay() -> None:
    first = current_edition()
    newer, coming = _edition("newer", 0), _edition("coming", 1)
    assert set(visible_editions()) == {first, newer}
    assert (current_edition(), coming in visible_editions()) == (newer, False)


def test_before_the_content_is_loaded_there_is_none() -> None:
    Edition.objects.update(in_force_from=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Edition.DoesNotExist):
        current_edition()


def test_only_the_system_puts_an_edition_in_force() -> None:
    assert [may_put_in_force(actor) for actor in (SYSTEM, STRANGER)] == [True, False]
