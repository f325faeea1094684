"""An agreement (överenskommelse) on what everybody promises, who has signed it, and how it was broken (avsteg).

Conditions may be written until the first party signs; from then on the database lets nothing be changed but the
agreement's end. A breach never ends anything by itself: a supervisor chooses what it leads to, and the right to support
(SoL 11:1) is not touched by it.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedJSONField, SealedTextField
from cases.models.row import CaseRow


class Party(models.TextChoices):
    """Who promises something."""

    CLIENT = "client", _("Den enskilde")
    GUARDIAN = "guardian", _("Vårdnadshavare")
    MUNICIPALITY = "municipality", _("Kommunen")
    POLICE = "police", _("Polisen")
    OTHER = "other", _("Annan part")


class Signed(models.TextChoices):
    """What is signed: the agreement by one of its parties, or the police's own form of conditions by the client."""

    CLIENT = "client", _("Den enskilde")
    GUARDIAN = "guardian", _("Vårdnadshavare")
    MUNICIPALITY = "municipality", _("Kommunen")
    POLICE = "police", _("Polisen")
    OTHER = "other", _("Annan part")
    POLICE_FORM = "police_form", _("Polisens blankett med villkor, av den enskilde")


class Consequence(models.TextChoices):
    """What a supervisor lets a breach lead to."""

    NONE = "none", _("Ingen åtgärd")
    TALK = "talk", _("Samtal om villkoren")
    NEW_TERMS = "new_terms", _("Nya villkor i en ny överenskommelse")
    PAUSE = "pause", _("Uppehåll i det gemensamma arbetet")
    END = "end", _("Överenskommelsen och det gemensamma programmet upphör")


class Agreement(CaseRow):
    """Who agrees on what, from when to when."""

    parties = SealedJSONField(_("parter"), label="cases.agreement")
    other_party = SealedTextField(_("annan part"), label="cases.agreement", blank=True, max_length=200)
    conditions = SealedTextField(_("villkor"), label="cases.agreement", max_length=8000)
    starts_on = SealedDateField(_("gäller från"), label="cases.agreement")
    ends_on = SealedDateField(_("gäller till"), label="cases.agreement", blank=True)
    fixed_at = models.DateTimeField(null=True, editable=False)
    ended_on = SealedDateField(_("upphörde"), label="cases.agreement", blank=True)
    ending = SealedTextField(_("varför den upphörde"), label="cases.agreement", blank=True, max_length=1000)

    plain_because = {**CaseRow.plain_because, "fixed_at": "låser villkoren"}

    @property
    def signers(self) -> list[Signed]:
        """Who and what must be signed; needs an open scope."""
        found = [Signed(party) for party in self.parties]
        return [*found, Signed.POLICE_FORM] if Party.POLICE in self.parties else found

    def covers(self, on: date) -> bool:
        """Tell whether that day lies within its time; needs an open scope."""
        is_over = self.ended_on is not None and self.ended_on <= on
        return bool(self.starts_on <= on and (self.ends_on is None or self.ends_on >= on) and not is_over)


class AgreementSignature(CaseRow):
    """One party's signature, and the day of it."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="signatures", editable=False
    )
    what = SealedChoiceField(_("vem skrev under?"), label="cases.agreement_signature", choices=Signed)
    signed_on = SealedDateField(_("undertecknad"), label="cases.agreement_signature")

    plain_because = {**CaseRow.plain_because, "agreement": "slumptal"}


class AgreementBreach(CaseRow):
    """A breach, and the consequence that a supervisor chose."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="breaches", editable=False
    )
    happened_on = SealedDateField(_("när hände det?"), label="cases.agreement_breach")
    what = SealedTextField(_("vad hände?"), label="cases.agreement_breach", max_length=4000)
    consequence = SealedChoiceField(
        _("följd"), label="cases.agreement_breach", blank=True, choices=Consequence
    )
    reason = SealedTextField(_("varför"), label="cases.agreement_breach", blank=True, max_length=2000)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because = {
        **CaseRow.plain_because,
        "agreement": "slumptal",
        "decided_at": "låser raden",
        "decided_by": "den anställda",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_consequence_has_a_name_and_a_time",
            )
        ]
