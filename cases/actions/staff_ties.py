"""Write down a colleague's ties, and that they are over; for those who lead the unit, and never about oneself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right
from cases import events
from cases.access import NotVisible
from cases.actions.unit_rows import led_row, new_unit_row, tell_unit
from cases.actions.writing import change_row, demand_right
from cases.models import StaffTie


class NotOfTheUnit(Exception):
    """Whom it is about works in the unit, and is not the one who writes."""


@transaction.atomic
def write_down(
    *, about: User, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> StaffTie:
    """Write a tie down under a key of its own."""
    demand_right(by=by, right=Right.MANAGE_UNIT)
    if about.unit_id != by.unit or about.pk == by.user:
        raise NotOfTheUnit
    return new_unit_row(
        StaffTie,
        values={**values, "about": about},
        event=events.STAFF_TIE_WRITTEN,
        by=by,
        now=now,
        new_id=new_id,
    )


@transaction.atomic
def end(*, tie: StaffTie, version: int, by: Actor, now: datetime) -> StaffTie:
    """Write down that it is over."""
    locked = led_row(StaffTie, row=tie, version=version, by=by)
    if locked.ended_at is not None:
        raise NotVisible
    change_row(locked, values={"ended_at": now}, by=by, now=now)
    tell_unit(event=events.STAFF_TIE_ENDED, row=locked, by=by, now=now)
    return locked
