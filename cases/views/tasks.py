"""What is to be done in a case: its list, a new task, one that is done or handed over, a clock that is dropped."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import tasks
from cases.policies import Question
from cases.queries import meetings, todo
from cases.queries.choices import TaskEnd
from cases.views import doing, frame, planning
from cases.views.answers import ANSWERS
from cases.views.present import meetings as present_meetings
from cases.views.present import todo as present

HERE = "cases:case"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Att göra i ärendet."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    apart = meetings.kept_apart(opened)
    waiting = [present.in_its_case(opened, task, today=today) for task in todo.tasks_of(opened)]
    content = {
        "groups": present.groups(waiting, today=today),
        "ended": [present.ended(task) for task in todo.ended_tasks_of(opened)],
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
        "may_lead": bool(opened.may(Question.GRANT_ACCESS)),
        "meetings": present_meetings.meetings(meetings.meetings_of(opened, at=request.now)),
        "apart": present_meetings.kept_apart(apart, meetings.numbers_of(opened, apart, at=request.now)),
    }
    return frame.show(request, opened, "cases/case_tasks.html", here=HERE, content=content)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest, case: UUID) -> HttpResponse:
    """Add a task."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return planning.adding(request, opened)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def done(request: ActingRequest, case: UUID, task: UUID) -> HttpResponse:
    """Tick a task off."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    found = todo.task_of(opened, task)
    return doing.answer(
        request,
        opened,
        found,
        lambda: tasks.end(
            opened=opened, task=found.task, how=TaskEnd.DONE, by=request.actor, now=request.now
        ),
    )


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def reopen(request: ActingRequest, case: UUID, task: UUID) -> HttpResponse:
    """Take a tick back."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    found = todo.task_of(opened, task)
    return doing.answer(
        request,
        opened,
        found,
        lambda: tasks.reopen(opened=opened, task=found.task, by=request.actor, now=request.now),
    )


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def hand_over(request: ActingRequest, case: UUID, task: UUID) -> HttpResponse:
    """Give a task to a colleague."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.HANDLE_TASK)
    return planning.handing_over(request, opened, todo.task_of(opened, task))


@page(right=Right.APPROVE_STAGES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def drop(request: ActingRequest, case: UUID, task: UUID) -> HttpResponse:
    """Drop a clock that was set wrongly."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.DROP_CLOCK)
    return planning.dropping(request, opened, todo.task_of(opened, task))
