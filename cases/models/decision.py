"""A decision (beslut) with all that FL 31–32 asks for: a draft, then signed and locked by the database.

What comes after the signature (that the client was told, an appeal, execution) stands in rows of its own,
`DecisionEvent`, and not in columns that the lock would have to let through: so a signed decision never changes by a
byte, the lock has no exception, each event has its own author and time, and one that was written wrongly stands beside
the one that replaces it. A correction or a change (FL 36–37), and the end of what was given, are new decisions that
point to the old one through `earlier`.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import (
    SealedBooleanField,
    SealedChoiceField,
    SealedDateField,
    SealedIntegerField,
    SealedTextField,
)
from avhopp.sealed.history import SealedHistoricalRecords
from cases.catalogue.decision_kinds import KINDS, MEASURE_NAMES, DecisionKind, KindRule, Measure
from cases.models.delegation import Delegation
from cases.models.legal_basis import LegalBasis
from cases.models.row import CaseRow
from cases.models.task import Task


class Communication(models.TextChoices):
    """Whether the client knew what the decision rests on before it was made (FL 25)."""

    DONE = "done", _("Den enskilde har fått ta del av underlaget och kunnat yttra sig")
    NOT_NEEDED = "not_needed", _("Uppenbart obehövligt")
    CANNOT_WAIT = "cannot_wait", _("Beslutet kan inte vänta")


class Relation(models.TextChoices):
    """What a decision does with the one that it points to."""

    CORRECTION = "correction", _("Rättelse av skrivfel (36 § FL)")
    CHANGE = "change", _("Ändring av beslutet (37 § FL)")
    ENDING = "ending", _("Avslut av insatsen")


class Decision(CaseRow):
    """One decision. What the list for the committee needs is plain: number, provision, day, and who signed."""

    number = models.CharField(_("beslutsnummer"), max_length=16, unique=True, null=True, editable=False)
    kind = SealedChoiceField(
        _("slag av beslut"),
        label="cases.decision",
        choices=[(kind.value, rule.name) for kind, rule in KINDS.items()],
    )
    legal_basis = models.ForeignKey(
        LegalBasis, on_delete=models.PROTECT, related_name="+", verbose_name=_("lagrum")
    )
    measure = SealedChoiceField(
        _("slag av insats"),
        label="cases.decision",
        blank=True,
        choices=[(measure.value, MEASURE_NAMES[measure]) for measure in Measure],
    )
    content = SealedTextField(_("vad som beslutas"), label="cases.decision", blank=True, max_length=4000)
    starts_on = SealedDateField(_("gäller från"), label="cases.decision", blank=True)
    ends_on = SealedDateField(_("gäller till"), label="cases.decision", blank=True)
    amount = SealedIntegerField(_("belopp i kronor"), label="cases.decision", blank=True)
    conditions = SealedTextField(_("villkor"), label="cases.decision", blank=True, max_length=2000)
    reasons = SealedTextField(_("motivering"), label="cases.decision", blank=True, max_length=8000)
    provisions = SealedTextField(
        _("andra föreskrifter som har tillämpats"), label="cases.decision", blank=True, max_length=500
    )
    communication = SealedChoiceField(
        _("kommunicering"), label="cases.decision", blank=True, choices=Communication
    )
    communicated_on = SealedDateField(_("kommunicerat"), label="cases.decision", blank=True)
    guardian_consents = SealedBooleanField(
        _("samtycker vårdnadshavarna?"), label="cases.decision", blank=True
    )
    with_guardian = SealedBooleanField(
        _("bor barnet där med en vårdnadshavare?"), label="cases.decision", blank=True
    )
    suitability = SealedTextField(
        _("varför insatsen är lämplig utan vårdnadshavarnas samtycke"),
        label="cases.decision",
        blank=True,
        max_length=1000,
    )
    rapporteur = SealedTextField(_("föredragande"), label="cases.decision", blank=True, max_length=200)
    participants = SealedTextField(
        _("andra som har deltagit i den slutliga handläggningen"),
        label="cases.decision",
        blank=True,
        max_length=500,
    )
    by_committee = models.BooleanField(_("beslutat av utskottet"), default=False)
    protocol = SealedTextField(_("utskottets protokoll"), label="cases.decision", blank=True, max_length=200)
    decided_on = models.DateField(_("beslutsdatum"), null=True, blank=True)
    extends = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("tidsfrist som förlängs")
    )
    earlier = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="later", editable=False
    )
    relation = SealedChoiceField(
        _("vad beslutet gör med det tidigare"), label="cases.decision", blank=True, choices=Relation
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    history = SealedHistoricalRecords(label="cases.decision")

    plain_because = {
        **CaseRow.plain_because,
        "number": "slumptal; beslutet anmäls till nämnden med det",
        "legal_basis": "lagrum; beslutet anmäls till nämnden med det, utan uppgift om vem det gäller",
        "by_committee": "säger vem som beslutar, inte om vem",
        "decided_on": "listan till nämnden ordnas efter den; tidsfrister räknas från den",
        "extends": "slumptal",
        "earlier": "slumptal",
        "delegation": "organisationens egen uppgift",
        "signed_at": "låser raden",
        "signed_by": "den anställda",
    }

    class Meta:
        indexes = [
            models.Index(fields=["case", "-created_at"], name="decision_by_case"),
            models.Index(
                fields=["decided_on"], condition=Q(delegation__isnull=False), name="delegated_decision_by_day"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    signed_at__isnull=True,
                    signed_by__isnull=True,
                    number__isnull=True,
                    delegation__isnull=True,
                )
                | Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    number__isnull=False,
                    decided_on__isnull=False,
                ),
                name="a_signed_decision_has_name_day_and_number",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | Q(by_committee=True, delegation__isnull=True)
                | Q(by_committee=False, delegation__isnull=False),
                name="a_decision_is_the_committees_or_delegated",
            ),
        ]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def rule(self) -> KindRule:
        """What follows from the kind; needs an open scope."""
        return KINDS[DecisionKind(self.kind)]

    def covers(self, on: date) -> bool:
        """Tell whether that day lies within what was decided; needs an open scope."""
        first = self.starts_on or self.decided_on
        return first is not None and first <= on and (self.ends_on is None or self.ends_on >= on)
