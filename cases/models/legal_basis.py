"""A provision (lagrum) that decisions, disclosures and deadlines point to. Law is data: a change is a new dated row.

The database lets nothing of a row be changed but its last day. A row whose last day comes before its first was taken
back before it came into force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import OrganisationModel
from cases.catalogue import legal_bases
from cases.catalogue.legal_bases import USE_NAMES, Use


class LegalBasis(OrganisationModel):
    """One provision from one day to another. Says nothing of any case."""

    code = models.CharField(_("kod"), max_length=32)
    use = models.CharField(
        _("används för"), max_length=16, choices=[(use.value, USE_NAMES[use]) for use in Use]
    )
    place = models.CharField(_("lagrum"), max_length=100)
    title = models.CharField(_("vad det gäller"), max_length=200)
    note = models.CharField(_("att tänka på"), max_length=500, blank=True)
    needs_committee = models.BooleanField(_("beslutas av utskottet"), default=False)
    is_uncertain = models.BooleanField(_("ska bekräftas av jurist"), default=False)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True, blank=True)

    plain_because = dict.fromkeys(
        (
            "code",
            "use",
            "place",
            "title",
            "note",
            "needs_committee",
            "is_uncertain",
            "valid_from",
            "valid_to",
        ),
        "lag, säger inget om något ärende",
    )

    class Meta:
        ordering = ["use", "place", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="one_provision_per_code_and_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="provision_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.title}"

    @classmethod
    def shipped(cls) -> Iterable[LegalBasis]:
        return [cls(id=provision.row_id, **asdict(provision)) for provision in legal_bases.DEFAULTS]

    @property
    def was_taken_back(self) -> bool:
        """Tell whether the row never came into force."""
        return self.valid_to is not None and self.valid_to < self.valid_from

    def is_in_force(self, on: date) -> bool:
        """Tell whether the provision may be chosen for what is done that day."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)
