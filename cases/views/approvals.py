"""What waits for the reader's approval."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.queries import work
from cases.views.answers import ANSWERS
from cases.views.present import tables


@page(right=Right.APPROVE_STAGES, purpose="approvals", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Godkännanden."""
    found = work.approval_page(actor=request.actor, at=request.now, number=request.GET.get("page", "1"))
    return render(request, "cases/approvals.html", tables.approvals(found))
