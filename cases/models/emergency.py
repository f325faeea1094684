"""Emergency access (nödåtkomst): who let herself into a case, why, until when, and what somebody else made of it."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from cases.models.grant import CaseGrant
from cases.models.row import CaseRow

# After that long without a review the colleague cannot do it again.
REVIEWED_WITHIN = timedelta(hours=72)


class EmergencyReason(models.TextChoices):
    """What cannot wait until somebody with access can be reached."""

    LIFE = "life", _("Fara för liv eller hälsa")
    CHILD = "child", _("Ett barn behöver skydd genast")
    CALLING = "calling", _("Den enskilde hör av sig och behöver hjälp genast")
    AUTHORITY = "authority", _("Polis eller sjukvård behöver besked genast")
    OTHER = "other", _("Annat som inte kan vänta")


class EmergencyVerdict(models.TextChoices):
    """What the reviewer found."""

    JUSTIFIED = "justified", _("Befogad")
    NOT_JUSTIFIED = "not_justified", _("Inte befogad")


class EmergencyAccess(CaseRow):
    """One time that somebody let herself in. `created_by` did, and reviews it never."""

    grant = models.OneToOneField(CaseGrant, on_delete=models.PROTECT, related_name="+", editable=False)
    ends_at = models.DateTimeField(editable=False)
    reason = SealedChoiceField(
        _("varför kan det inte vänta?"), label="cases.emergency", choices=EmergencyReason
    )
    text = SealedTextField(_("vad har hänt?"), label="cases.emergency", max_length=1000)
    told_at = models.DateTimeField(null=True, editable=False)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    verdict = SealedChoiceField(
        _("var den befogad?"), label="cases.emergency", blank=True, choices=EmergencyVerdict
    )
    comment = SealedTextField(_("kommentar"), label="cases.emergency", blank=True, max_length=1000)

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "grant": "slumptal",
        "ends_at": "styr behörighet",
        "told_at": "drift",
        "reviewed_at": "utan granskning spärras nästa",
        "reviewed_by": "den anställda",
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["created_by", "created_at"],
                condition=Q(reviewed_at__isnull=True),
                name="unreviewed_emergency",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | (Q(reviewed_at__isnull=False) & ~Q(reviewed_by=F("created_by"))),
                name="an_emergency_is_reviewed_by_somebody_else",
            )
        ]
