"""A restricted case: the client or somebody near her is on the staff, a politician, or known to colleagues."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from cases.models.row import CaseRow


class RestrictionGround(models.TextChoices):
    """Why the usual circle is too wide."""

    STAFF = "staff", _("Klienten eller en närstående arbetar här")
    POLITICIAN = "politician", _("Klienten eller en närstående är förtroendevald")
    TIES = "ties", _("Någon i personalen har anknytning till klientens nätverk")
    OTHER = "other", _("Annat som gör den vanliga kretsen för stor")


class Restriction(CaseRow):
    """Why a case is for named people alone, from when to when. Who they are stands in the grants."""

    ground = SealedChoiceField(_("varför?"), label="cases.restriction", choices=RestrictionGround)
    text = SealedTextField(_("kommentar"), label="cases.restriction", blank=True, max_length=1000)
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "lifted_at": "säger om begränsningen gäller",
        "lifted_by": "den anställda",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="one_restriction_at_a_time"
            )
        ]
