"""Write down a follow-up of a case that has ended, and correct one; writing it down is what ends its clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events, figures
from cases.access import Opened
from cases.actions.tasks import stop_clocks
from cases.actions.writing import change_row, lock_case, locked_row, new_row, tell
from cases.deadlines import FOLLOW_UPS
from cases.models import FollowUp
from cases.models.follow_up import Crime, Point
from cases.models.task import TaskEnd
from cases.policies import Question
from cases.workflow import Stage, is_ended

COUNTED = {Point.SIX: figures.Known.AFTER_SIX, Point.TWELVE: figures.Known.AFTER_YEAR}


class NotEndedYet(Exception):
    """A case is followed up when it has ended; until then what happens in it is written in notes."""


class AlreadyNoted(Exception):
    """This follow-up is written down already; change it instead."""


@transaction.atomic
def note(
    *,
    opened: Opened,
    point: Point,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> FollowUp:
    """Write down how it went, or that nobody could be reached."""
    opened.demand(Question.FOLLOW_UP)
    if not is_ended(Stage(lock_case(opened).stage)):
        raise NotEndedYet
    noted = FollowUp.objects.filter(case=opened.case, months=point).first()
    if noted is not None and noted.pk != new_id:
        raise AlreadyNoted
    made = new_row(FollowUp, opened=opened, values={**values, "months": point}, by=by, now=now, new_id=new_id)
    stopped = stop_clocks(case=opened.case, rules={FOLLOW_UPS[point]}, how=TaskEnd.DONE, by=by, now=now)
    counted = []
    if point in COUNTED:
        known = {COUNTED[point]: made.crime or Crime.UNKNOWN}
        counted = figures.tell(of=opened.case.pk, known=known, now=now)
    tell(event=events.FOLLOW_UP_NOTED, opened=opened, rows=[made, *stopped, *counted], by=by, now=now)
    return made


@transaction.atomic
def change(
    *,
    opened: Opened,
    follow_up: FollowUp,
    values: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> FollowUp:
    """Put right what was written down; the earlier version stays in its history."""
    opened.demand(Question.FOLLOW_UP)
    locked = locked_row(FollowUp, opened=opened, row=follow_up, version=version)
    change_row(locked, values=values, by=by, now=now)
    tell(event=events.FOLLOW_UP_CHANGED, opened=opened, rows=[locked], by=by, now=now)
    return locked
