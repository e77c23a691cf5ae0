"""What the audit trail stores."""

from typing import ClassVar

from django.db import models

from radrum.core.guarded import Guarded


class Entry(Guarded):
    """One thing done or refused. The application may add entries, never change or remove them."""

    DONE, REFUSED = "done", "refused"

    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True)
    person_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    roles = models.CharField(max_length=300, blank=True)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)

    class Meta(Guarded.Meta):
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.outcome} {self.subject_type} {self.subject_id}"


class Seal(Guarded):
    """The chained HMAC of a batch of entries."""

    number = models.PositiveBigIntegerField(primary_key=True)
    last_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"seal {self.number}"
