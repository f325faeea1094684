"""The tables of wrapped keys. None of them holds anything that opens without the root key outside the database.

A row of `ScopeKey` is what disposal destroys: without it every sealed value of that case or person is noise, in the
tables, the history, the record and every backup. Its `wrapped` is NULL from then on and is never minted anew.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class EpochKey(models.Model):
    """The organisation's key of one month, wrapped by the root key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    epoch = models.PositiveIntegerField(unique=True, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    plain_because = {
        "epoch": "år och månad, behövs för att finna nyckeln",
        "wrapped": "redan krypterad",
        "created_at": "drift",
    }


class IndexRoot(models.Model):
    """The organisation's root of blind indexes, apart from the epochs, wrapped by the root key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(unique=True, editable=False)
    wrapped = models.BinaryField(editable=False)

    plain_because = {"version": "drift", "wrapped": "redan krypterad"}


class KeyState(models.TextChoices):
    """`decrypt` opens old values after a new key has become active."""

    ACTIVE = "active", "aktiv"
    DECRYPT = "decrypt", "endast för läsning"
    DESTROYED = "destroyed", "förstörd"


class ScopeKey(models.Model):
    """The data key of one scope (a case, a person, an account), wrapped by an epoch key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.UUIDField(editable=False, db_index=True)
    kind = models.CharField(max_length=16, editable=False)
    epoch = models.ForeignKey(EpochKey, on_delete=models.PROTECT, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    state = models.CharField(max_length=9, choices=KeyState, default=KeyState.ACTIVE, editable=False)
    created_at = models.DateTimeField(editable=False)

    plain_because = {
        "scope": "slumptal",
        "kind": "ärende, person eller konto",
        "epoch": "vilken nyckel som öppnar",
        "wrapped": "redan krypterad",
        "state": "drift",
        "created_at": "drift",
    }

    class Meta:
        constraints = [
            # Two workers at once must not mint two keys for one scope.
            models.UniqueConstraint(
                fields=["scope"], condition=Q(state="active"), name="one_active_key_per_scope"
            ),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=True, state="destroyed")
                | Q(wrapped__isnull=False, state__in=["active", "decrypt"]),
                name="destroyed_key_is_gone",
            ),
        ]
