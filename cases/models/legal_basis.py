"""A provision (lagrum) that decisions, disclosures and deadlines point to. Law is data: a change is a new dated row."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.catalogue.legal_bases import USE_NAMES, Use


class LegalBasis(models.Model):
    """One provision from one day to another. Says nothing of any case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
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
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_provision_per_code_and_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="provision_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.title}"
