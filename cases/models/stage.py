"""A request to take a case to another stage, and its approval by somebody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedChoiceField, SealedJSONField, SealedTextField
from cases.models.case import Case
from cases.models.workflow import Workflow
from cases.workflow import CLOSURE_REASONS


class RequestState(models.TextChoices):
    """`void` is what a pending request becomes when anything that it rests on is changed."""

    PENDING = "pending", _("Väntar på godkännande")
    APPROVED = "approved", _("Godkänd")
    RETURNED = "returned", _("Återlämnad")
    WITHDRAWN = "withdrawn", _("Återtagen")
    VOID = "void", _("Måste begäras på nytt")


class StageRequest(SealedModel):
    """Bound by `digest` to what was asked for: one changed letter and it must be asked for anew."""

    sealed_scope = "case_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stage_requests", editable=False)
    from_stage = models.CharField(max_length=24, editable=False)
    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, related_name="+", editable=False)
    to_stage = models.CharField(_("nytt skede"), max_length=24)
    reason = SealedTextField(_("motivering"), label="cases.stage_request", max_length=4000)
    checklist = SealedJSONField(label="cases.stage_request")
    closure_reason = SealedChoiceField(
        _("avslutsorsak"), label="cases.stage_request", blank=True, choices=list(CLOSURE_REASONS.items())
    )
    digest = models.BinaryField(max_length=32, editable=False)
    state = models.CharField(
        max_length=10, choices=RequestState, default=RequestState.PENDING, editable=False
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    requested_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    comment = SealedTextField(_("kommentar"), label="cases.stage_request", blank=True, max_length=4000)

    plain_because = {
        "case": "slumptal",
        "from_stage": "kod",
        "to_stage": "kod",
        "workflow": "den version som begäran prövas mot",
        "digest": "kontrollsumma över förseglade värden",
        "state": "kod",
        "requested_by": "den anställda",
        "requested_at": "ordnar listan",
        "decided_by": "den anställda",
        "decided_at": "låser raden",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="nobody_approves_her_own_request",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["approved", "returned"], decided_by__isnull=False, decided_at__isnull=False
                )
                | Q(state__in=["pending"], decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["withdrawn", "void"], decided_by__isnull=True, decided_at__isnull=False),
                name="a_decision_has_a_name_and_a_time",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="pending"), name="one_pending_request_per_case"
            ),
        ]
