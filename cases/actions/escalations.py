"""Raise a law's clock that has run out to those who lead the case, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from cases import events
from cases.models import Task


@transaction.atomic
def escalate(*, task: Task, to: Iterable[User], by: Actor, now: datetime) -> None:
    """Put a clock that has run out into the list of the supervisors; the record says whom it was raised to."""
    task.escalated_at = now
    task.version += 1
    task.updated_at = now
    task.save()
    log.record(
        event=events.TASK_ESCALATED,
        actor=by,
        at=now,
        basis="clock",
        subjects=[log.written(task)],
        detail={"to": sorted(str(user.pk) for user in to)},
    )
