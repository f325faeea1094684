"""Show a protected person's details to oneself: some of them, for a while, on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.writing import new_row, tell
from cases.models import Unmasking
from cases.models.unmasking import SHOWN_FOR, FieldGroup
from cases.policies import Question


@transaction.atomic
def show(*, opened: Opened, group: FieldGroup, by: Actor, now: datetime) -> Unmasking:
    """Show one group of fields to the actor, and to nobody else, for `SHOWN_FOR`."""
    opened.demand(Question.READ)
    made = new_row(
        Unmasking, opened=opened, values={"group": group, "ends_at": now + SHOWN_FOR}, by=by, now=now
    )
    tell(event=events.UNMASKED, opened=opened, rows=[made], by=by, now=now, detail={"group": str(group)})
    return made
