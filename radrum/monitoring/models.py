"""A source we follow, what came from it, and what an editor made of it."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from radrum.core.bilingual import Bilingual
from radrum.core.guarded import Guarded


class Source(Guarded):
    """A feed an editor follows. How it goes with it is the editors' matter."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    url = models.URLField(max_length=500, blank=True)  # empty: read from a file only
    verified = models.BooleanField(default=False)  # somebody has seen that the address gives this feed
    active = models.BooleanField(default=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["url"], condition=~Q(url=""), name="one_source_per_address")
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Item(Guarded):
    """Something a source said, until an editor has judged it and after."""

    class Judgement(models.TextChoices):
        """What the editor made of it."""

        WAITING = "waiting", _("waits for an editor")
        SHOWN = "shown", _("shown")
        DISMISSED = "dismissed", _("kept out")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(max_length=500)  # the source's own id, or the link
    link = models.URLField(max_length=1000)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)  # plain text; every tag has been taken out
    published_at = models.DateTimeField(null=True, blank=True)  # by the source's own word
    fetched_at = models.DateTimeField(auto_now_add=True)
    judgement = models.CharField(max_length=10, choices=Judgement, default=Judgement.WAITING)
    reason = models.CharField(max_length=500, blank=True)  # why it is kept out
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-published_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "identity"], name="one_item_each")]
        indexes: ClassVar = [models.Index(fields=["link"])]

    def __str__(self) -> str:
        return f"item {self.pk}"


class News(models.Model):
    """What everyone may read: where it is from and when, and what it means here. A copy, not the item."""

    title = models.CharField(max_length=300)
    link = models.URLField(max_length=1000, unique=True)
    source = models.CharField(max_length=160)
    published_on = models.DateField(null=True)
    means_sv = models.TextField()
    means_en = models.TextField()
    aspects = models.JSONField(default=list)  # numbers of the guidelines' aspects
    shown_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    means = Bilingual()

    class Meta:
        ordering: ClassVar = ["-shown_at", "-pk"]

    def __str__(self) -> str:
        return self.title
