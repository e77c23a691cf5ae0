"""Lists, their versions and entries (public); verdicts and checks of persons (an organisation's own)."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from radrum.accounts.models import Organisation
from radrum.core.bilingual import Bilingual
from radrum.core.guarded import Guarded


class ListSource(models.Model):
    """A list and what is known about it, from `content/sources.yaml` or from the file that brought it."""

    class Effect(models.TextChoices):
        """What being listed means in law in Sweden."""

        BINDING = "binding", _("binding here")
        FOREIGN = "foreign", _("foreign law that may reach you")
        INDICATION = "indication", _("an indication only")
        REGISTER = "register", _("a register of identities")

    key = models.CharField(max_length=80, unique=True)
    title_sv, title_en = models.CharField(max_length=200), models.CharField(max_length=200)
    keeper = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=500, blank=True)
    rhythm_days = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)  # list | collection | register | exercise
    effect = models.CharField(max_length=12, choices=Effect)
    effect_sv, effect_en = models.TextField(blank=True), models.TextField(blank=True)
    effect_source = models.CharField(max_length=300, blank=True)
    title, effect_text = Bilingual(), Bilingual()

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return str(self.key)


class ListVersion(models.Model):
    """A list as it stood in one delivery. At most one version of a list is in use."""

    class DateFrom(models.TextChoices):
        """Where the date was found."""

        FILE = "file"
        SOURCE_MD = "source_md"
        OPTION = "option"
        UNKNOWN = "unknown"

    source = models.ForeignKey(ListSource, on_delete=models.PROTECT, related_name="versions")
    date = models.DateField(null=True)
    date_from = models.CharField(max_length=10, choices=DateFrom)
    files = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)  # schema → entries
    total = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)
    in_use = models.BooleanField(default=False)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)  # when those whom its changes concern were told

    class Meta:
        ordering: ClassVar = ["-loaded_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(in_use=True), name="one_version_in_use"
            ),
            models.UniqueConstraint(fields=["source", "sha256"], name="one_version_per_content"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.date or 'undated'}"


class Entry(models.Model):
    """One entry of a version; a register's organisations too."""

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="entries")
    part = models.CharField(max_length=80)  # the key of the list it is on, where one file carries several
    entry_id = models.CharField(max_length=200)
    schema = models.CharField(max_length=40, blank=True)
    names = models.JSONField()  # [{"name", "kind", "lang"?}]
    countries = models.JSONField(default=list)
    addresses = models.JSONField(default=list)
    identifiers = models.JSONField(default=dict)
    relations = models.JSONField(default=dict)
    url = models.CharField(max_length=1000, blank=True)
    remark = models.TextField(blank=True)
    listed_on = models.CharField(max_length=40, blank=True)
    effect = models.CharField(max_length=12, blank=True)  # only where the file itself says it
    digest = models.CharField(max_length=16)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "entry_id"])]

    def __str__(self) -> str:
        return f"{self.part} {self.entry_id}"


class Change(models.Model):
    """What a version added, removed or changed, against the version it follows."""

    class What(models.TextChoices):
        """The kind of change."""

        ADDED = "added", _("added")
        REMOVED = "removed", _("removed")
        CHANGED = "changed", _("changed")

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    part = models.CharField(max_length=80)
    entry_id = models.CharField(max_length=200)
    names = models.JSONField(default=list)  # the first name, now and before
    fields = models.JSONField(default=list)  # which facts differ

    class Meta:
        ordering: ClassVar = ["what", "entry_id"]
        indexes: ClassVar = [models.Index(fields=["version", "what"])]

    def __str__(self) -> str:
        return f"{self.what} {self.entry_id}"


@pghistory.track()
class Verdict(Guarded):
    """What someone concluded about a hit, and why; each person one. It holds until the entry changes."""

    class Conclusion(models.TextChoices):
        """Is the listed party the one that was asked about?"""

        SAME = "same", _("the same party")
        DIFFERENT = "different", _("another party")
        UNSURE = "unsure", _("unsure")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=300)  # `ror:03x80pn82`, or the words of the name
    list_key = models.CharField(max_length=80)
    entry_id = models.CharField(max_length=200)
    entry_digest = models.CharField(max_length=16)
    conclusion = models.CharField(max_length=10, choices=Conclusion)
    reason = models.TextField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(auto_now=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-judged_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "subject", "list_key", "entry_id", "judged_by"],
                name="one_verdict_each",
            )
        ]

    def __str__(self) -> str:
        return f"verdict {self.pk}"


@pghistory.track()
class PersonCheck(Guarded):
    """That a person was looked up, by whom and on what ground. No name, unless a hit was confirmed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)
    ground = models.TextField()
    searched = models.JSONField(default=list)
    hits = models.PositiveSmallIntegerField(default=0)
    confirmed_name = models.CharField(max_length=300, blank=True)
    confirmed_list = models.CharField(max_length=80, blank=True)
    confirmed_entry = models.CharField(max_length=200, blank=True)
    confirmed_why = models.TextField(blank=True)
    answer: Any = None  # what was found, for whoever asked; never stored

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["-checked_at"]

    def __str__(self) -> str:
        return f"check {self.pk}"
