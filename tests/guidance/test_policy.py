"""The guidelines are public; only what has come into force is shown."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from radrum.core.actor import STRANGER, SYSTEM
from radrum.guidance.models import Edition, Vocabulary
from radrum.guidance.policy import current_edition, current_vocabulary, may_put_in_force, visible_editions

pytestmark = pytest.mark.django_db


def _edition(key: str, days: int) -> Edition:
    return Edition.objects.create(key=key, in_force_from=timezone.localdate() + timedelta(days=days))


def test_the_newest_edition_in_force_is_current_and_old_ones_stay() -> None:
    first = current_edition()
    newer, coming = _edition("newer", 0), _edition("coming", 1)
    assert set(visible_editions()) == {first, newer}
    assert (current_edition(), coming in visible_editions()) == (newer, False)


def test_before_the_content_is_loaded_there_is_none() -> None:
    before = patch("radrum.guidance.policy.timezone.localdate", return_value=date(2026, 1, 1))
    with before, pytest.raises(Edition.DoesNotExist):
        current_edition()
    with pytest.raises(Vocabulary.DoesNotExist):
        current_vocabulary("nothing of the kind")


def test_only_the_system_puts_an_edition_in_force() -> None:
    assert [may_put_in_force(actor) for actor in (SYSTEM, STRANGER)] == [True, False]
