"""A text that is data is read in the reader's language."""

import pytest
from django.utils.translation import override

from radrum.core.bilingual import Bilingual


class Thing:
    """As a model: two columns and one name."""

    name = Bilingual()

    def __init__(self, swedish: str, english: str) -> None:
        self.name_sv, self.name_en = swedish, english


@pytest.mark.parametrize(
    ("language", "swedish", "english", "read"),
    [
        ("sv", "Lag", "Law", "Lag"),
        ("sv-fi", "Lag", "Law", "Lag"),
        ("en", "Lag", "Law", "Law"),
        ("de", "Lag", "Law", "Law"),
        ("en", "Lag", "", "Lag"),  # better in Swedish than not at all
        ("sv", "", "Law", ""),  # Swedish is complete, or a fault one should see
        (None, "Lag", "Law", "Lag"),
    ],
)
def test_the_readers_language_picks_the_column(
    language: str | None, swedish: str, english: str, read: str
) -> None:
    with override(language):
        assert Thing(swedish, english).name == read


def test_on_the_class_it_is_itself() -> None:
    assert isinstance(Thing.name, Bilingual)
