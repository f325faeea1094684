"""The reader's cases, a new case, and one case's overview."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import file, follow_ups, history, todo, work
from cases.queries.disposals import disposals_of
from cases.queries.person import channels_of
from cases.queries.retention import holds_of, retention_of
from cases.views import frame, opening
from cases.views.answers import ANSWERS
from cases.views.present import file as present
from cases.views.present import follow_ups as present_follow_ups
from cases.views.present import particulars, person, tables
from cases.views.present import retention as present_retention
from cases.views.present import todo as present_todo
from cases.workflow import Stage, is_ended


@page(right=Right.READ_CASES, purpose="work_list", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Mina ärenden."""
    wanted = request.GET.get("visa", "")
    listed = work.Listed(wanted) if wanted in set(work.Listed) else work.Listed.OPEN
    found = work.case_page(
        actor=request.actor, at=request.now, number=request.GET.get("page", "1"), listed=listed
    )
    context = tables.cases(found, listed=listed, today=timezone.localdate(request.now))
    context["may_open"] = may_try(role=request.actor.role, right=Right.OPEN_CASES)
    return render(request, "cases/index.html", context)


@page(right=Right.OPEN_CASES, purpose="open_case", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Open a case without an enquiry."""
    return opening.answer(request, enquiry=None)


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def overview(request: ActingRequest, case: UUID) -> HttpResponse:
    """Översikt."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    requests = file.requests_of(opened)
    today = timezone.localdate(request.now)
    ended = is_ended(Stage(opened.case.stage))
    kept = retention_of(opened) if ended else None
    content = {
        "todos": [present_todo.in_its_case(opened, task, today=today) for task in todo.tasks_of(opened)],
        "is_ended": ended,
        "follow_ups": present_follow_ups.records(opened, follow_ups.follow_ups_of(opened)) if ended else [],
        "may_follow_up": ended and bool(opened.may(Question.FOLLOW_UP)),
        "retention_rows": present_retention.rows(kept) if kept else [],
        "holds": present_retention.holds(opened, holds_of(opened)) if ended else [],
        "disposals": present_retention.disposals(opened, disposals_of(opened)) if ended else [],
        "may_dispose": kept is not None
        and kept.is_due(today)
        and bool(opened.may(Question.PROPOSE_DISPOSAL)),
        "may_hold": ended and bool(opened.may(Question.HOLD)),
        "step": present.next_step(opened, file.pending_of(opened)),
        "stages": present.stages(file.steps(opened)),
        "person_rows": [
            *person.short_rows(opened),
            *particulars.usable_rows(opened, channels_of(opened), today=today),
        ],
        "case_rows": present.case_rows(opened.case),
        "is_masked": bool(opened.masked),
        "events": present.events(opened, history.happened(opened), requests),
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
    }
    return frame.show(request, opened, "cases/overview.html", here="cases:case", content=content)
