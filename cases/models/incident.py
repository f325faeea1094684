"""Threat and violence against staff, clients and others (hothändelse), kept outside every client's file (SoL; domain.md
§4). It names no client and points to no case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.models.row import UnitRow


class IncidentKind(models.TextChoices):
    """What happened."""

    THREAT = "threat", _("Hot")
    VIOLENCE = "violence", _("Våld")
    HARASSMENT = "harassment", _("Trakasserier eller förföljelse")
    PRESSURE = "pressure", _("Otillåten påverkan")
    DAMAGE = "damage", _("Skadegörelse")
    OTHER = "other", _("Annat")


class Against(models.TextChoices):
    """Whom it was turned against."""

    STAFF = "staff", _("Personal")
    CLIENT = "client", _("En klient")
    OTHER = "other", _("Någon annan")


class PoliceReport(models.TextChoices):
    """Whether the police know."""

    MADE = "made", _("Polisanmält")
    PLANNED = "planned", _("Ska polisanmälas")
    NOT = "not", _("Inte polisanmält")


class Incident(UnitRow):
    """One event, as it was reported, and what the supervisor did about it."""

    scope_kind = "incident"

    occurred_at = models.DateTimeField(_("när hände det?"))
    kind = SealedChoiceField(_("vad hände?"), label="cases.incident", choices=IncidentKind)
    against = SealedChoiceField(_("mot vem?"), label="cases.incident", choices=Against)
    place = SealedTextField(_("var hände det?"), label="cases.incident", blank=True, max_length=200)
    text = SealedTextField(_("beskrivning"), label="cases.incident", max_length=4000)
    at_once = SealedTextField(_("vad gjordes genast?"), label="cases.incident", blank=True, max_length=2000)
    safety = SealedTextField(
        _("vad behövs för personalens säkerhet?"), label="cases.incident", blank=True, max_length=2000
    )
    police = SealedChoiceField(_("polisanmälan"), label="cases.incident", choices=PoliceReport)
    police_reference = SealedTextField(
        _("polisens diarienummer"), label="cases.incident", blank=True, max_length=50
    )
    measures = SealedTextField(_("åtgärder"), label="cases.incident", blank=True, max_length=4000)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    history = SealedHistoricalRecords(label="cases.incident")

    plain_because = {
        **UnitRow.plain_because,
        "occurred_at": "listan ordnas efter den; säger inte vem",
        "closed_at": "listan delas efter den",
        "closed_by": "den anställda",
    }

    class Meta:
        indexes = [models.Index(fields=["unit", "-occurred_at"], name="incident_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_incident_has_a_name",
            )
        ]
