"""What goes on beside the stages: whether work rests, and the joint programme with the police."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedTextField
from cases.models.row import CaseRow


class StandingChange(CaseRow):
    """A case came to rest, was broken off, taken up again or moved to another municipality, and why."""

    append_only = True

    before = models.CharField(_("före"), max_length=12, editable=False)
    after = models.CharField(_("efter"), max_length=12)
    reason = SealedTextField(_("skäl"), label="cases.standing_change", max_length=2000)

    plain_because = {**CaseRow.plain_because, "before": "kod", "after": "kod"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="a_standing_changes_to_another")
        ]


class LeavingReason(models.TextChoices):
    """Why the joint programme ended; the right to support is not touched by it (SoL 11:1)."""

    DONE = "done", _("Programmet är genomfört")
    OWN_REQUEST = "own_request", _("Den enskilde vill inte vara med längre")
    CONSENT = "consent", _("Samtycke saknas")
    BREACH = "breach", _("Avsteg från överenskommelsen")
    WITNESS = "witness", _("Bevisperson")
    POLICE_PROTECTION = "police_protection", _("Övertagen av polisens personsäkerhet")
    CLOSED = "closed", _("Ärendet har avslutats")


class ProgrammePeriod(CaseRow):
    """The time in which the case is in the joint programme with the police."""

    ended_at = models.DateTimeField(_("upphörde"), null=True, editable=False)
    ended_because = SealedChoiceField(_("varför"), label="cases.programme", blank=True, choices=LeavingReason)

    plain_because = {**CaseRow.plain_because, "ended_at": "säger om perioden pågår"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_open_period_per_case"
            )
        ]
