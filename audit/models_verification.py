"""What each verification found, so that a page can say since when the log is whole without verifying it anew.

It is the system's own word about itself: an auditor who doubts it verifies an export with one file and one key.
"""

from __future__ import annotations

import uuid

from django.db import models


class VerificationRun(models.Model):
    """One verification of the whole log, and what it could not exclude."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(editable=False, db_index=True)
    size = models.BigIntegerField(editable=False)
    first_at = models.DateTimeField(null=True, editable=False)
    root = models.BinaryField(max_length=32, editable=False)
    witnessed = models.BigIntegerField(editable=False)
    waiting = models.BigIntegerField(editable=False)
    rows = models.BigIntegerField(editable=False)
    grants = models.BigIntegerField(editable=False)
    fault_count = models.BigIntegerField(editable=False)
    # The first faults and what was left open, as sentences; they name rows by random ids alone.
    faults = models.JSONField(default=list, editable=False)
    notes = models.JSONField(default=list, editable=False)

    plain_because = {
        "at": "drift",
        "size": "antal",
        "first_at": "loggens egen uppgift",
        "root": "kontrollsumma",
        "witnessed": "antal",
        "waiting": "antal",
        "rows": "antal",
        "grants": "antal",
        "fault_count": "antal",
        "faults": "slag av fel och slumptal",
        "notes": "fasta meningar",
    }

    def __str__(self) -> str:
        return f"audit.verificationrun {self.id}"

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.fault_count
