"""Tasks of a case: a worker's own, and the parts of other verbs that start and stop the law's clocks.

`Case.next_deadline` is the nearest open task, kept here and nowhere else.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.writing import locked_row, new_row, tell
from cases.models import Case, Task
from cases.models.task import TaskEnd
from cases.policies import Question

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class AlreadyEnded(Exception):
    """The task is done already, or no longer needed; read the list again."""


@transaction.atomic
def add(
    *,
    opened: Opened,
    text: str,
    due_on: date,
    assigned_to: UUID,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Task:
    """Write down something to do by a day."""
    opened.demand(Question.EDIT_CASE)
    values = {
        "text": text,
        "about": opened.case.pk,
        "starts_on": now.astimezone(STOCKHOLM).date(),
        "due_on": due_on,
        "assigned_to_id": assigned_to,
    }
    task = new_row(Task, opened=opened, values=values, by=by, now=now, new_id=new_id)
    refresh_deadline(case=opened.case)
    tell(event=events.TASK_ADDED, opened=opened, rows=[task], by=by, now=now)
    return task


@transaction.atomic
def end(*, opened: Opened, task: Task, how: TaskEnd, by: Actor, now: datetime) -> Task:
    """Say that a task is done, or that it is no longer needed."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(Task, opened=opened, row=task, version=None)
    if locked.ended:
        raise AlreadyEnded
    _end(locked, how, by, now)
    refresh_deadline(case=opened.case)
    tell(event=events.TASK_ENDED, opened=opened, rows=[locked], by=by, now=now)
    return locked


def start_clock(
    *,
    case: Case,
    rule: str,
    starts_on: date,
    due_on: date,
    by: Actor,
    now: datetime,
    about: UUID | None = None,
    text: str = "",
) -> Task:
    """Set a task by a rule, for the responsible worker; part of the action that starts the clock.

    Returns it for that action's leaf. The same rule with the same start is one clock: it is moved, not doubled.
    """
    subject = about or case.pk
    open_one = Task.objects.filter(case=case, rule=rule, about=subject, starts_on=starts_on, ended="").first()
    if open_one is not None:
        open_one.due_on = due_on
        open_one.version += 1
        open_one.updated_at = now
        open_one.save()
        refresh_deadline(case=case)
        return open_one
    writer = by.user or case.responsible_id
    task = Task(
        id=uuid4(),
        case=case,
        rule=rule,
        about=subject,
        text=text,
        starts_on=starts_on,
        due_on=due_on,
        assigned_to_id=case.responsible_id,
        created_at=now,
        created_by_id=writer,
        updated_at=now,
        updated_by_id=writer,
    )
    task.save(force_insert=True)
    refresh_deadline(case=case)
    return task


def stop_clocks(
    *, case: Case, rules: set[str], how: TaskEnd, by: Actor, now: datetime, about: UUID | None = None
) -> list[Task]:
    """End the open tasks of some rules about the case or one row; part of another action, returned for its leaf."""
    found = Task.objects.select_for_update().filter(case=case, rule__in=rules, ended="")
    stopped = list(found.filter(about=about or case.pk))
    for task in stopped:
        _end(task, how, by, now)
    if stopped:
        refresh_deadline(case=case)
    return stopped


def stop_all(*, case: Case, by: Actor, now: datetime) -> list[Task]:
    """End everything that waits in a case that has ended; part of another action, returned for its leaf."""
    stopped = list(Task.objects.select_for_update().filter(case=case, ended=""))
    for task in stopped:
        _end(task, TaskEnd.PASSED, by, now)
    refresh_deadline(case=case)
    return stopped


def refresh_deadline(*, case: Case) -> None:
    """Set the case's next deadline to the nearest open task, in the transaction of whatever moved it."""
    nearest = Task.objects.filter(case_id=case.pk, ended="").aggregate(day=Min("due_on"))["day"]
    # A plain column of the work list: no version of the case and no change of what it says.
    Case.objects.filter(pk=case.pk).update(next_deadline=nearest)
    case.next_deadline = nearest


def _end(task: Task, how: TaskEnd, by: Actor, now: datetime) -> None:
    task.ended = how
    task.ended_at = now
    task.ended_by_id = by.user
    task.version += 1
    task.updated_at = now
    task.save()
