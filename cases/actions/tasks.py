"""Tasks of a case: a worker's own, and the parts of other verbs that start and stop the law's clocks.

A law's clock ends by what it waits for; how it is lengthened or dropped is `law_clocks`. `Case.next_deadline` is the
nearest open task, kept here and nowhere else.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min, Q

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.writing import change_row, locked_row, new_row, tell
from cases.deadlines import AGE_RULES, last_day
from cases.models import Case, DeadlineRule, Task
from cases.models.task import TaskEnd, TaskKind
from cases.policies import Question
from cases.queries.people import has_access
from cases.queries.rules import rule_on

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# How long before its day a worker's own task begins to be shown among what is near.
NEAR = timedelta(days=14)


class AlreadyEnded(Exception):
    """The task is done already, or no longer needed; read the list again."""


class EndsByItself(Exception):
    """The law's clock ends by what it waits for; do that, or let a supervisor drop a clock that was set wrongly."""


class NotToBeReopened(Exception):
    """A task is reopened on the day and by the one who ticked it off; write a new one instead."""


class NoAccess(Exception):
    """The task can be done by a colleague who has access to the case; give her access first."""


@transaction.atomic
def add(
    *,
    opened: Opened,
    kind: TaskKind,
    text: str,
    due_on: date,
    assigned_to: UUID,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Task:
    """Write down something to do by a day."""
    opened.demand(Question.EDIT_CASE)
    _demand_access(opened, assigned_to, now)
    values = {
        "kind": kind,
        "text": text,
        "about": opened.case.pk,
        "starts_on": _today(now),
        "shown_from": due_on - NEAR,
        "due_on": due_on,
        "assigned_to_id": assigned_to,
    }
    task = new_row(Task, opened=opened, values=values, by=by, now=now, new_id=new_id)
    refresh_deadline(case=opened.case)
    tell(event=events.TASK_ADDED, opened=opened, rows=[task], by=by, now=now)
    return task


@transaction.atomic
def end(*, opened: Opened, task: Task, how: TaskEnd, by: Actor, now: datetime) -> Task:
    """Say that a task is done, or that it is no longer needed; what comes round again starts anew."""
    opened.demand(Question.HANDLE_TASK)
    locked = open_task(opened, task)
    rule = rule_of(locked)
    if rule is not None and not rule.by_hand:
        raise EndsByItself
    end_task(locked, how, by, now)
    rows = [locked]
    if rule is not None and rule.repeats and how == TaskEnd.DONE:
        rows.append(
            start_clock(
                case=opened.case, rule=rule.code, about=locked.about, starts_on=_today(now), by=by, now=now
            )
        )
    refresh_deadline(case=opened.case)
    tell(event=events.TASK_ENDED, opened=opened, rows=rows, by=by, now=now)
    return locked


@transaction.atomic
def reopen(*, opened: Opened, task: Task, by: Actor, now: datetime) -> Task:
    """Take back a tick that was a mistake."""
    opened.demand(Question.HANDLE_TASK)
    locked = locked_row(Task, opened=opened, row=task, version=None)
    rule = rule_of(locked)
    is_hers_today = (
        locked.ended_at is not None
        and locked.ended_by_id == by.user
        and _today(locked.ended_at) == _today(now)
    )
    if locked.ended != TaskEnd.DONE or not is_hers_today or (rule is not None and rule.repeats):
        raise NotToBeReopened
    change_row(locked, values={"ended": "", "ended_at": None, "ended_by": None}, by=by, now=now)
    refresh_deadline(case=opened.case)
    tell(event=events.TASK_REOPENED, opened=opened, rows=[locked], by=by, now=now)
    return locked


@transaction.atomic
def hand_over(*, opened: Opened, task: Task, to: UUID, by: Actor, now: datetime) -> Task:
    """Give a task to a colleague who has access to the case."""
    opened.demand(Question.HANDLE_TASK)
    locked = open_task(opened, task)
    _demand_access(opened, to, now)
    change_row(locked, values={"assigned_to_id": to}, by=by, now=now)
    tell(event=events.TASK_HANDED_OVER, opened=opened, rows=[locked], by=by, now=now)
    return locked


def start_clock(
    *,
    case: Case,
    rule: str,
    starts_on: date,
    by: Actor,
    now: datetime,
    due_on: date | None = None,
    about: UUID | None = None,
    text: str = "",
    birthday: date | None = None,
    assigned_to: UUID | None = None,
) -> Task:
    """Set a task by a rule, for the responsible worker or `assigned_to`; part of the action that starts the clock.

    Returns it for that action's leaf. `due_on` is for rules without a length; all others are counted from `starts_on`.
    The same rule with the same start is one clock: it is moved, not doubled.
    """
    task = set_clock(
        case=case,
        law=rule_on(starts_on, code=rule),
        starts_on=starts_on,
        due_on=due_on,
        about=about,
        text=text,
        birthday=birthday,
        assigned_to=assigned_to,
        by=by,
        now=now,
    )
    refresh_deadline(case=case)
    return task


def set_clock(
    *,
    case: Case,
    law: DeadlineRule,
    starts_on: date,
    by: Actor,
    now: datetime,
    due_on: date | None = None,
    about: UUID | None = None,
    text: str = "",
    birthday: date | None = None,
    assigned_to: UUID | None = None,
) -> Task:
    """The same with the rule at hand, for those who set several: they refresh the case's deadline once."""
    day = due_on or last_day(law, start=starts_on)
    days = {"due_on": day, "shown_from": day - timedelta(days=law.warn_days), "birthday": birthday}
    subject = about or case.pk
    same = {"case": case, "rule": law.code, "about": subject, "starts_on": starts_on}
    running = Task.objects.filter(**same, ended="").first()
    if running is not None:
        return _moved(running, days, by, now)
    writer = by.user or case.responsible_id
    task = Task(
        id=uuid4(),
        **same,
        text=text,
        assigned_to_id=assigned_to or case.responsible_id,
        created_at=now,
        created_by_id=writer,
        updated_at=now,
        updated_by_id=writer,
        **days,
    )
    task.save(force_insert=True)
    return task


def stop_clocks(
    *, case: Case, rules: set[str], how: TaskEnd, by: Actor, now: datetime, about: UUID | None = None
) -> list[Task]:
    """End the open tasks of some rules about the case or one row; part of another action, returned for its leaf."""
    found = Task.objects.select_for_update().filter(case=case, rule__in=rules, ended="")
    stopped = list(found.filter(about=about or case.pk))
    for task in stopped:
        end_task(task, how, by, now)
    if stopped:
        refresh_deadline(case=case)
    return stopped


def refresh_deadline(*, case: Case) -> None:
    """Set the case's next deadline to the nearest open task, in the transaction of whatever moved it.

    Birthdays are left out: they are nothing to be late with, and their column holds no day.
    """
    waiting = Task.objects.filter(case_id=case.pk, ended="")
    nearest = waiting.aggregate(day=Min("due_on", filter=~Q(rule__in=AGE_RULES)))["day"]
    # A plain column of the work list: no version of the case and no change of what it says.
    Case.objects.filter(pk=case.pk).update(next_deadline=nearest)
    case.next_deadline = nearest


def _moved(task: Task, days: dict[str, date | None], by: Actor, now: datetime) -> Task:
    for name, value in days.items():
        setattr(task, name, value)
    task.version += 1
    task.updated_at = now
    task.updated_by_id = by.user or task.updated_by_id
    task.save()
    return task


def open_task(opened: Opened, task: Task) -> Task:
    """The task as it is now, locked; raises `AlreadyEnded`."""
    locked = locked_row(Task, opened=opened, row=task, version=None)
    if locked.ended:
        raise AlreadyEnded
    return locked


def rule_of(task: Task) -> DeadlineRule | None:
    """The rule that a clock was set by, as it stood then; none for a worker's own task."""
    return rule_on(task.starts_on, code=task.rule) if task.rule else None


def _demand_access(opened: Opened, user: UUID, now: datetime) -> None:
    if not has_access(opened, user, at=now):
        raise NoAccess


def end_task(task: Task, how: TaskEnd, by: Actor, now: datetime) -> None:
    """Save that it ended; part of an action, whose leaf tells of it."""
    task.ended = how
    task.ended_at = now
    task.ended_by_id = by.user
    task.version += 1
    task.updated_at = now
    task.save()


def _today(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()
