"""The tables of wrapped keys, and what has been done to them. None holds anything that opens without the root key
outside the database.

A row of `ScopeKey` is what disposal destroys: without it every sealed value of that case or person is noise, in the
tables, the history, the record and every backup. Its `wrapped` is NULL from then on and is never minted anew. Only
the keeper of the keys changes these rows, by grant and by trigger; the application adds to them.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class EpochKey(models.Model):
    """The organisation's key of one epoch, wrapped by a root key of its own.

    An epoch is a month and a number within it: 20260300 is March 2026, 20260301 the one made by hand after it.
    """

    append_only = True
    keeper_may = "SELECT, INSERT, UPDATE"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    epoch = models.PositiveIntegerField(unique=True, editable=False)
    root = models.CharField(max_length=16, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    emptied_at = models.DateTimeField(null=True, editable=False)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    plain_because = {
        "epoch": "år, månad och nummer, behövs för att finna nyckeln",
        "root": "vilken rotnyckel som öppnar",
        "wrapped": "redan krypterad",
        "created_at": "drift",
        "emptied_at": "drift",
        "destroyed_at": "drift",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="destroyed_epoch_is_gone",
            ),
        ]


class IndexRoot(models.Model):
    """The organisation's root of blind indexes, apart from the epochs, wrapped by the root key."""

    append_only = True
    keeper_may = "SELECT, UPDATE"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(unique=True, editable=False)
    root = models.CharField(max_length=16, editable=False)
    wrapped = models.BinaryField(editable=False)

    plain_because = {"version": "drift", "root": "vilken rotnyckel som öppnar", "wrapped": "redan krypterad"}


class KeyState(models.TextChoices):
    """`decrypt` opens old values after a new key has become active; `record` opens only what the record says."""

    ACTIVE = "active", "aktiv"
    DECRYPT = "decrypt", "endast för läsning"
    RECORD = "record", "endast för loggen"
    DESTROYED = "destroyed", "förstörd"


class ScopeKey(models.Model):
    """The data key of one scope (a case, a person, an account), wrapped by an epoch key."""

    append_only = True
    keeper_may = "SELECT, INSERT, UPDATE"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.UUIDField(editable=False, db_index=True)
    kind = models.CharField(max_length=16, editable=False)
    epoch = models.ForeignKey(EpochKey, on_delete=models.PROTECT, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    state = models.CharField(max_length=9, choices=KeyState, default=KeyState.ACTIVE, editable=False)
    created_at = models.DateTimeField(editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    plain_because = {
        "scope": "slumptal",
        "kind": "ärende, person eller konto",
        "epoch": "vilken nyckel som öppnar",
        "wrapped": "redan krypterad",
        "state": "drift",
        "created_at": "drift",
        "superseded_at": "drift",
    }

    class Meta:
        constraints = [
            # Two workers at once must not mint two keys for one scope, and a scope whose key was destroyed gets none
            # anew: that key was never replaced.
            models.UniqueConstraint(
                fields=["scope"], condition=Q(superseded_at__isnull=True), name="one_current_key_per_scope"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(superseded_at__isnull=True),
                name="active_key_is_not_replaced",
            ),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=True, state="destroyed")
                | Q(wrapped__isnull=False, state__in=["active", "decrypt", "record"]),
                name="destroyed_key_is_gone",
            ),
        ]


class Work(models.TextChoices):
    """What the keeper of the keys does."""

    ROTATE_EPOCH = "rotate_epoch", "ny nyckel för perioden"
    ROTATE_DATA = "rotate_data", "nya datanycklar"
    ADOPT = "adopt", "klartext förseglas"
    DISPOSE = "dispose", "gallrar"
    REWRAP = "rewrap", "datanycklar slås in på nytt"
    REENCRYPT = "reencrypt", "uppgifter krypteras om"
    RETIRE = "retire", "gamla nycklar tas bort"


class KeyRun(models.Model):
    """One piece of the keeper's work and how far it has come; a later run goes on where a killed one ended."""

    read_only = True
    keeper_may = "SELECT, INSERT, UPDATE"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.CharField(max_length=16, choices=Work, editable=False)
    started_at = models.DateTimeField(editable=False)
    heard_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(editable=False)

    plain_because = {
        "work": "kod",
        "started_at": "drift",
        "heard_at": "drift",
        "ended_at": "drift",
        "done": "antal, utan vad",
        "total": "antal, utan vad",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(heard_at__gte=F("started_at")), name="run_is_heard_after_start"
            )
        ]
        indexes = [models.Index(fields=["-started_at"], name="run_by_start")]
