"""The tables of the tree: which leaf stands where, what was signed and cosigned, and what still waits.

The application may read them and nothing more; the sequencer's role alone writes them (`sequencer_may`), and the
owner's trigger puts each new leaf among those that wait. What is here can be made anew from the leaves and the signed
checkpoints, and `audit.verify` does.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Pending(models.Model):
    """A leaf that has not been given its place. `id` keeps the order in which rows of one case were written."""

    read_only = True
    # UPDATE of one column is what PostgreSQL asks for SELECT … FOR UPDATE SKIP LOCKED.
    sequencer_may = "SELECT, DELETE, UPDATE (id)"

    id = models.BigAutoField(primary_key=True)
    leaf = models.UUIDField(editable=False)
    added_at = models.DateTimeField(editable=False, db_default=Now())

    plain_because = {"leaf": "slumptal", "added_at": "drift"}

    class Meta:
        db_table = "audit_pending"

    def __str__(self) -> str:
        return f"audit.pending {self.id}"


class Sequenced(models.Model):
    """The place of a leaf in the tree, counted from 0, and its hash."""

    append_only = True
    read_only = True
    sequencer_may = "SELECT, INSERT"

    seq = models.BigIntegerField(primary_key=True, editable=False)
    leaf = models.UUIDField(unique=True, editable=False)
    hash = models.BinaryField(max_length=32, editable=False)

    plain_because = {"seq": "ordning", "leaf": "slumptal", "hash": "kontrollsumma över bladets bytes"}

    class Meta:
        db_table = "audit_seq"

    def __str__(self) -> str:
        return f"audit.sequenced {self.seq}"


class Node(models.Model):
    """A whole subtree of 256, 65 536, … leaves, so that proofs need no long reading."""

    append_only = True
    read_only = True
    sequencer_may = "SELECT, INSERT"

    pk = models.CompositePrimaryKey("level", "place")
    level = models.PositiveSmallIntegerField(editable=False)
    place = models.BigIntegerField(editable=False)
    hash = models.BinaryField(max_length=32, editable=False)

    plain_because = {"level": "ordning", "place": "ordning", "hash": "kontrollsumma"}

    class Meta:
        db_table = "audit_node"

    def __str__(self) -> str:
        return f"audit.node {self.level} {self.place}"


class SignedCheckpoint(models.Model):
    """A tree head as the log signed it."""

    append_only = True
    read_only = True
    sequencer_may = "SELECT, INSERT"

    number = models.BigIntegerField(primary_key=True, editable=False)
    size = models.BigIntegerField(unique=True, editable=False)
    note = models.TextField(editable=False)

    plain_because = {"number": "ordning", "size": "antal", "note": "offentlig underskrift"}

    class Meta:
        db_table = "audit_checkpoint"

    def __str__(self) -> str:
        return f"audit.checkpoint {self.number}"


class Cosignature(models.Model):
    """A witness's signature line over a checkpoint."""

    append_only = True
    read_only = True
    sequencer_may = "SELECT, INSERT"

    id = models.BigAutoField(primary_key=True)
    number = models.BigIntegerField(db_index=True, editable=False)
    line = models.TextField(editable=False)

    plain_because = {"number": "ordning", "line": "offentlig underskrift"}

    class Meta:
        db_table = "audit_cosignature"

    def __str__(self) -> str:
        return f"audit.cosignature {self.id}"


class Heartbeat(models.Model):
    """The one row by which a stopped sequencer or witness is seen."""

    read_only = True
    sequencer_may = "SELECT, INSERT, UPDATE"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    beat_at = models.DateTimeField(editable=False)
    # The latest moment at which nothing waited.
    quiet_at = models.DateTimeField(null=True, editable=False)
    has_witness = models.BooleanField(editable=False, default=False)
    witnessed_at = models.DateTimeField(null=True, editable=False)
    # What the witness last refused, as a code; empty when it agreed.
    witness_said = models.CharField(max_length=32, blank=True, default="", editable=False)

    plain_because = {
        "beat_at": "drift",
        "quiet_at": "drift",
        "has_witness": "drift",
        "witnessed_at": "drift",
        "witness_said": "kod",
    }

    class Meta:
        db_table = "audit_heartbeat"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_heartbeat")]

    def __str__(self) -> str:
        return "audit.heartbeat"
