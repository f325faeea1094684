"""Händelser: threat and violence, outside all cases."""

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
    """Hot och våld."""
    closed = request.GET.get("visa") == "avslutade"
    found = outside.incident_page(
        actor=request.actor, at=request.now, number=request.GET.get("page", "1"), closed=closed
    )
    return render(request, "cases/outside.html", present.incidents(found, closed=closed))


@page(right=Right.REPORT_INCIDENTS, purpose="outside", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Report one."""
    return reporting.incident(request)


@page(right=Right.REPORT_INCIDENTS, purpose="outside", methods=("GET", "POST"), answers=ANSWERS)
def show(request: ActingRequest, incident: UUID) -> HttpResponse:
    """Read one, and follow it up."""
    found = outside.incident_of(actor=request.actor, incident=incident, at=request.now)
    return reporting.handling_incident(request, found)


@page(right=Right.MANAGE_UNIT, purpose="outside", methods=("GET", "POST"), answers=ANSWERS)
def close(request: ActingRequest, incident: UUID) -> HttpResponse:
    """Close one."""
    found = outside.incident_of(actor=request.actor, incident=incident, at=request.now)
    return reporting.closing_incident(request, found)
