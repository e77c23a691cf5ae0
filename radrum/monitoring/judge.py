"""The editor's judgement: shown, with what it means here, or kept out, with a reason."""

from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.core.actor import Actor
from radrum.core.operation import Refused, operation
from radrum.monitoring import policy
from radrum.monitoring.models import Item, News


def _judged(actor: Actor, item: Item, judgement: str, reason: str = "") -> None:
    if item.judgement != Item.Judgement.WAITING:
        raise Refused(_("Somebody else has judged this already."))
    item.judgement, item.reason = judgement, reason
    item.judged_by_id, item.judged_at = actor.user_id, timezone.now()
    item.save(update_fields=["judgement", "reason", "judged_by", "judged_at"])


@operation("item.shown", allowed=policy.may_judge)
def show_it(actor: Actor, item: Item, *, means_sv: str, means_en: str, aspects: list[str]) -> News:
    """Tell everyone: the source's title and date, and what it means here in both languages."""
    if not means_sv.strip() or not means_en.strip():
        raise Refused(_("Write what it means, in Swedish and in English."))
    _judged(actor, item, Item.Judgement.SHOWN)
    told, _made = News.objects.update_or_create(
        link=item.link,
        defaults={
            "title": item.title,
            "source": item.source.name,
            "published_on": timezone.localdate(item.published_at) if item.published_at else None,
            "means_sv": means_sv.strip(),
            "means_en": means_en.strip(),
            "aspects": aspects,
            "withdrawn_at": None,
        },
    )
    return told


@operation("item.dismissed", allowed=policy.may_judge)
def dismiss(actor: Actor, item: Item, *, reason: str) -> Item:
    """Keep it out; the reason is for the next editor."""
    if not reason.strip():
        raise Refused(_("Write why it is kept out, for the next editor."))
    _judged(actor, item, Item.Judgement.DISMISSED, reason.strip())
    return item


@operation("news.withdrawn", allowed=policy.may_withdraw)
def withdraw(actor: Actor, news: News) -> None:
    """Take a piece of news away; the item waits for a judgement again."""
    if news.withdrawn_at:
        raise Refused(_("This has been taken away already."))
    news.withdrawn_at = timezone.now()
    news.save(update_fields=["withdrawn_at"])
    items = Item.unguarded.filter(link=news.link, judgement=Item.Judgement.SHOWN)
    items.update(judgement=Item.Judgement.WAITING, judged_by=None, judged_at=None)
