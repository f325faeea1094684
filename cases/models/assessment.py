"""A risk or threat assessment: its result, how sure it is and how long it holds.

Of an instrument only the result stands here, in the assessor's own words: the items are their owners' and no text of
them may be put into this system. What comes from the police has a field of its own, with its own mark of secrecy.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedTextField
from cases.models.signed import CorrectableRow


class AssessmentKind(models.TextChoices):
    """What was assessed, and with which instrument."""

    THREAT = "threat", _("Hotbildsbedömning")
    FREDA = "freda", _("Våld i nära relation (FREDA)")
    SAVRY = "savry", _("SAVRY")
    START_AV = "start_av", _("START:AV")
    ESTER = "ester", _("ESTER")
    ASI = "asi", _("ASI")
    ADDIS = "addis", _("ADDIS")
    UNGDOK = "ungdok", _("UngDOK")


class ThreatLevel(models.TextChoices):
    """How great the threat is."""

    LOW = "low", _("Låg")
    RAISED = "raised", _("Förhöjd")
    HIGH = "high", _("Hög")
    ACUTE = "acute", _("Akut")


class Assessment(CorrectableRow):
    """One assessment by one assessor on one day."""

    content: ClassVar[tuple[str, ...]] = (
        "kind",
        "assessed_on",
        "assessor",
        "training",
        "sources",
        "threat_level",
        "threatened",
        "result",
        "police_information",
        "motivation",
        "protective_factors",
        "valid_until",
        "review_on",
        "correction_reason",
    )

    kind = SealedChoiceField(_("slag"), label="cases.assessment", choices=AssessmentKind)
    assessed_on = SealedDateField(_("bedömd"), label="cases.assessment")
    assessor = SealedTextField(_("bedömare"), label="cases.assessment", max_length=200)
    training = SealedTextField(_("utbildning"), label="cases.assessment", blank=True, max_length=200)
    sources = SealedTextField(_("källor"), label="cases.assessment", blank=True, max_length=1000)
    threat_level = SealedChoiceField(_("hotnivå"), label="cases.assessment", blank=True, choices=ThreatLevel)
    threatened = SealedTextField(_("mot vem"), label="cases.assessment", blank=True, max_length=500)
    result = SealedTextField(_("resultat"), label="cases.assessment", blank=True, max_length=8000)
    police_information = SealedTextField(
        _("uppgifter från polisen"), label="cases.assessment", blank=True, max_length=4000
    )
    motivation = SealedTextField(_("motivation"), label="cases.assessment", blank=True, max_length=2000)
    protective_factors = SealedTextField(
        _("skyddsfaktorer"), label="cases.assessment", blank=True, max_length=2000
    )
    valid_until = SealedDateField(_("giltig till"), label="cases.assessment", blank=True)
    review_on = SealedDateField(_("ny bedömning senast"), label="cases.assessment", blank=True)
    correction_reason = SealedTextField(
        _("skäl för rättelsen"), label="cases.assessment", blank=True, max_length=1000
    )

    class Meta(CorrectableRow.Meta):
        indexes = [models.Index(fields=["case", "-created_at"], name="assessment_by_case")]

    @property
    def has_police_information(self) -> bool:
        """Tell whether it holds what must not be disclosed without menprövning; needs an open scope."""
        return bool(self.police_information)

    def is_complete(self, today: date) -> bool:
        dated = (
            self.assessed_on is not None
            and self.assessed_on <= today
            and self.valid_until is not None
            and self.review_on is not None
            and self.assessed_on <= self.review_on <= self.valid_until
        )
        said = bool(self.kind and self.assessor.strip() and self.sources.strip() and self.result.strip())
        fits = bool(self.threat_level) if self.kind == AssessmentKind.THREAT else bool(self.training.strip())
        return dated and said and fits and (self.corrects_id is None or bool(self.correction_reason.strip()))

    def is_valid(self, on: date) -> bool:
        """Tell whether the signed assessment holds that day; needs an open scope."""
        return self.is_signed and bool(self.assessed_on <= on <= self.valid_until)
