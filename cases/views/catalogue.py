"""Katalog: provisions and deadlines, each with its wordings. Nobody who keeps it sees a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.actions import catalogue as verbs
from cases.queries import catalogue, law
from cases.views import keeping
from cases.views.answers import ANSWERS
from cases.views.present import catalogue as present

reading = page(right=Right.MANAGE_CATALOGUE, purpose="catalogue", answers=ANSWERS)
writing = page(right=Right.MANAGE_CATALOGUE, purpose="catalogue", methods=("GET", "POST"), answers=ANSWERS)


@reading
def index(request: ActingRequest) -> HttpResponse:
    """Lagrum."""
    today = timezone.localdate(request.now)
    context = {
        "tables": present.provisions(catalogue.provisions(today=today), today=today),
        "parts": present.parts(here=keeping.PROVISIONS),
    }
    return render(request, "cases/catalogue.html", context)


@reading
def deadlines(request: ActingRequest) -> HttpResponse:
    """Tidsfrister."""
    today = timezone.localdate(request.now)
    found = catalogue.deadlines(today=today)
    context = {
        **present.deadlines(found, law=law.wordings_on(today), today=today),
        "parts": present.parts(here=keeping.DEADLINES),
    }
    return render(request, "cases/catalogue_deadlines.html", context)


@writing
def new(request: ActingRequest) -> HttpResponse:
    """Add a provision."""
    return keeping.adding(request)


@reading
def provision(request: ActingRequest, provision: UUID) -> HttpResponse:
    """A provision with all its wordings."""
    return keeping.show_provision(request, _provision(request, provision))


@writing
def reword_provision(request: ActingRequest, provision: UUID) -> HttpResponse:
    """Give a provision a new wording."""
    return keeping.rewording_provision(request, _provision(request, provision))


@writing
def end_provision(request: ActingRequest, provision: UUID) -> HttpResponse:
    """Say when a provision is in force for the last time."""
    return keeping.ending(request, _provision(request, provision), keeping.PROVISION)


@writing
def take_back_provision(request: ActingRequest, provision: UUID) -> HttpResponse:
    """Take back a wording that has not come into force."""
    return keeping.undoing(request, _provision(request, provision), keeping.PROVISION, verbs.take_back)


@writing
def resume_provision(request: ActingRequest, provision: UUID) -> HttpResponse:
    """Let a provision that was ended go on."""
    return keeping.undoing(request, _provision(request, provision), keeping.PROVISION, verbs.resume)


@reading
def deadline(request: ActingRequest, deadline: UUID) -> HttpResponse:
    """A deadline with all its wordings."""
    return keeping.show_deadline(request, _deadline(request, deadline))


@writing
def reword_deadline(request: ActingRequest, deadline: UUID) -> HttpResponse:
    """Give a deadline a new wording."""
    return keeping.rewording_deadline(request, _deadline(request, deadline))


@writing
def end_deadline(request: ActingRequest, deadline: UUID) -> HttpResponse:
    """Say when a deadline is in force for the last time."""
    return keeping.ending(request, _deadline(request, deadline), keeping.DEADLINE)


@writing
def take_back_deadline(request: ActingRequest, deadline: UUID) -> HttpResponse:
    """Take back a wording that has not come into force."""
    return keeping.undoing(request, _deadline(request, deadline), keeping.DEADLINE, verbs.take_back)


@writing
def resume_deadline(request: ActingRequest, deadline: UUID) -> HttpResponse:
    """Let a deadline that was ended go on."""
    return keeping.undoing(request, _deadline(request, deadline), keeping.DEADLINE, verbs.resume)


def _provision(request: ActingRequest, row: UUID) -> keeping.Provision:
    return catalogue.provision(row, today=timezone.localdate(request.now))


def _deadline(request: ActingRequest, row: UUID) -> keeping.Deadline:
    return catalogue.deadline(row, today=timezone.localdate(request.now))
