"""Give one's word that nothing makes one's impartiality doubtful, where a name says that it might."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.writing import lock_case, new_row, tell
from cases.models import ImpartialityStatement
from cases.policies import Question


@transaction.atomic
def state(*, opened: Opened, by: Actor, now: datetime) -> ImpartialityStatement:
    """Write it down, once."""
    opened.demand(Question.READ)
    lock_case(opened)
    found = ImpartialityStatement.objects.filter(case=opened.case, created_by_id=by.person).first()
    if found is not None:
        return found
    made = new_row(ImpartialityStatement, opened=opened, values={}, by=by, now=now)
    tell(event=events.IMPARTIALITY_STATED, opened=opened, rows=[made], by=by, now=now)
    return made
