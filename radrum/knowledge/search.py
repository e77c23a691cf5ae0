"""Published answers that resemble a text: PostgreSQL's own search, in Swedish and in English.

Any word in common counts, rarer endings are folded away, and words in a title weigh most. Only published
pages are looked through, so what somebody types here meets nothing that is not public.
"""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models.functions import Greatest

from radrum.knowledge import policy, show

LONGEST = 60  # words looked for; the first ones of a question say what it is about
LEAST = 0.07  # below this, one common word in a long text is all that two texts share


def _any_of(text: str, config: str) -> SearchQuery:
    words = dict.fromkeys("".join(c if c.isalnum() else " " for c in text).split())
    wanted = [word for word in words if len(word) > 2][:LONGEST]
    query = SearchQuery("", config=config)
    for word in wanted:
        query |= SearchQuery(word, config=config)
    return query


def _vector(language: str, config: str) -> Any:
    title = "title" if language == "sv" else "title_en"
    return SearchVector(title, weight="A", config=config) + SearchVector(
        f"lead_{language}", f"body_{language}", weight="C", config=config
    )


def similar(text: str, *, most: int = 3) -> list[dict[str, Any]]:
    """The published pages that have most in common with the text, the nearest first."""
    swedish, english = _any_of(text, "swedish"), _any_of(text, "english")
    ranks = [
        SearchRank(_vector("sv", "swedish"), swedish),
        SearchRank(_vector("en", "english"), english),
    ]
    found = (
        policy.visible_pages()
        .annotate(rank=Greatest(*ranks))
        .filter(rank__gt=LEAST)
        .order_by("-rank", "title")
    )
    return [show.row(page) for page in found[:most]]
