"""A deviation (avvikelse) in the unit's own work, among them what lex Sarah asks to be reported (SoL 27 kap.).

Kept outside every client's file: it names no client and points to no case.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.row import UnitRow


class DeviationKind(models.TextChoices):
    """What kind of deviation."""

    LEX_SARAH = "lex_sarah", _("Missförhållande eller risk för det (lex Sarah)")
    PERSONAL_DATA = "personal_data", _("Personuppgifter har röjts, förstörts eller ändrats")
    ROUTINE = "routine", _("Brist i rutin eller samverkan")
    OTHER = "other", _("Annat")


class Severity(models.TextChoices):
    """What the supervisor found of it; what is serious goes to IVO (SoL 27 kap.)."""

    NOT_JUDGED = "not_judged", _("Inte bedömt än")
    NOT_SERIOUS = "not_serious", _("Inte allvarligt")
    SERIOUS = "serious", _("Allvarligt, ska anmälas till IVO")
    REPORTED = "reported", _("Allvarligt, anmält till IVO")


class Deviation(UnitRow):
    """One deviation as it was reported, and what the supervisor found and did."""

    scope_kind = "deviation"

    happened_on = SealedDateField(_("när hände det?"), label="cases.deviation")
    kind = SealedChoiceField(_("slag"), label="cases.deviation", choices=DeviationKind)
    text = SealedTextField(_("vad hände?"), label="cases.deviation", max_length=4000)
    consequences = SealedTextField(
        _("vad ledde det till, eller kunde ha lett till?"),
        label="cases.deviation",
        blank=True,
        max_length=2000,
    )
    at_once = SealedTextField(_("vad gjordes genast?"), label="cases.deviation", blank=True, max_length=2000)
    causes = SealedTextField(_("varför hände det?"), label="cases.deviation", blank=True, max_length=4000)
    measures = SealedTextField(_("åtgärder"), label="cases.deviation", blank=True, max_length=4000)
    severity = SealedChoiceField(
        _("bedömning"), label="cases.deviation", choices=Severity, default=Severity.NOT_JUDGED
    )
    reported_on = SealedDateField(_("anmält till IVO"), label="cases.deviation", blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    history = SealedHistoricalRecords(label="cases.deviation")

    plain_because = {
        **UnitRow.plain_because,
        "closed_at": "listan delas efter den",
        "closed_by": "den anställda",
    }

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at"], name="deviation_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_deviation_has_a_name",
            )
        ]
