"""What the verbs on a unit's rows outside all cases share: a key of their own, a lock, a version, and the one leaf."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from audit import log
from audit.events import Actor, Event
from avhopp.accounts.roles import Right
from cases.access import NotVisible, Refused
from cases.actions.once import mint_once
from cases.actions.writing import Conflict, demand_right
from cases.identity import contains_identity_number
from cases.models.row import UnitRow
from cases.naming import contains_number
from cases.policies import Refusal, Verdict
from cases.unit_access import visible_rows

U = TypeVar("U", bound=UnitRow)


class NamesAClient(Exception):
    """A text holds an identity number or a case number; what stands outside the cases says nothing of a client."""


def new_unit_row(
    model: type[U],
    *,
    values: Mapping[str, Any],
    event: Event,
    by: Actor,
    now: datetime,
    new_id: UUID | None,
) -> U:
    """Save a new row of the actor's unit under a key of its own, and tell; with the `new_id` of a form, once."""
    demand_right(by=by, right=Right.REPORT_INCIDENTS)
    if by.unit is None:
        raise Refused(Verdict(Refusal.ROLE))
    demand_no_client(values)
    row = model(
        id=new_id or uuid4(),
        unit_id=by.unit,
        created_at=now,
        created_by_id=by.person,
        updated_at=now,
        updated_by_id=by.person,
        **values,
    )
    mint_once(scope=row.pk, kind=model.scope_kind)
    row.save(force_insert=True)
    log.record(event=event, actor=by, at=now, basis="created", subjects=[log.written(row)])
    return row


def led_row(model: type[U], *, row: U, version: int, by: Actor) -> U:
    """A row of the unit that the actor leads, locked; raises `NotVisible`, and `Conflict` for another version."""
    demand_right(by=by, right=Right.MANAGE_UNIT)
    found = visible_rows(model, actor=by).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotVisible
    if found.version != version:
        raise Conflict(found)
    return found


def tell_unit(*, event: Event, row: UnitRow, by: Actor, now: datetime) -> None:
    """Write the action's one leaf."""
    log.record(event=event, actor=by, at=now, basis="unit_lead", subjects=[log.written(row)])


def demand_no_client(values: Mapping[str, Any]) -> None:
    """Raise `NamesAClient` when a text holds a number that leads to somebody."""
    texts = [value for value in values.values() if isinstance(value, str)]
    if any(contains_identity_number(text) or contains_number(text) for text in texts):
        raise NamesAClient
