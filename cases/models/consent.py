"""Consent to the exchange of information (samtycke, OSL 12:2). It lifts secrecy; it is no ground for processing."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.fields import SealedChoiceField, SealedDateField, SealedJSONField, SealedTextField
from avhopp.sealed.history import SealedHistoricalRecords
from cases.ages import ADULT_FROM, birthday
from cases.models.row import CaseRow


class Receiver(models.TextChoices):
    """With whom information may be exchanged."""

    POLICE = "police", _("Polisen")
    PROBATION = "probation", _("Kriminalvården")
    SCHOOL = "school", _("Skolan")
    SOCIAL_SERVICES = "social_services", _("Socialtjänsten, annan enhet")
    HEALTH = "health", _("Hälso- och sjukvården")
    EMPLOYMENT = "employment", _("Arbetsförmedlingen")
    INSURANCE = "insurance", _("Försäkringskassan")
    INSTITUTION = "institution", _("SiS eller HVB")
    HOUSING = "housing", _("Bostadsbolag")
    CIVIL_SOCIETY = "civil_society", _("Civilsamhället")
    MUNICIPALITY = "municipality", _("Annan kommun")


class Giver(models.TextChoices):
    """In which capacity somebody consents; guardians share it with the child by age and maturity (OSL 12:3)."""

    CLIENT = "client", _("Den enskilde")
    GUARDIAN = "guardian", _("Vårdnadshavare")
    OTHER_GUARDIAN = "other_guardian", _("Den andra vårdnadshavaren")
    REPRESENTATIVE = "representative", _("Ställföreträdare")


class ConsentForm(models.TextChoices):
    """How it was given."""

    WRITTEN = "written", _("Skriftligt")
    ORAL = "oral", _("Muntligt, antecknat")


class Consent(CaseRow):
    """Who consented to what being shared with whom, for what, from when to when."""

    givers = SealedJSONField(_("vem samtycker?"), label="cases.consent")
    giver_names = SealedTextField(_("namn"), label="cases.consent", max_length=300)
    receivers = SealedJSONField(_("mottagare"), label="cases.consent")
    extent = SealedTextField(_("omfattning"), label="cases.consent", max_length=2000)
    aim = SealedTextField(_("ändamål"), label="cases.consent", max_length=1000)
    form = SealedChoiceField(_("form"), label="cases.consent", choices=ConsentForm)
    starts_on = SealedDateField(_("gäller från"), label="cases.consent")
    ends_on = SealedDateField(_("gäller till"), label="cases.consent")
    withdrawn_on = SealedDateField(_("återkallat"), label="cases.consent", blank=True)
    withdrawal = SealedTextField(
        _("hur det återkallades"), label="cases.consent", blank=True, max_length=1000
    )

    history = SealedHistoricalRecords(label="cases.consent")

    def is_in_force(self, on: date) -> bool:
        """Tell whether something may be shared on it that day; needs an open scope."""
        is_over = self.withdrawn_on is not None and self.withdrawn_on <= on
        is_running = bool(self.starts_on <= on <= self.ends_on and not is_over)
        return is_running and not self.is_outgrown(on)

    def is_outgrown(self, on: date) -> bool:
        """Tell whether the client has come of age and only her guardians had consented (domain.md §6, scenario 12)."""
        born = self.case.person.birth_date
        is_of_age = born is not None and birthday(born=born, age=ADULT_FROM) <= on
        return is_of_age and set(self.givers) <= {Giver.GUARDIAN, Giver.OTHER_GUARDIAN}
