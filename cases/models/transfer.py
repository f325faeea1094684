"""A request that another municipality takes the case over (överflyttning, SoL 29), its answer, and what was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from cases.models.row import CaseRow


class TransferAnswer(models.TextChoices):
    """What the other municipality says."""

    ACCEPTED = "accepted", _("Tar emot ärendet")
    REFUSED = "refused", _("Tar inte emot ärendet")


class Transfer(CaseRow):
    """One request. It ends when it is refused, or when the case has been handed over; then the database locks it."""

    municipality = SealedTextField(_("kommun"), label="cases.transfer", max_length=200)
    asked_on = SealedDateField(_("skriftlig begäran"), label="cases.transfer")
    request = SealedTextField(_("begäran och skälen"), label="cases.transfer", max_length=4000)
    client_view = SealedTextField(
        _("den enskildes inställning"), label="cases.transfer", blank=True, max_length=2000
    )
    answer = SealedChoiceField(_("svar"), label="cases.transfer", blank=True, choices=TransferAnswer)
    answered_on = SealedDateField(_("svarade"), label="cases.transfer", blank=True)
    answer_text = SealedTextField(_("vad de svarade"), label="cases.transfer", blank=True, max_length=2000)
    referred_on = SealedDateField(_("lämnat till IVO"), label="cases.transfer", blank=True)
    sent_on = SealedDateField(_("överlämnat"), label="cases.transfer", blank=True)
    sent = SealedTextField(_("vad som lämnades över"), label="cases.transfer", blank=True, max_length=4000)
    ended_at = models.DateTimeField(null=True, editable=False)

    plain_because = {**CaseRow.plain_because, "ended_at": "låser raden; en begäran i taget"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_open_transfer_per_case"
            )
        ]
