"""A provider (utförare) in a unit's register: contract, permit and when somebody checked. Says nothing of any client.

Which case uses which provider stands sealed in the case, because a link in clear would tell where somebody lives.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.accounts.models import Unit
from avhopp.sealed.base import OrganisationModel
from cases.catalogue.provider_rules import Fault, faults_on
from cases.models.row import KEPT_BY_EVERY_ROW


class ProviderKind(models.TextChoices):
    """What the provider runs."""

    PROTECTED_HOUSING = "protected_housing", _("Skyddat boende")
    HVB = "hvb", _("HVB")
    SUPPORTED_HOUSING = "supported_housing", _("Stödboende")
    FOSTER_CARE = "foster_care", _("Familjehem eller konsulentstöd")
    OTHER_HOUSING = "other_housing", _("Annat boende")
    OPEN_CARE = "open_care", _("Öppenvård")
    TREATMENT = "treatment", _("Beroendevård eller behandling")
    OCCUPATION = "occupation", _("Sysselsättning eller utbildning")
    CIVIL_SOCIETY = "civil_society", _("Civilsamhället")
    OTHER = "other", _("Annat")


PLACEMENTS = frozenset(
    {
        ProviderKind.PROTECTED_HOUSING,
        ProviderKind.HVB,
        ProviderKind.SUPPORTED_HOUSING,
        ProviderKind.FOSTER_CARE,
        ProviderKind.OTHER_HOUSING,
    }
)
"""Where somebody lives with the provider."""


class Provider(OrganisationModel):
    """One provider of one unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", editable=False)
    name = models.CharField(_("namn"), max_length=200)
    kind = models.CharField(_("slag"), max_length=20, choices=ProviderKind)
    contract_from = models.DateField(_("avtal från"))
    contract_to = models.DateField(_("avtal till"), null=True, blank=True)
    needs_permit = models.BooleanField(_("kräver IVO:s tillstånd"))
    permit_number = models.CharField(_("tillståndets nummer"), max_length=60, blank=True)
    permit_until = models.DateField(_("tillståndet gäller till"), null=True, blank=True)
    checked_on = models.DateField(_("senast kontrollerad"), null=True, blank=True)
    note = models.TextField(_("anmärkning"), blank=True)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    plain_because = {
        **KEPT_BY_EVERY_ROW,
        "unit": "styr behörighet",
        **dict.fromkeys(
            (
                "name",
                "kind",
                "contract_from",
                "contract_to",
                "needs_permit",
                "permit_number",
                "permit_until",
                "checked_on",
                "note",
            ),
            "enhetens register över utförare; säger inget om någon klient",
        ),
    }

    class Meta:
        indexes = [models.Index(fields=["unit", "name"], name="provider_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_to__isnull=True) | Q(contract_to__gte=F("contract_from")),
                name="provider_contract_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"cases.provider {self.pk}"

    def faults(self, on: date) -> tuple[Fault, ...]:
        """Tell what does not hold that day."""
        return faults_on(
            on,
            contract_from=self.contract_from,
            contract_to=self.contract_to,
            needs_permit=self.needs_permit,
            permit_number=self.permit_number,
            permit_until=self.permit_until,
            checked_on=self.checked_on,
        )
