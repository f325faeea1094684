"""What keeps a file from being destroyed although its time has come: a dispute, a supervision, somebody's request."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from cases.models.row import CaseRow


class HoldGround(models.TextChoices):
    """Why the file must stay."""

    COURT = "court", _("Domstolsprövning eller överklagande pågår")
    SUPERVISION = "supervision", _("Tillsyn eller granskning pågår")
    CLAIM = "claim", _("Anspråk på skadestånd eller annan tvist")
    REQUEST = "request", _("Begäran om att få ta del av uppgifterna är inte avgjord")
    OTHER = "other", _("Annat")


class RetentionHold(CaseRow):
    """One reason to keep a file, from when to when. There may be several at once."""

    ground = SealedChoiceField(_("varför?"), label="cases.retention_hold", choices=HoldGround)
    text = SealedTextField(_("kommentar"), label="cases.retention_hold", blank=True, max_length=1000)
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "lifted_at": "säger om hindret gäller",
        "lifted_by": "den anställda",
    }
