"""Lengthen a law's clock, on a decision, or drop one that was set wrongly, with a supervisor's reason.

There is no other way to a later day: no form and no verb edits the date of a clock. A decision to lengthen one does it
when it is signed (`actions.decisions`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.tasks import end_task, open_task, refresh_deadline, rule_of
from cases.actions.writing import change_row, tell
from cases.catalogue.deadline_rules import Extension
from cases.models import Case, DeadlineRule, Decision, Task
from cases.models.task import TaskEnd
from cases.policies import Question


class CannotBeExtended(Exception):
    """The clock has ended, the law lengthens no such clock, or the new day is not later; choose a later day."""


class SpecialReasonsMissing(Exception):
    """This clock is lengthened only for special reasons (synnerliga skäl); the decision must give them."""


def lengthen(*, case: Case, decision: Decision, by: Actor, now: datetime) -> Task:
    """Give a law's clock the day that a signed decision gives it; part of the signing, returned for its leaf."""
    rule = demand_extendable(case=case, decision=decision)
    assert decision.extends is not None
    assert decision.ends_on is not None
    locked = Task.objects.select_for_update().get(pk=decision.extends.pk)
    days = {"due_on": decision.ends_on, "shown_from": decision.ends_on - timedelta(days=rule.warn_days)}
    # It is no longer late; if it becomes so again, that is raised again.
    change_row(locked, values={**days, "extended_by": decision.pk, "escalated_at": None}, by=by, now=now)
    refresh_deadline(case=case)
    return locked


def demand_extendable(*, case: Case, decision: Decision) -> DeadlineRule:
    """Raise what stands in the way of a decision to lengthen a clock; gives the clock's rule."""
    task = decision.extends
    rule = rule_of(task) if task else None
    if task is None or task.case_id != case.pk or task.ended:
        raise CannotBeExtended
    if rule is None or rule.extension == Extension.NEVER:
        raise CannotBeExtended
    if decision.ends_on is None or decision.ends_on <= task.due_on:
        raise CannotBeExtended
    if rule.extension == Extension.SPECIAL_REASONS and not decision.has_special_reasons:
        raise SpecialReasonsMissing
    return rule


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
