"""Händelser: requests for information that belong to no case, and what was answered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.queries import outside
from cases.views import reporting
from cases.views.answers import ANSWERS
from cases.views.present import outside as present


@page(right=Right.REPORT_INCIDENTS, purpose="outside", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Begäran utan ärende."""
    number = request.GET.get("page", "1")
    found = outside.request_page(actor=request.actor, at=request.now, number=number)
    return render(request, "cases/outside.html", present.requests(found))


@page(right=Right.REPORT_INCIDENTS, purpose="outside", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Write one down with its answer."""
    return reporting.unit_request(request)


@page(right=Right.REPORT_INCIDENTS, purpose="outside", answers=ANSWERS)
def show(request: ActingRequest, unit_request: UUID) -> HttpResponse:
    """Read one."""
    found = outside.request_of(actor=request.actor, request=unit_request, at=request.now)
    return render(request, "cases/outside_one.html", present.request(found))
