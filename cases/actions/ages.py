"""Set the tasks of a client's ages by the clock, where her birth date has changed and nobody set them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit import log
from audit.events import Actor
from cases import events
from cases.access import open_by_clock
from cases.actions.clocks import follow_birth_date
from cases.models import Case, Task


@transaction.atomic
def follow(*, case: Case, by: Actor, now: datetime) -> list[Task]:
    """Open one case by the clock and set the tasks of the ages that lie before its client."""
    open_by_clock(actor=by, at=now, case=case)
    written = follow_birth_date(case=case, by=by, now=now)
    log.record(
        event=events.AGES_FOLLOWED,
        actor=by,
        at=now,
        basis="clock",
        subjects=[log.read(case), *map(log.written, written)],
    )
    return written
