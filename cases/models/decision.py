"""A decision (beslut) with all that FL 31–32 asks for: a draft, then signed and locked by the database.

What comes after the signature (that the client was told, an appeal, execution) stands in rows of its own,
`DecisionEvent`, and not in columns that the lock would have to let through: so a signed decision never changes by a
byte, the lock has no exception, each event has its own author and time, and one that was written wrongly stands beside
the one that replaces it. A correction or a change (FL 36–37), and the end of what was given, are new decisions that
point to the old one through `corrects`, and `following` says which of the three it is.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

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
from cases.catalogue.decision_kinds import KINDS, MEASURE_NAMES, DecisionKind, KindRule, Measure
from cases.models.delegation import Delegation
from cases.models.legal_basis import LegalBasis
from cases.models.signed import CorrectableRow
from cases.models.task import Task


class Communication(models.TextChoices):
    """Whether the client knew what the decision rests on before it was made (FL 25)."""

    DONE = "done", _("Den enskilde har fått ta del av underlaget och kunnat yttra sig")
    NOT_NEEDED = "not_needed", _("Uppenbart obehövligt")
    CANNOT_WAIT = "cannot_wait", _("Beslutet kan inte vänta")


class Following(models.TextChoices):
    """What a decision does with the one that it points to."""

    CORRECTION = "correction", _("Rättelse av skrivfel (36 § FL)")
    CHANGE = "change", _("Ändring av beslutet (37 § FL)")
    ENDING = "ending", _("Avslut av insatsen")


class Decision(CorrectableRow):
    """One decision. What the list for the committee needs is plain: number, provision, day, and who signed."""

    content: ClassVar[tuple[str, ...]] = (
        "legal_basis",
        "measure",
        "ruling",
        "starts_on",
        "ends_on",
        "amount",
        "conditions",
        "reasons",
        "provisions",
        "communication",
        "communicated_on",
        "guardian_consents",
        "with_guardian",
        "suitability",
        "has_special_reasons",
        "ends_inquiry",
        "rapporteur",
        "participants",
        "by_committee",
        "protocol",
        "decided_on",
        "extends",
        "correction_reason",
    )

    number = models.CharField(_("beslutsnummer"), max_length=16, unique=True, null=True, editable=False)
    kind = SealedChoiceField(
        _("slag av beslut"),
        label="cases.decision",
        choices=[(kind.value, rule.name) for kind, rule in KINDS.items()],
    )
    legal_basis = models.ForeignKey(
        LegalBasis, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("lagrum")
    )
    measure = SealedChoiceField(
        _("slag av insats"),
        label="cases.decision",
        blank=True,
        choices=[(measure.value, MEASURE_NAMES[measure]) for measure in Measure],
    )
    ruling = SealedTextField(_("vad som beslutas"), label="cases.decision", blank=True, max_length=4000)
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
    has_special_reasons = SealedBooleanField(_("finns synnerliga skäl?"), label="cases.decision", blank=True)
    ends_inquiry = SealedBooleanField(
        _("är utredningen klar med beslutet?"), label="cases.decision", blank=True
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
    following = SealedChoiceField(
        _("vad beslutet gör med det tidigare"), label="cases.decision", blank=True, choices=Following
    )
    correction_reason = SealedTextField(
        _("skäl för ändringen"), label="cases.decision", blank=True, max_length=1000
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because = {
        **CorrectableRow.plain_because,
        "number": "slumptal; beslutet anmäls till nämnden med det",
        "legal_basis": "lagrum; beslutet anmäls till nämnden med det, utan uppgift om vem det gäller",
        "by_committee": "säger vem som beslutar, inte om vem",
        "decided_on": "listan till nämnden ordnas efter den; tidsfrister räknas från den",
        "extends": "slumptal",
        "delegation": "organisationens egen uppgift",
    }

    class Meta(CorrectableRow.Meta):
        indexes = [
            models.Index(fields=["case", "-created_at"], name="decision_by_case"),
            models.Index(
                fields=["decided_on"], condition=Q(delegation__isnull=False), name="delegated_decision_by_day"
            ),
        ]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, number__isnull=True, delegation__isnull=True)
                | Q(
                    signed_at__isnull=False,
                    number__isnull=False,
                    decided_on__isnull=False,
                    legal_basis__isnull=False,
                ),
                name="a_signed_decision_has_number_day_and_law",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | Q(by_committee=True, delegation__isnull=True)
                | Q(by_committee=False, delegation__isnull=False),
                name="a_decision_is_the_committees_or_delegated",
            ),
        ]

    @property
    def rule(self) -> KindRule:
        """What follows from the kind; needs an open scope."""
        return KINDS[DecisionKind(self.kind)]

    def covers(self, on: date) -> bool:
        """Tell whether that day lies within what was decided; needs an open scope."""
        first = self.starts_on or self.decided_on
        return first is not None and first <= on and (self.ends_on is None or self.ends_on >= on)

    def is_complete(self, today: date) -> bool:
        said = bool(
            self.legal_basis_id and self.ruling.strip() and self.reasons.strip() and self.communication
        )
        told = self.communication != Communication.DONE or (
            self.communicated_on is not None and self.communicated_on <= today
        )
        made = not self.by_committee or bool(
            self.protocol.strip() and self.decided_on is not None and self.decided_on <= today
        )
        return said and told and made and self._is_dated() and self._is_right_for_its_kind()

    def _is_dated(self) -> bool:
        return self.ends_on is None or self.starts_on is None or self.starts_on <= self.ends_on

    def _is_right_for_its_kind(self) -> bool:
        if self.rule.gives and not (self.measure and self.starts_on):
            return False
        if self.kind == DecisionKind.EXTENSION and not (self.extends_id and self.ends_on):
            return False
        if self.following == Following.ENDING:
            return self.starts_on is not None
        return self.corrects_id is None or bool(self.following and self.correction_reason.strip())
