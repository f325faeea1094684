"""What each stage needs, as dated versions. A case points to the version that it is worked under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from avhopp.sealed.base import OrganisationModel
from cases.catalogue import stage_rules
from cases.catalogue.stage_rules import Item
from cases.workflow import TRACK_NAMES, Requirement, Target, Track, as_target


class Workflow(OrganisationModel):
    """One version of the whole, from one day on."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    valid_from = models.DateField(_("gäller från"))
    note = models.CharField(_("vad som är nytt"), max_length=500, blank=True)

    plain_because = dict.fromkeys(("number", "valid_from", "note"), "arbetssätt, säger inget om något ärende")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"

    @classmethod
    def shipped(cls) -> Iterable[Workflow]:
        return [cls(**stage_rules.VERSION)]


class StageRule(OrganisationModel):
    """What one target needs in one track, in one version; never changed, a change is a new version."""

    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, related_name="rules")
    track = models.CharField(_("spår"), max_length=12, choices=[(t.value, TRACK_NAMES[t]) for t in Track])
    target = models.CharField(_("skede"), max_length=24)
    checklist: models.JSONField[Any, Any] = models.JSONField(_("checklista"), default=list)
    requires: models.JSONField[Any, Any] = models.JSONField(_("måste finnas"), default=list)
    may_ask: models.JSONField[Any, Any] = models.JSONField(_("får begära"), default=list)
    may_approve: models.JSONField[Any, Any] = models.JSONField(_("får godkänna"), default=list)

    plain_because = dict.fromkeys(
        ("workflow", "track", "target", "checklist", "requires", "may_ask", "may_approve"),
        "arbetssätt, säger inget om något ärende",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workflow", "track", "target"], name="one_rule_per_version_track_and_target"
            )
        ]

    def __str__(self) -> str:
        return f"{self.track} {self.target}"

    @classmethod
    def shipped(cls) -> Iterable[StageRule]:
        return [cls(**stored(needs)) for needs in stage_rules.DEFAULTS]

    @property
    def items(self) -> tuple[Item, ...]:
        """The checklist."""
        return tuple(Item(**line) for line in self.checklist)

    @property
    def requirements(self) -> frozenset[Requirement]:
        """What must stand in the case."""
        return frozenset(Requirement(code) for code in self.requires)

    @property
    def leads_to(self) -> Target:
        """The target."""
        return as_target(self.target)

    def missing(self, ticked: set[str]) -> tuple[Item, ...]:
        """The lines that are not ticked."""
        return tuple(item for item in self.items if item.code not in ticked)


def stored(needs: stage_rules.Needs) -> dict[str, Any]:
    """What the shipped needs are as a row's columns."""
    return {
        "id": needs.row_id,
        "workflow_id": stage_rules.VERSION["id"],
        "track": needs.track.value,
        "target": needs.target.value,
        "checklist": [asdict(item) for item in needs.checklist],
        "requires": sorted(needs.requires),
        "may_ask": sorted(needs.may_ask),
        "may_approve": sorted(needs.may_approve),
    }
