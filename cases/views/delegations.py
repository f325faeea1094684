"""Enheten: who may decide on the committee's behalf, and what has been decided so."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.queries import delegated as reported
from cases.queries import delegations, law
from cases.views import delegating
from cases.views.answers import ANSWERS
from cases.views.present import delegations as present
from cases.views.present import unit


@page(right=Right.MANAGE_UNIT, purpose="unit", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Delegationsordning."""
    today = timezone.localdate(request.now)
    found = delegations.delegations_of(actor=request.actor)
    context = present.table(found, law=law.wordings_on(today), today=today)
    context["parts"] = unit.parts(here=delegating.HERE)
    return render(request, "cases/delegations.html", context)


@page(right=Right.MANAGE_UNIT, purpose="unit", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Give a colleague a delegation."""
    return delegating.giving(request)


@page(right=Right.MANAGE_UNIT, purpose="unit", methods=("GET", "POST"), answers=ANSWERS)
def show(request: ActingRequest, delegation: UUID) -> HttpResponse:
    """Read a delegation; withdraw it."""
    found = delegations.delegation_of(actor=request.actor, delegation=delegation)
    return delegating.withdrawing(request, found)


@page(right=Right.MANAGE_UNIT, purpose="unit", answers=ANSWERS)
def delegated(request: ActingRequest) -> HttpResponse:
    """What has been decided on delegation in a month, for the committee."""
    month = _month(request.GET.get("manad", ""), today=timezone.localdate(request.now))
    found = reported.delegated_in(month, unit=request.actor.unit) if request.actor.unit else []
    context = present.delegated(found, month=month)
    context["parts"] = unit.parts(here="cases:delegated")
    return render(request, "cases/delegated.html", context)


def _month(wanted: str, *, today: date) -> date:
    """The first day of the month that is asked for; the present one when nothing sensible is."""
    try:
        return datetime.strptime(wanted, "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return today.replace(day=1)
