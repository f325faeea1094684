"""Lengthen a law's clock, on a decision, or drop one that was set wrongly, with a supervisor's reason.

There is no other way to a later day: no form and no verb edits the date of a clock.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.tasks import end_task, open_task, refresh_deadline, rule_of
from cases.actions.writing import change_row, tell
from cases.catalogue.deadline_rules import Extension
from cases.catalogue.decision_kinds import DecisionKind
from cases.models import Decision, Task
from cases.models.task import TaskEnd
from cases.policies import Question


class CannotBeExtended(Exception):
    """The law lengthens no such clock, or the new day is not later; choose a day after the present one."""


class SpecialReasonsMissing(Exception):
    """This clock is lengthened only for special reasons (synnerliga skäl); the decision must give them."""


class NoDecision(Exception):
    """A longer time needs a signed decision to lengthen this very clock until that day; sign one first."""


@transaction.atomic
def extend(
    *,
    opened: Opened,
    task: Task,
    decision: Decision,
    due_on: date,
    has_special_reasons: bool,
    by: Actor,
    now: datetime,
) -> Task:
    """Give a law's clock a later day, on a signed decision to lengthen this very clock.

    `has_special_reasons` is what the one who extends answers for: that the decision's reasons are special where the
    law demands it (SoL 19 kap., förhandsbedömning).
    """
    opened.demand(Question.HANDLE_TASK)
    locked = open_task(opened, task)
    before, rule = locked.due_on, rule_of(locked)
    if rule is None or rule.extension == Extension.NEVER or due_on <= before:
        raise CannotBeExtended
    if rule.extension == Extension.SPECIAL_REASONS and not has_special_reasons:
        raise SpecialReasonsMissing
    _demand_decision(locked, decision, due_on)
    days = {"due_on": due_on, "shown_from": due_on - timedelta(days=rule.warn_days)}
    # It is no longer late; if it becomes so again, that is raised again.
    change_row(locked, values={**days, "extended_by": decision.pk, "escalated_at": None}, by=by, now=now)
    refresh_deadline(case=opened.case)
    detail = {"from": before.isoformat(), "to": due_on.isoformat(), "decision": str(decision.pk)}
    tell(event=events.TASK_EXTENDED, opened=opened, rows=[locked], by=by, now=now, detail=detail)
    return locked


@transaction.atomic
def drop(*, opened: Opened, task: Task, reason: str, by: Actor, now: datetime) -> Task:
    """End a clock that was set wrongly or has lost its ground; the supervisor's alone, with the reason."""
    opened.demand(Question.DROP_CLOCK)
    locked = open_task(opened, task)
    locked.end_reason = reason
    end_task(locked, TaskEnd.PASSED, by, now)
    refresh_deadline(case=opened.case)
    tell(event=events.TASK_DROPPED, opened=opened, rows=[locked], by=by, now=now)
    return locked


def _demand_decision(task: Task, decision: Decision, due_on: date) -> None:
    found = Decision.objects.filter(pk=decision.pk, case_id=task.case_id, extends=task).first()
    if found is None or not found.is_signed:
        raise NoDecision
    if found.kind != DecisionKind.EXTENSION or found.ends_on != due_on:
        raise NoDecision
