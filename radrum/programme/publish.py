"""Gate: all → public. Figures of a quarter, frozen; no count under five, nor what would give one away.

A quarter that has ended is published once and never again, so no two publications of it can be compared. The
running one may be published at any time, in whole steps of five and without parts.
"""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.cases.sort import listed
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Refused, operation
from radrum.programme import figures, policy
from radrum.programme.models import Figure, Publication

SETTLED = timedelta(days=10)  # after these, what came on a quarter's last days has been sorted


@operation("figures.published", allowed=policy.may_publish)
def publish(actor: Actor, *, period: str) -> Publication:
    """Count a quarter and publish what may be shown; one that has ended stays as it was first published."""
    quarter, today = figures.quarter_named(period), timezone.localdate()
    if quarter.first > today:
        raise Refused(_("This quarter has not begun."))
    head = {
        "first": quarter.first,
        "last": quarter.last,
        "definition": figures.DEFINITION,
        "topics_edition": listed()["edition"],
    }
    if quarter.last < today:  # whoever publishes it at the same moment waits here
        published, made = Publication.objects.get_or_create(period=quarter.key, closed=True, defaults=head)
        if not made:
            raise Refused(_("This quarter has been published. What is published is not changed."))
    else:
        published = Publication.objects.create(period=quarter.key, closed=False, **head)
    rows = [figures.as_columns(row) for row in figures.count(quarter, today)]
    Figure.objects.bulk_create(Figure(publication=published, **row) for row in rows)
    return published


def to_publish(today: date) -> list[figures.Quarter]:
    """Quarters that have ended and are not published."""
    done = set(Publication.objects.filter(closed=True).values_list("period", flat=True))
    return [one for one in figures.quarters(today) if one.last < today and one.key not in done]


def publish_settled(today: date) -> int:
    """Publish the quarters that ended a while ago; run by the night as SYSTEM."""
    settled = [one for one in to_publish(today) if one.last + SETTLED < today]
    for quarter in settled:
        publish(SYSTEM, period=quarter.key)
    return len(settled)
