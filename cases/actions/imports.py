"""Bring a unit's register in: the rows are sealed, checked by the clock's worker, and opened as cases all or none.

The rows are emptied when they have become cases, have been thrown away, or have failed; what is known of the people
then stands in their cases alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from audit import log
from audit.events import Actor, Event
from avhopp.accounts.roles import Right
from cases import events
from cases.access import NotVisible, Refused
from cases.actions.once import mint_once
from cases.actions.writing import demand_right
from cases.models import RegisterImport
from cases.models.register_import import ImportState
from cases.policies import Refusal, Verdict

# What each state may become; nothing else happens to an import.
WAYS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.WAITING: frozenset({ImportState.CHECKING}),
    ImportState.CHECKING: frozenset({ImportState.FAULTY, ImportState.READY, ImportState.FAILED}),
    ImportState.READY: frozenset({ImportState.RUNNING}),
    ImportState.RUNNING: frozenset({ImportState.DONE, ImportState.FAILED}),
    ImportState.FAULTY: frozenset(),
    ImportState.DONE: frozenset(),
    ImportState.FAILED: frozenset(),
}
ENDED = frozenset(state for state, ways in WAYS.items() if not ways)


class NotThere(Exception):
    """The import is not where it was when the page was shown; read it again."""


@transaction.atomic
def bring(
    *, rows: Sequence[dict[str, str]], by: Actor, now: datetime, new_id: UUID | None = None
) -> RegisterImport:
    """Take the rows of a file in, sealed, for checking."""
    demand_right(by=by, right=Right.MANAGE_UNIT)
    if by.unit is None:
        raise Refused(Verdict(Refusal.ROLE))
    found = RegisterImport(
        id=new_id or uuid4(),
        unit_id=by.unit,
        created_by_id=by.person,
        created_at=now,
        rows=list(rows),
        faults=[],
        total=len(rows),
    )
    mint_once(scope=found.id, kind="import")
    found.save(force_insert=True)
    _tell(events.REGISTER_BROUGHT, found, by, now)
    return found


@transaction.atomic
def start_check(*, register: RegisterImport, by: Actor, now: datetime) -> RegisterImport:
    """Begin to check the rows."""
    return _go(register, ImportState.CHECKING, events.REGISTER_CHECKED, by, now)


@transaction.atomic
def end_check(
    *, register: RegisterImport, faults: Sequence[dict[str, Any]], by: Actor, now: datetime
) -> RegisterImport:
    """Keep what was found; a file with faults has ended here, and its rows are emptied."""
    state = ImportState.FAULTY if faults else ImportState.READY
    faulty = len({fault["line"] for fault in faults})
    return _go(register, state, events.REGISTER_CHECKED, by, now, faults=list(faults), faulty=faulty)


@transaction.atomic
def start(*, register: RegisterImport, by: Actor, now: datetime) -> RegisterImport:
    """Begin to open the cases of a file without faults."""
    demand_right(by=by, right=Right.MANAGE_UNIT)
    return _go(register, ImportState.RUNNING, events.REGISTER_STARTED, by, now)


@transaction.atomic
def finish(*, register: RegisterImport, by: Actor, now: datetime) -> RegisterImport:
    """Say that every row has become a case."""
    return _go(register, ImportState.DONE, events.REGISTER_ENDED, by, now, done=register.total)


@transaction.atomic
def fail(*, register: RegisterImport, by: Actor, now: datetime) -> RegisterImport:
    """Say that it broke off; nothing of it became a case."""
    return _go(register, ImportState.FAILED, events.REGISTER_ENDED, by, now, done=0)


def _go(
    register: RegisterImport, to: ImportState, event: Event, by: Actor, now: datetime, **values: Any
) -> RegisterImport:
    locked = RegisterImport.objects.select_for_update().filter(pk=register.pk).first()
    if locked is None:
        raise NotVisible
    if to not in WAYS[ImportState(locked.state)]:
        raise NotThere
    for name, value in {**values, "state": to}.items():
        setattr(locked, name, value)
    if to in ENDED:
        locked.rows = []
        locked.ended_at = now
    locked.save()
    _tell(event, locked, by, now)
    return locked


def _tell(event: Event, register: RegisterImport, by: Actor, now: datetime) -> None:
    detail = {"state": str(register.state), "rows": register.total}
    log.record(event=event, actor=by, at=now, basis="unit", subjects=[log.written(register)], detail=detail)
