"""Att göra: everything that is the reader's to do, and its days for a calendar."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.actions import calendar
from cases.queries import todo, work
from cases.views import ics
from cases.views.answers import ANSWERS
from cases.views.present import tasks


@page(right=Right.READ_CASES, purpose="work_list", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Att göra."""
    today = timezone.localdate(request.now)
    wanted = request.GET.get("visa", "")
    shown = todo.Shown(wanted) if wanted in set(todo.Shown) else todo.Shown.MINE
    found, waiting = todo.task_page(
        actor=request.actor, at=request.now, today=today, number=request.GET.get("page", "1"), shown=shown
    )
    beside = None
    if shown == todo.Shown.MINE and found.number == 1:
        beside = work.beside_of(actor=request.actor, at=request.now)
    context = tasks.todos(found, waiting, beside, shown=shown, reader=request.actor.user, today=today)
    return render(request, "cases/todo.html", context)


@page(right=Right.READ_CASES, purpose="work_list", answers=ANSWERS)
def days(request: ActingRequest) -> HttpResponse:
    """The days as a calendar file."""
    found = calendar.export(by=request.actor, now=request.now)
    response = HttpResponse(ics.written(found, at=request.now), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="tidsfrister.ics"'
    return response
