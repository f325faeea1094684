"""Enheten: bringing in the register that it keeps today."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.actions.imports import start
from cases.queries import imports
from cases.views import bringing
from cases.views.answers import ANSWERS
from cases.views.present import imports as present
from cases.views.present import unit


@page(right=Right.MANAGE_UNIT, purpose="import", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Inläsningar."""
    context = present.table(imports.imports_of(actor=request.actor))
    return render(request, "cases/imports.html", {**context, "parts": unit.parts(here="cases:imports")})


# The token stands in the body, which must not be read before the handler is in place: `bringing` checks it.
@csrf_exempt
@page(right=Right.MANAGE_UNIT, purpose="import", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Choose the file."""
    bringing.keep_in_memory(request)
    return bringing.answer(request)


@page(right=Right.MANAGE_UNIT, purpose="import", methods=("GET", "POST"), answers=ANSWERS)
def show(request: ActingRequest, register: UUID) -> HttpResponse:
    """One register: its faults, or the button that reads it in."""
    found = imports.import_of(actor=request.actor, register=register, at=request.now)
    if request.method != "POST":
        return render(request, "cases/import.html", present.whole(found))
    start(register=found, by=request.actor, now=request.now)
    bringing.hand_over(found, "cases.read_register")
    return redirect("cases:import", found.pk)


@page(right=Right.MANAGE_UNIT, purpose="import", answers=ANSWERS)
def progress(request: ActingRequest, register: UUID) -> HttpResponse:
    """How far it has come, as the fragment that the page asks for."""
    found = imports.import_of(actor=request.actor, register=register, at=request.now)
    return bringing.progress(request, found)
