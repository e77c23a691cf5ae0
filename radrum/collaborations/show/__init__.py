"""One plan as one page: plain values for the template, in the order one reads them."""

from radrum.collaborations.show.after import grounds, missing_grounds
from radrum.collaborations.show.page import facts, page, row
from radrum.collaborations.show.steps import actions
from radrum.collaborations.show.words import aspect_url, promise, url

__all__ = ["actions", "aspect_url", "facts", "grounds", "missing_grounds", "page", "promise", "row", "url"]
