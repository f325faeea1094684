"""Överenskommelse and avsteg, on Samverkan."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import Opened, get_case
from cases.policies import Question
from cases.queries import agreements
from cases.views import agreeing
from cases.views.answers import ANSWERS

writing = page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)


@writing
def new(request: ActingRequest, case: UUID) -> HttpResponse:
    """Write an agreement."""
    return agreeing.writing(request, _opened(request, case))


@writing
def change(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """Change the conditions before anybody has signed."""
    opened = _opened(request, case)
    return agreeing.changing(request, opened, agreements.agreement_of(opened, agreement))


@writing
def sign(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """Write down a signature."""
    opened = _opened(request, case)
    return agreeing.signing(request, opened, agreements.agreement_of(opened, agreement))


@writing
def end(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """End an agreement."""
    opened = _opened(request, case)
    return agreeing.ending(request, opened, agreements.agreement_of(opened, agreement))


@writing
def breach(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """Write down a breach."""
    opened = _opened(request, case)
    return agreeing.breaching(request, opened, agreements.agreement_of(opened, agreement))


@page(right=Right.APPROVE_STAGES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def decide(request: ActingRequest, case: UUID, breach: UUID) -> HttpResponse:
    """Choose what a breach leads to."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.CHOOSE_CONSEQUENCE)
    return agreeing.deciding(request, opened, agreements.breach_of(opened, breach))


def _opened(request: ActingRequest, case: UUID) -> Opened:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return opened
