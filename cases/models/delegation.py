"""Who may decide on the committee's behalf (delegationsordning, KL 6:37–40, 7:5–8): one row a provision and a person.

A row is never edited. What it says is locked by the database; it ends on the day that it says, or earlier when it is
withdrawn, once. Nobody gives one to herself, which the database says as well.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import OrganisationModel


class Delegation(OrganisationModel):
    """One colleague's right to decide under one provision; `provision` is its code, so that it outlives a wording."""

    provision = models.CharField(_("lagrum"), max_length=32)
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("vem får besluta?"),
    )
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ersättare för"),
    )
    starts_on = models.DateField(_("gäller från"))
    ends_on = models.DateField(_("gäller till"), null=True, blank=True)
    note = models.CharField(_("villkor"), max_length=300, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    given_at = models.DateTimeField(editable=False)
    withdrawn_on = models.DateField(_("återkallad"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    plain_because = {
        "provision": "kod",
        "delegate": "den anställda",
        "deputy_for": "den anställda",
        "starts_on": "styr behörighet",
        "ends_on": "styr behörighet",
        "note": "organisationens egen uppgift, säger inget om något ärende",
        "given_by": "den anställda",
        "given_at": "drift",
        "withdrawn_on": "styr behörighet",
        "withdrawn_by": "den anställda",
    }

    class Meta:
        indexes = [models.Index(fields=["delegate", "provision"], name="delegation_by_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(delegate=F("given_by")), name="nobody_delegates_to_herself"),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("delegate")),
                name="nobody_is_her_own_deputy",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawal_has_a_name",
            ),
        ]

    def is_in_force(self, on: date) -> bool:
        """Tell whether something may be decided on it that day."""
        is_withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= on
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on) and not is_withdrawn

    def is_over(self, on: date) -> bool:
        """Tell whether nothing is left to withdraw: it has run out, or has been withdrawn."""
        return self.withdrawn_on is not None or (self.ends_on is not None and self.ends_on < on)
