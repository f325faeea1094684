"""The destruction of a file at the end of its time (gallring): one proposes, somebody else approves, and what is left.

The proposal lies in the case and goes with it. The certificate is all that remains: which rule, who, when, how much.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.accounts.models import Unit
from avhopp.sealed.fields import SealedTextField
from cases.models.row import CaseRow
from cases.retention import DECIDING, REASONS


class DisposalState(models.TextChoices):
    """How far a proposal has come; what is destroyed has none left."""

    PROPOSED = "proposed", _("Föreslagen, väntar på någon annan")
    APPROVED = "approved", _("Godkänd, gallras vid nästa körning")
    STOPPED = "stopped", _("Stoppad")


# At most one of these at a time in a case.
STANDING_STATES = (DisposalState.PROPOSED, DisposalState.APPROVED)


class Disposal(CaseRow):
    """A proposal to destroy the file, with the rule and the day that it rests on."""

    rule = models.CharField(
        max_length=16, choices=[(rule.value, REASONS[rule]) for rule in DECIDING], editable=False
    )
    due_on = models.DateField(editable=False)
    state = models.CharField(
        max_length=12, choices=DisposalState, default=DisposalState.PROPOSED, editable=False
    )
    comment = SealedTextField(_("kommentar"), label="cases.disposal", blank=True, max_length=1000)
    stop_reason = SealedTextField(
        _("varför den stoppades"), label="cases.disposal", blank=True, max_length=1000
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because: ClassVar[dict[str, str]] = {
        **CaseRow.plain_because,
        "rule": "kod; står på beviset",
        "due_on": "står på beviset",
        "state": "kod; nyckelvårdaren gallrar efter den",
        "decided_at": "nyckelvårdaren prövar vad som har hänt sedan dess",
        "decided_by": "den anställda",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=STANDING_STATES), name="one_standing_disposal"
            ),
            models.CheckConstraint(
                condition=~Q(state=DisposalState.APPROVED)
                | (
                    Q(decided_at__isnull=False) & Q(decided_by__isnull=False) & ~Q(decided_by=F("created_by"))
                ),
                name="two_people_destroy",
            ),
        ]


class DisposalCertificate(models.Model):
    """What was destroyed, without a word of whom. `body` is the certificate, whose digest stands in the record."""

    append_only = True
    read_only = True
    keeper_may = "SELECT, INSERT"
    worker_may = "SELECT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", editable=False)
    destroyed_at = models.DateTimeField(editable=False)
    body = models.TextField(editable=False)

    plain_because = {
        "unit": "styr vem som ser beviset",
        "destroyed_at": "ordnar listan",
        "body": "beviset, som inte säger något om den enskilde",
    }

    class Meta:
        indexes = [models.Index(fields=["unit", "-destroyed_at"], name="certificate_by_unit")]

    def __str__(self) -> str:
        return f"cases.disposalcertificate {self.pk}"
