"""The agreement between municipality and police, as data. No person and no case is reachable from here."""

from __future__ import annotations

import uuid

from django.db import models


class Agreement(models.Model):
    """A samverkansöverenskommelse: who agreed, on what, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("namn", max_length=200)
    parties = models.JSONField("parter", default=list)
    starts_on = models.DateField("gäller från")
    ends_on = models.DateField("gäller till")
    decided_on = models.DateField("beslutad")
    decided_by = models.CharField("beslutad av", max_length=100)
    purpose = models.TextField("syfte")

    plain_because = dict.fromkeys(
        ("name", "parties", "starts_on", "ends_on", "decided_on", "decided_by", "purpose"),
        "offentlig överenskommelse",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="agreement_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PriorityArea(models.Model):
    """One insatsområde of an agreement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("insatsområde")
    is_counted = models.BooleanField("räknas ur verksamheten", default=False)

    plain_because = dict.fromkeys(("agreement", "number", "text", "is_counted"), "offentlig överenskommelse")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_area_per_number"),
        ]

    def __str__(self) -> str:
        return self.text


class FrozenFigure(models.Model):
    """One printed figure of one ended half-year, counted once and never again; the exact count is not kept."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.CharField(max_length=40, editable=False)
    period = models.CharField(max_length=6, editable=False)
    text = models.CharField(max_length=12, editable=False)
    frozen_at = models.DateTimeField(editable=False)

    plain_because = {
        "indicator": "kod",
        "period": "halvår",
        "text": "skyddad siffra, gjord för att visas",
        "frozen_at": "säger när siffran fastställdes",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="one_figure_per_indicator_and_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
