"""One plan as one page: plain values for the template, in the order one reads them."""

from radrum.collaborations.show.after import decided, grounds, missing_grounds
from radrum.collaborations.show.agreements import agreements_page, by_nearest_day, import_page
from radrum.collaborations.show.page import facts, page, row
from radrum.collaborations.show.partners import alert_rows, hit_page, partner_page, partner_url
from radrum.collaborations.show.record import record, reference
from radrum.collaborations.show.share import audience_words, copy_page, copy_row, share_facts
from radrum.collaborations.show.steps import actions
from radrum.collaborations.show.words import promise, url

__all__ = [
    "actions",
    "agreements_page",
    "alert_rows",
    "audience_words",
    "by_nearest_day",
    "copy_page",
    "copy_row",
    "decided",
    "facts",
    "grounds",
    "hit_page",
    "import_page",
    "missing_grounds",
    "page",
    "partner_page",
    "partner_url",
    "promise",
    "record",
    "reference",
    "row",
    "share_facts",
    "url",
]
