"""What has been published: frozen rows that everyone may read, and that nobody changes afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Publication(models.Model):
    """The figures of one quarter as counted at one moment; a quarter that has ended has one only."""

    period = models.CharField(max_length=6)  # 2026Q3
    first = models.DateField()
    last = models.DateField()
    closed = models.BooleanField()  # the quarter had ended: exact counts, for ever
    computed_at = models.DateTimeField(auto_now_add=True)
    definition = models.CharField(max_length=20)  # which way of counting; see `figures.py`
    topics_edition = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["-period", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period"], condition=Q(closed=True), name="one_publication_of_a_closed_quarter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.computed_at:%Y-%m-%d}"


class Figure(models.Model):
    """One number, or the word that it is not shown."""

    class Measure(models.TextChoices):
        """What is counted or measured."""

        RECEIVED = "received"
        KIND = "kind"
        TOPIC = "topic"
        ANSWERED = "answered"
        MEDIAN = "median"
        NINE_OF_TEN = "nine_of_ten"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=20, choices=Measure)
    key = models.CharField(max_length=40, blank=True)  # the kind or topic; empty for the whole
    value = models.FloatField(null=True)
    suppressed = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "measure", "key"], name="one_figure_each"),
            models.CheckConstraint(
                condition=Q(suppressed=True, value=None) | Q(suppressed=False, value__isnull=False),
                name="hidden_has_no_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.key}"
