"""The agreement between municipality and police, as data, with what is written and typed in beside it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from followup.periods import Every

PUBLIC = "offentlig överenskommelse"


class Agreement(models.Model):
    """A samverkansöverenskommelse: who agreed, on what, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("namn"), max_length=200)
    parties = models.JSONField(_("parter"), default=list)
    starts_on = models.DateField(_("gäller från"))
    ends_on = models.DateField(_("gäller till"))
    decided_on = models.DateField(_("beslutad"))
    decided_by = models.CharField(_("beslutad av"), max_length=100)
    purpose = models.TextField(_("syfte"))

    plain_because = dict.fromkeys(
        ("name", "parties", "starts_on", "ends_on", "decided_on", "decided_by", "purpose"), PUBLIC
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            # Two series about the same people would have to be proved together, so nobody is in two of them.
            ExclusionConstraint(
                name="agreements_do_not_overlap",
                expressions=[
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PriorityArea(models.Model):
    """One insatsområde of an agreement, in its own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField(_("nummer"))
    text = models.TextField(_("insatsområde"))

    plain_because = dict.fromkeys(("agreement", "number", "text"), PUBLIC)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_area_per_number")]

    def __str__(self) -> str:
        return self.text


class Indicator(models.Model):
    """What an area is followed by. `counted` names a row of the catalogue; without it the figures are typed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(PriorityArea, on_delete=models.PROTECT, related_name="indicators")
    code = models.SlugField(_("kod"), max_length=40)
    position = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(_("namn"), max_length=120)
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("enhet"), max_length=40)
    every = models.CharField(_("följs upp"), max_length=4, choices=[(e.value, e.label) for e in Every])
    source = models.CharField(_("källa"), max_length=200)
    target = models.CharField(_("mål"), max_length=200, blank=True)
    responsible = models.CharField(_("ansvarig"), max_length=120, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)
    counted = models.CharField(max_length=40, blank=True, editable=False)

    plain_because = dict.fromkeys(
        (
            "area",
            "code",
            "position",
            "name",
            "definition",
            "unit",
            "every",
            "source",
            "target",
            "responsible",
            "comment",
            "counted",
        ),
        PUBLIC,
    )

    class Meta:
        ordering = ["area__number", "position"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="one_indicator_per_code")]

    def __str__(self) -> str:
        return self.name


class MeasureState(models.TextChoices):
    """How far a measure has come."""

    PLANNED = "planned", _("Planerad")
    ONGOING = "ongoing", _("Pågår")
    DONE = "done", _("Genomförd")


class Measure(models.Model):
    """One åtgärd that the parties have agreed on in an area."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(PriorityArea, on_delete=models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField(_("åtgärd"))
    responsible = models.CharField(_("ansvarig"), max_length=120, blank=True)
    state = models.CharField(_("läge"), max_length=8, choices=MeasureState, default=MeasureState.PLANNED)

    plain_because = dict.fromkeys(("area", "position", "text", "responsible", "state"), PUBLIC)

    class Meta:
        ordering = ["area__number", "position"]

    def __str__(self) -> str:
        return self.text


class PublicationPlan(models.Model):
    """Which tables are published how often, by fixed cut points and under which promise; a change is a new version."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="plans", editable=False)
    code = models.SlugField(max_length=40, editable=False)
    version = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(max_length=120, editable=False)
    explanation = models.TextField(editable=False)
    every = models.CharField(max_length=4, choices=[(e.value, e.label) for e in Every], editable=False)
    recipients = models.JSONField(default=list, editable=False)
    content = models.JSONField(editable=False)

    plain_because = dict.fromkeys(
        ("agreement", "code", "version", "name", "explanation", "every", "recipients", "content"),
        "står i varje redovisad fil",
    )

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code", "version"], name="one_plan_per_version")
        ]

    def __str__(self) -> str:
        return self.name


class Narrative(models.Model):
    """What is said in words about an area and a period; a new text stands beside the old one."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(
        PriorityArea, on_delete=models.PROTECT, related_name="narratives", editable=False
    )
    period = models.CharField(max_length=6, editable=False)
    text = models.TextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(editable=False)

    plain_because = {
        "area": PUBLIC,
        "period": "halvår",
        "text": "skriven för att läsas av alla; prövas mot personuppgifter",
        "written_by": "den anställda",
        "written_at": "vilken text som gäller",
    }

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.area_id} {self.period}"


class TypedFigure(models.Model):
    """A figure that came from outside as already compiled; a corrected one stands beside the first."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures", editable=False)
    period = models.CharField(max_length=6, editable=False)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(_("källa"), max_length=200)
    comment = models.CharField(_("kommentar"), max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(editable=False)

    plain_because = {
        "indicator": PUBLIC,
        "period": "halvår eller år",
        "value": "redan sammanställd av den som äger uppgiften; inte räknad ur verksamheten",
        "source": "varifrån uppgiften kommer",
        "comment": "prövas mot personuppgifter",
        "entered_by": "den anställda",
        "entered_at": "vilken uppgift som gäller",
    }

    class Meta:
        ordering = ["period", "entered_at", "id"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"
