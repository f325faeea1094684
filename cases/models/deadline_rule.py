"""A deadline of law or work (tidsfrist): how long something may take, and how its clock ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.catalogue import deadline_rules
from cases.catalogue.deadline_rules import EXTENSION_NAMES, UNIT_NAMES, Extension, Unit
from cases.models.dated import IS_LAW, DatedModel


class DeadlineRule(DatedModel):
    """One rule from one day to another. Says nothing of any case."""

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

    plain_because = {
        **DatedModel.plain_because,
        **dict.fromkeys(
            (
                "name",
                "unit",
                "length",
                "legal_basis",
                "extension",
                "moves",
                "by_hand",
                "repeats",
                "warn_days",
            ),
            IS_LAW,
        ),
    }

    class Meta(DatedModel.Meta):
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def shipped(cls) -> Iterable[DeadlineRule]:
        return [cls(id=rule.row_id, **asdict(rule)) for rule in deadline_rules.DEFAULTS]
