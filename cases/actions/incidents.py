"""Report threat and violence, follow it up and close it, outside all cases."""

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
from cases.models import Incident
from cases.models.incident import PoliceReport


class AlreadyClosed(Exception):
    """It is closed and locked; report what has happened since as a new one."""


class NotFinished(Exception):
    """Measures are missing, or what should be reported to the police is not; then it cannot be closed."""


@transaction.atomic
def report(*, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None) -> Incident:
    """Report an event in the actor's own unit."""
    return new_unit_row(
        Incident, values=values, event=events.INCIDENT_REPORTED, by=by, now=now, new_id=new_id
    )


@transaction.atomic
def handle(
    *, incident: Incident, values: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Incident:
    """Write down what is done about it; for those who lead the unit."""
    locked = _open(incident, version, by)
    demand_no_client(values)
    change_row(locked, values=values, by=by, now=now)
    tell_unit(event=events.INCIDENT_HANDLED, row=locked, by=by, now=now)
    return locked


@transaction.atomic
def close(*, incident: Incident, version: int, by: Actor, now: datetime) -> Incident:
    """Close it; from here on the database refuses every change."""
    locked = _open(incident, version, by)
    if not locked.measures.strip() or locked.police == PoliceReport.PLANNED:
        raise NotFinished
    change_row(locked, values={"closed_at": now, "closed_by_id": by.person}, by=by, now=now)
    tell_unit(event=events.INCIDENT_CLOSED, row=locked, by=by, now=now)
    return locked


def _open(incident: Incident, version: int, by: Actor) -> Incident:
    if incident.closed_at is not None:
        raise AlreadyClosed
    return led_row(Incident, row=incident, version=version, by=by)
