"""Write down, and change, what is kept of the person in rows of its own: other names, ways to reach her, guardians,
representatives, and who stands near her or is a danger to her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.writing import change_row, locked_row, new_row, tell
from cases.models.row import Row
from cases.policies import Question
from cases.queries.person import MODELS, Particular


@transaction.atomic
def add(
    *,
    opened: Opened,
    particular: Particular,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Row:
    """Write down one of them."""
    opened.demand(Question.EDIT_CASE)
    row = new_row(MODELS[particular], opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.PARTICULAR_ADDED, opened=opened, rows=[row], by=by, now=now)
    return row


@transaction.atomic
def change(
    *,
    opened: Opened,
    particular: Particular,
    row: Row,
    changes: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> Row:
    """Change one of them, guarded by its version; the history keeps what it said."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(MODELS[particular], opened=opened, row=row, version=version)
    change_row(locked, values=changes, by=by, now=now)
    tell(
        event=events.PARTICULAR_CHANGED,
        opened=opened,
        rows=[locked],
        by=by,
        now=now,
        detail={"fields": sorted(changes)},
    )
    return locked
