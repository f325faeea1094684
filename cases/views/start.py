"""The start page: what waits, nearest first; or the one place where somebody who works in no case does her work."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest, page
from cases.queries import work
from cases.views.answers import ANSWERS
from cases.views.present import tasks


@page(right=None, purpose="work_list", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Mina uppgifter."""
    role = request.actor.role
    if not may_try(role=role, right=Right.READ_CASES):
        return render(request, "cases/start_elsewhere.html", {"places": tasks.places(role=role)})
    today = timezone.localdate(request.now)
    found = work.work_of(actor=request.actor, at=request.now, today=today)
    context = {
        "tasks": tasks.start(found, reader=request.actor.user, today=today),
        "tiles": tasks.tiles(found, role=role),
        "today": today,
        "may_register": may_try(role=role, right=Right.HANDLE_ENQUIRIES),
    }
    return render(request, "cases/start.html", context)
