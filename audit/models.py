"""The tables of the record.

`Leaf` is append-only by grant and by trigger, also for the owner of the database. It has no foreign key, so that
nothing elsewhere can pull it down. `LeafSubject` is the erasable index that makes "who has read this case" quick;
the leaf itself names its subjects only in tokens that the case's own key opens (erasable yet whole).
"""

from __future__ import annotations

import uuid

from django.db import models

from audit.changes import ChangeEntry as ChangeEntry
from audit.models_decoy import Decoy as Decoy
from audit.models_decoy import DecoyAlert as DecoyAlert
from audit.models_review import Review as Review
from audit.models_review import ReviewCycle as ReviewCycle
from audit.models_review import ReviewFollowUp as ReviewFollowUp
from audit.models_review import ReviewItem as ReviewItem
from audit.models_review import ReviewSignature as ReviewSignature
from audit.models_review import ReviewVerdict as ReviewVerdict
from audit.models_tree import Cosignature as Cosignature
from audit.models_tree import Heartbeat as Heartbeat
from audit.models_tree import Node as Node
from audit.models_tree import Pending as Pending
from audit.models_tree import Sequenced as Sequenced
from audit.models_tree import SignedCheckpoint as SignedCheckpoint
from audit.models_verification import VerificationRun as VerificationRun


class Leaf(models.Model):
    """One thing that happened; `body` is the evidence, the other columns are copies of it for searching."""

    append_only = True
    sequencer_may = "SELECT (id, body)"
    keeper_may = "INSERT"

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False, db_index=True)
    event = models.CharField(max_length=64, editable=False)
    kind = models.CharField(max_length=16, editable=False)
    actor = models.UUIDField(null=True, editable=False)
    role = models.CharField(max_length=32, editable=False)
    basis = models.CharField(max_length=32, blank=True, editable=False)
    about = models.UUIDField(null=True, editable=False)
    address = models.CharField(max_length=45, blank=True, editable=False)
    body = models.BinaryField(editable=False)
    payload = models.BinaryField(null=True, editable=False)

    plain_because = {
        "at": "loggens egen uppgift",
        "event": "kod ur händelsekatalogen",
        "kind": "kod ur händelsekatalogen",
        "actor": "den anställda som handlade",
        "role": "den anställdas roll",
        "basis": "grunden för åtkomsten, en kod",
        "about": "det personalkonto som händelsen gäller",
        "address": "den anställdas nätadress",
        "body": "bladets bytes; vad bladet gäller är förseglat inuti",
        "payload": "redan förseglad",
    }

    class Meta:
        db_table = "audit_leaf"
        indexes = [
            models.Index(fields=["actor", "-at"], name="leaf_by_actor"),
            models.Index(fields=["event", "-at"], name="leaf_by_event"),
            models.Index(fields=["kind", "-at"], name="leaf_by_kind"),
            models.Index(fields=["basis", "-at"], name="leaf_by_basis"),
            models.Index(fields=["address", "-at"], name="leaf_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"


class LeafSubject(models.Model):
    """Which scope and row a leaf is about. Emptied for a scope at its disposal; the leaf stays."""

    append_only = True
    keeper_may = "INSERT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leaf = models.UUIDField(editable=False, db_index=True)
    position = models.PositiveSmallIntegerField(editable=False)
    scope = models.UUIDField(editable=False)
    label = models.CharField(max_length=64, editable=False)
    row = models.UUIDField(editable=False)
    at = models.DateTimeField(editable=False)

    plain_because = {
        "leaf": "slumptal",
        "position": "ordning",
        "scope": "slumptal",
        "label": "tabellens namn",
        "row": "slumptal",
        "at": "loggens egen uppgift",
    }

    class Meta:
        indexes = [models.Index(fields=["scope", "-at"], name="leaf_subject_by_scope")]
