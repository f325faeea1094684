"""That a colleague has ties to criminal networks or to a client's surroundings: of the staff, apart from every client's
file. It names no client and points to no case; which cases she keeps out of is said there, as jäv or restriction."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from cases.models.row import UnitRow


class TieKind(models.TextChoices):
    """What kind of tie."""

    RELATIVE = "relative", _("Närstående i ett kriminellt nätverk")
    ACQUAINTANCE = "acquaintance", _("Bekant med någon i ett kriminellt nätverk")
    APPROACHED = "approached", _("Har blivit kontaktad eller pressad")
    OTHER = "other", _("Annat")


class StaffTie(UnitRow):
    """One tie of one colleague; those who lead the unit know, she herself told or not."""

    scope_kind = "staff_tie"

    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    kind = SealedChoiceField(_("slag"), label="cases.staff_tie", choices=TieKind)
    text = SealedTextField(_("vad är känt?"), label="cases.staff_tie", max_length=2000)
    measures = SealedTextField(_("vad gör enheten?"), label="cases.staff_tie", blank=True, max_length=2000)
    ended_at = models.DateTimeField(null=True, editable=False)

    plain_because: ClassVar[dict[str, str]] = {
        **UnitRow.plain_because,
        "about": "den anställda; hon får inte läsa raden själv",
        "ended_at": "listan delas efter den",
    }
