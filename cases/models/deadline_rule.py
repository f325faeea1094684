"""A deadline of law or work (tidsfrist) from one day to another. Law is data: a change is a new dated row.

The database lets nothing of a row be changed but its last day. A row whose last day comes before its first was taken
back before it came into force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import OrganisationModel
from cases.catalogue import deadline_rules
from cases.catalogue.deadline_rules import EXTENSION_NAMES, UNIT_NAMES, Extension, Unit


class DeadlineRule(OrganisationModel):
    """How long something may take, and how its clock ends. Says nothing of any case."""

    code = models.CharField(_("kod"), max_length=32)
    name = models.CharField(_("vad som ska göras"), max_length=100)
    unit = models.CharField(_("räknas i"), max_length=8, choices=[(u.value, UNIT_NAMES[u]) for u in Unit])
    length = models.PositiveSmallIntegerField(_("antal"), default=0)
    legal_basis = models.CharField(_("lagrum"), max_length=32, blank=True)
    extension = models.CharField(
        _("förlängs med"),
        max_length=16,
        choices=[(e.value, EXTENSION_NAMES[e]) for e in Extension],
        default=Extension.NEVER,
    )
    moves = models.BooleanField(_("flyttas från helg till nästa vardag"), default=False)
    by_hand = models.BooleanField(_("bockas av för hand"), default=True)
    repeats = models.BooleanField(_("börjar om när den är klar"), default=False)
    warn_days = models.PositiveSmallIntegerField(_("visas så många dagar före"), default=14)
    is_uncertain = models.BooleanField(_("ska bekräftas av jurist"), default=False)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True, blank=True)

    plain_because = dict.fromkeys(
        (
            "code",
            "name",
            "unit",
            "length",
            "legal_basis",
            "extension",
            "moves",
            "by_hand",
            "repeats",
            "warn_days",
            "is_uncertain",
            "valid_from",
            "valid_to",
        ),
        "lag, säger inget om något ärende",
    )

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="one_deadline_per_code_and_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="deadline_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def shipped(cls) -> Iterable[DeadlineRule]:
        return [cls(id=rule.row_id, **asdict(rule)) for rule in deadline_rules.DEFAULTS]
