"""Enheten: its register of providers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.queries import providers
from cases.views import providing
from cases.views.answers import ANSWERS
from cases.views.present import providers as present
from cases.views.present import unit


@page(right=Right.MANAGE_UNIT, purpose="unit", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Utförare."""
    found = providers.providers_of(unit=request.actor.unit) if request.actor.unit else []
    context = present.table(found, today=timezone.localdate(request.now))
    context["parts"] = unit.parts(here="cases:providers")
    return render(request, "cases/providers.html", context)


@page(right=Right.MANAGE_UNIT, purpose="unit", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Add a provider."""
    return providing.registering(request)


@page(right=Right.MANAGE_UNIT, purpose="unit", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, provider: UUID) -> HttpResponse:
    """Change what the register says of one."""
    return providing.changing(request, providers.provider_of(actor=request.actor, provider=provider))
