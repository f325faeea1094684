"""Who may do what with a case, from when to when, and why: django-guardian's table with a direct key to the case.

A grant is in force only between `starts_at` and `expires_at`, and `cases/access.py` and `cases/backends.py` ask in
the query, so that it ends to the second without any job. Nothing else reads this table.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from cases.models.case import Case

# "Until further notice": a date that sorts and compares, so that the query has one form (security.md §8).
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
EMERGENCY_LASTS = timedelta(minutes=60)


class Basis(models.TextChoices):
    """The reason that the system can name for every access (domain.md §2, SoLPuL 10 §)."""

    ASSIGNED = "assigned", _("Ansvarig handläggare")
    CO_WORKER = "co_worker", _("Medhandläggare")
    APPROVER = "approver", _("Arbetsledare som godkänner")
    DEPUTY = "deputy", _("Ersättare")
    RECEIVING = "receiving", _("Mottagande enhet, läser")
    EMERGENCY = "emergency", _("Nödåtkomst")
    RESTRICTED = "restricted", _("Namngiven i ett begränsat ärende")


class CaseGrant(UserObjectPermissionBase):
    """One person's access to one case on one ground."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    starts_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(default=FOREVER, editable=False)
    basis = models.CharField(max_length=16, choices=Basis, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    expiry_recorded_at = models.DateTimeField(null=True, editable=False)

    plain_because = {
        "expiry_recorded_at": "drift",
        "user": "den anställda",
        "permission": "kod",
        "content_object": "slumptal",
        "starts_at": "styr behörighet",
        "expires_at": "styr behörighet",
        "basis": "kod",
        "granted_by": "den anställda",
    }

    class Meta:
        # Access may be given anew after it has ended.
        unique_together = ()
        indexes = [
            models.Index(fields=["user", "content_object", "expires_at"], name="grant_by_user"),
            models.Index(fields=["content_object", "expires_at"], name="grant_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gte=models.F("starts_at")), name="grant_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="emergency")
                | models.Q(
                    expires_at__lte=models.F("starts_at") + EMERGENCY_LASTS, user=models.F("granted_by")
                ),
                name="an_emergency_is_ones_own_and_short",
            ),
        ]

    def __str__(self) -> str:
        return f"cases.casegrant {self.pk}"
