"""The latest checkpoint for somebody who keeps it outside the system, on paper or in a file: the witness that costs
nothing. Showing it is recorded; it holds a number, a hash and signatures, and nothing about anybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit import health, log
from audit.events import Actor
from audit.health import Head
from audit.log_events import CHECKPOINT_SHOWN


class NoCheckpoint(Exception):
    """Nothing has been signed yet; start the sequencer."""


@transaction.atomic
def checkpoint(*, by: Actor, now: datetime) -> Head:
    """Give the latest signed checkpoint, and record that it was shown; raises `NoCheckpoint`."""
    found = health.head()
    if found is None:
        raise NoCheckpoint
    log.record(
        event=CHECKPOINT_SHOWN,
        actor=by,
        at=now,
        basis="role",
        purpose=f"log_checkpoint?number={found.number}",
    )
    return found
