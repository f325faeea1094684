"""A booked meeting with the client, and who must not be met by whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedTextField
from cases.models.case import Case
from cases.models.row import CaseRow


class Place(models.TextChoices):
    """Where; only on the unit's own premises can two clients run into each other."""

    OFFICE = "office", _("Enhetens lokaler")
    ELSEWHERE = "elsewhere", _("Annan plats")
    REMOTE = "remote", _("Telefon eller video")


class Meeting(CaseRow):
    """A time that is booked; it is cancelled, never moved."""

    starts_at = models.DateTimeField(_("när?"))
    ends_at = models.DateTimeField(_("till"))
    place = models.CharField(_("var?"), max_length=12, choices=Place)
    note = SealedTextField(_("att tänka på"), label="cases.meeting", blank=True, max_length=500)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "starts_at": "krockar söks med den",
        "ends_at": "krockar söks med den",
        "place": "kod; krockar söks med den",
        "cancelled_at": "säger om tiden gäller",
        "cancelled_by": "den anställda",
    }

    class Meta:
        indexes = [models.Index(fields=["starts_at"], condition=Q(cancelled_at=None), name="booked_meeting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"
            )
        ]


class KeepApart(CaseRow):
    """Two clients who must not meet. It stands in the case of the one whose worker wrote it, and looks both ways."""

    # Without a constraint: when the other file is destroyed the number leads nowhere, and nothing here tells of it.
    other = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_constraint=False, related_name="+", editable=False
    )
    reason = SealedTextField(_("varför?"), label="cases.keep_apart", max_length=500)
    ended_at = models.DateTimeField(null=True, editable=False)

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "other": "slumptal",
        "ended_at": "säger om det gäller",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="nobody_is_kept_from_herself")
        ]
