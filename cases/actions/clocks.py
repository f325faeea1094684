"""The parts of other verbs that start and stop clocks by what happens: a stage, a decision, a birth date.

What starts and stops is the table in `cases.deadlines`; here it is looked up and done. Each function returns the tasks
that it wrote, for the one leaf of the action that called it.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from audit.events import Actor
from cases.actions.tasks import refresh_deadline, set_clock, start_clock, stop_clocks
from cases.deadlines import (
    AGE_RULES,
    FIRST_MEETING,
    HAPPENINGS,
    INQUIRY_RULES,
    KEPT_WHEN_MOVED,
    Arrival,
    Happening,
    ages_of,
    counts_as_child,
    month_of,
)
from cases.models import BirthDateWatch, Case, Enquiry, Task
from cases.models.task import TaskEnd
from cases.queries.rules import rules_on
from cases.queries.work import first_meeting_due
from cases.workflow import Stage, Track

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def enter_stage(
    *, case: Case, origin: Stage | None, by: Actor, now: datetime, since: date | None = None
) -> list[Task]:
    """Start and stop what the case's new stage starts and stops; `origin` is None when the case is opened.

    `since` is the day that the clocks are counted from: the day that a report was received, otherwise today.
    """
    day = since or now.astimezone(STOCKHOLM).date()
    track = Track(case.track)
    arrival = Arrival(track, origin, Stage(case.stage), case.closure_reason or "")
    here = Task.objects.filter(case=case, ended="")
    running = set(here.values_list("rule", flat=True)) if origin else set()
    done, passed = arrival.stops(running)
    stopped = _stop(case, done, TaskEnd.DONE, by, now) + _stop(case, passed, TaskEnd.PASSED, by, now)
    starts = arrival.starts(is_child=counts_as_child(born=case.person.birth_date, day=day, track=track))
    # An inquiry that is come back to is the same inquiry: its clock goes on.
    fresh = [code for code in starts if code not in running - done - passed]
    return [*stopped, *_start(case, fresh, case.pk, day, by, now)]


def await_first_meeting(*, case: Case, enquiry: Enquiry, by: Actor, now: datetime) -> list[Task]:
    """Let the clock of an enquiry's first meeting go on in the case that it became, unless they have met."""
    if enquiry.first_meeting_on is not None:
        return []
    received = enquiry.received_at.astimezone(STOCKHOLM).date()
    due_on = first_meeting_due(enquiry)
    return [
        start_clock(
            case=case,
            rule=FIRST_MEETING,
            about=enquiry.pk,
            starts_on=received,
            due_on=due_on,
            by=by,
            now=now,
        )
    ]


def happened(*, case: Case, what: Happening, about: UUID, on: date, by: Actor, now: datetime) -> list[Task]:
    """Start and stop what a happening starts and stops; `about` is the row it concerns: a decision, a transfer."""
    turn = HAPPENINGS[what]
    stopped = stop_clocks(case=case, rules=set(turn.stops), about=about, how=TaskEnd.DONE, by=by, now=now)
    return [*stopped, *_start(case, turn.starts, about, on, by, now)]


def end_inquiry(*, case: Case, by: Actor, now: datetime) -> list[Task]:
    """Stop the clocks of an inquiry that has been decided without the case going on to another stage."""
    return _stop(case, INQUIRY_RULES, TaskEnd.DONE, by, now)


def leave_to_others(*, case: Case, by: Actor, now: datetime) -> list[Task]:
    """Stop what runs in a case that another municipality takes over; an inquiry about a child is completed here."""
    running = set(Task.objects.filter(case=case, ended="").values_list("rule", flat=True))
    return _stop(case, running - KEPT_WHEN_MOVED, TaskEnd.PASSED, by, now)


def follow_birth_date(*, case: Case, by: Actor, now: datetime) -> list[Task]:
    """Set, move or take away the tasks of the client's ages, as her birth date is now.

    An age that she reached before the case was opened is nothing to do in it; one that is dealt with is not set again.
    """
    born = case.person.birth_date
    days = {code: day for code, day in ages_of(born).items() if day >= case.opened_on} if born else {}
    known = rules_on(now.astimezone(STOCKHOLM).date(), codes=days) if days else {}
    wanted = {code: day for code, day in days.items() if code in known}
    written, missing = [], dict(wanted)
    for task in Task.objects.select_for_update().filter(case=case, rule__in=AGE_RULES):
        is_right = wanted.get(task.rule) == task.birthday
        if is_right and task.ended != TaskEnd.REPLACED:
            missing.pop(task.rule, None)
        elif not is_right and not task.ended:
            written += stop_clocks(
                case=case, rules={task.rule}, about=task.about, how=TaskEnd.REPLACED, by=by, now=now
            )
    for code, day in missing.items():
        first = month_of(day)
        written.append(
            set_clock(
                case=case,
                law=known[code],
                about=case.person_id,
                starts_on=first,
                due_on=first,
                birthday=day,
                by=by,
                now=now,
            )
        )
    BirthDateWatch.follow(case)
    return written


def _start(case: Case, codes: Iterable[str], about: UUID, day: date, by: Actor, now: datetime) -> list[Task]:
    codes = list(codes)
    known = rules_on(day, codes=codes) if codes else {}
    started = [
        set_clock(case=case, law=known[code], about=about, starts_on=day, by=by, now=now)
        for code in codes
        if code in known
    ]
    if started:
        refresh_deadline(case=case)
    return started


def _stop(case: Case, codes: Set[str], how: TaskEnd, by: Actor, now: datetime) -> list[Task]:
    """Whatever row of the case they are about."""
    if not codes:
        return []
    subjects = Task.objects.filter(case=case, rule__in=codes, ended="").values_list("about", flat=True)
    return [
        task
        for about in set(subjects)
        for task in stop_clocks(case=case, rules=set(codes), about=about, how=how, by=by, now=now)
    ]
