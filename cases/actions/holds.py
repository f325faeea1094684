"""Keep a file from being destroyed for a reason, and take the reason away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import NotVisible, Opened
from cases.actions.writing import change_row, lock_case, new_row, tell
from cases.models import RetentionHold
from cases.policies import Question


class AlreadyLifted(Exception):
    """Somebody has lifted the hold; put a new one if it is needed again."""


@transaction.atomic
def put(
    *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> RetentionHold:
    """Put a hold on the file."""
    opened.demand(Question.HOLD)
    made = new_row(RetentionHold, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.HOLD_PUT, opened=opened, rows=[made], by=by, now=now)
    return made


@transaction.atomic
def lift(*, opened: Opened, hold: RetentionHold, by: Actor, now: datetime) -> RetentionHold:
    """Take the hold away; the others go on."""
    opened.demand(Question.HOLD)
    lock_case(opened)
    found = RetentionHold.objects.select_for_update().filter(pk=hold.pk, case=opened.case).first()
    if found is None:
        raise NotVisible
    if found.lifted_at is not None:
        raise AlreadyLifted
    change_row(found, values={"lifted_at": now, "lifted_by_id": by.person}, by=by, now=now)
    tell(event=events.HOLD_LIFTED, opened=opened, rows=[found], by=by, now=now)
    return found
