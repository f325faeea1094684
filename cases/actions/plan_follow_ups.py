"""Write down how far the goals of a plan are reached, and put that right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import NotVisible, Opened
from cases.actions.plans import FOLLOW_UP
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import change_row, lock_case, locked_row, new_row, tell
from cases.models import Plan, PlanFollowUp
from cases.models.task import TaskEnd
from cases.policies import Question


@transaction.atomic
def note(
    *,
    opened: Opened,
    plan: Plan,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> PlanFollowUp:
    """Rate the goals of a signed plan; it ends the clock of the follow-up and starts that of the next."""
    opened.demand(Question.EDIT_CASE)
    lock_case(opened)
    if not Plan.objects.filter(pk=plan.pk, case=opened.case, signed_at__isnull=False).exists():
        raise NotVisible
    made = new_row(
        PlanFollowUp, opened=opened, values={**values, "plan_id": plan.pk}, by=by, now=now, new_id=new_id
    )
    given: dict[str, Any] = {"case": opened.case, "about": plan.pk, "by": by, "now": now}
    clocks = stop_clocks(rules={FOLLOW_UP}, how=TaskEnd.DONE, **given)
    if made.next_on is not None:
        clocks.append(start_clock(rule=FOLLOW_UP, starts_on=made.happened_on, due_on=made.next_on, **given))
    tell(event=events.PLAN_FOLLOWED_UP, opened=opened, rows=[made, *clocks], by=by, now=now)
    return made


@transaction.atomic
def change(
    *,
    opened: Opened,
    follow_up: PlanFollowUp,
    values: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> PlanFollowUp:
    """Put right what was written down; the earlier version stays in its history, and no clock moves."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(PlanFollowUp, opened=opened, row=follow_up, version=version)
    change_row(locked, values=values, by=by, now=now)
    tell(event=events.PLAN_FOLLOW_UP_CHANGED, opened=opened, rows=[locked], by=by, now=now)
    return locked
