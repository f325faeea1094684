"""Report a deviation, judge it and close it, outside all cases (lex Sarah, SoL 27 kap.)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.actions.unit_rows import demand_no_client, led_row, new_unit_row, tell_unit
from cases.actions.writing import change_row
from cases.models import Deviation
from cases.models.deviation import DeviationKind, Severity


class AlreadyClosed(Exception):
    """It is closed and locked; report what has happened since as a new one."""


class NotFinished(Exception):
    """Measures or the judgement are missing, or what is serious is not reported to IVO; then it cannot be closed."""


@transaction.atomic
def report(*, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None) -> Deviation:
    """Report a deviation in the actor's own unit."""
    return new_unit_row(
        Deviation, values=values, event=events.DEVIATION_REPORTED, by=by, now=now, new_id=new_id
    )


@transaction.atomic
def handle(
    *, deviation: Deviation, values: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Deviation:
    """Write down causes, measures and how serious it is; for those who lead the unit."""
    locked = _open(deviation, version, by)
    demand_no_client(values)
    change_row(locked, values=values, by=by, now=now)
    tell_unit(event=events.DEVIATION_HANDLED, row=locked, by=by, now=now)
    return locked


@transaction.atomic
def close(*, deviation: Deviation, version: int, by: Actor, now: datetime) -> Deviation:
    """Close it; from here on the database refuses every change."""
    locked = _open(deviation, version, by)
    unjudged = locked.kind == DeviationKind.LEX_SARAH and locked.severity == Severity.NOT_JUDGED
    if unjudged or locked.severity == Severity.SERIOUS or not locked.measures.strip():
        raise NotFinished
    change_row(locked, values={"closed_at": now, "closed_by_id": by.person}, by=by, now=now)
    tell_unit(event=events.DEVIATION_CLOSED, row=locked, by=by, now=now)
    return locked


def _open(deviation: Deviation, version: int, by: Actor) -> Deviation:
    if deviation.closed_at is not None:
        raise AlreadyClosed
    return led_row(Deviation, row=deviation, version=version, by=by)
