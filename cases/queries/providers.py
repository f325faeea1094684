"""The providers of a unit."""

from __future__ import annotations

from uuid import UUID

from audit.events import Actor
from cases.access import NotVisible
from cases.models import Provider


def providers_of(*, unit: UUID) -> list[Provider]:
    """Every provider of the unit, by name."""
    return list(Provider.objects.filter(unit_id=unit).order_by("name", "id"))


def provider_of(*, actor: Actor, provider: UUID) -> Provider:
    """One provider of the actor's unit; raises `NotVisible`, also for one of another unit."""
    found = Provider.objects.filter(pk=provider, unit_id=actor.unit).first() if actor.unit else None
    if found is None:
        raise NotVisible
    return found
