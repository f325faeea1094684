"""A provision (lagrum) that decisions, disclosures and deadlines point to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.catalogue import legal_bases
from cases.catalogue.legal_bases import USE_NAMES, Use
from cases.models.dated import IS_LAW, DatedModel


class LegalBasis(DatedModel):
    """One provision from one day to another. Says nothing of any case."""

    use = models.CharField(
        _("används för"), max_length=16, choices=[(use.value, USE_NAMES[use]) for use in Use]
    )
    place = models.CharField(_("lagrum"), max_length=100)
    title = models.CharField(_("vad det gäller"), max_length=200)
    note = models.CharField(_("att tänka på"), max_length=500, blank=True)
    needs_committee = models.BooleanField(_("beslutas av utskottet"), default=False)

    plain_because = {
        **DatedModel.plain_because,
        **dict.fromkeys(("use", "place", "title", "note", "needs_committee"), IS_LAW),
    }

    class Meta(DatedModel.Meta):
        ordering = ["use", "place", "valid_from"]

    def __str__(self) -> str:
        return f"{self.place}: {self.title}"

    @classmethod
    def shipped(cls) -> Iterable[LegalBasis]:
        return [cls(id=provision.row_id, **asdict(provision)) for provision in legal_bases.DEFAULTS]
