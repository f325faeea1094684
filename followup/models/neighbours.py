"""The other municipalities of the police area, by what they have released and signed. Nothing else ever crosses."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Neighbour(models.Model):
    """A municipality and the public key that it signs with, as it was told by somebody one knows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("kommun"), max_length=120, unique=True)
    public = models.CharField(_("offentlig nyckel"), max_length=300, unique=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(editable=False)

    plain_because = {
        "name": "en kommun",
        "public": "offentlig nyckel",
        "added_by": "den anställda",
        "added_at": "drift",
    }

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NeighbourRelease(models.Model):
    """One released file of a neighbour, byte for byte as it was signed and checked."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    neighbour = models.ForeignKey(
        Neighbour, on_delete=models.PROTECT, related_name="releases", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    content = models.TextField(editable=False)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    imported_at = models.DateTimeField(editable=False)

    plain_because = {
        "neighbour": "en kommun",
        "number": "redovisningens nummer",
        "content": "redovisad av en annan kommun, får läsas av alla",
        "imported_by": "den anställda",
        "imported_at": "drift",
    }

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["neighbour", "number"], name="one_neighbour_release_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.neighbour_id} {self.number}"
