"""One plan as one page: plain values for the template, in the order one reads them."""

from radrum.collaborations.show.after import decided, grounds, missing_grounds
from radrum.collaborations.show.page import facts, page, row
from radrum.collaborations.show.share import audience_words, copy_page, copy_row, share_facts
from radrum.collaborations.show.steps import actions
from radrum.collaborations.show.words import day, promise, url

__all__ = [
    "actions",
    "audience_words",
    "copy_page",
    "copy_row",
    "day",
    "decided",
    "facts",
    "grounds",
    "missing_grounds",
    "page",
    "promise",
    "row",
    "share_facts",
    "url",
]
