"""Whether work goes on, the joint programme's end, and a new case out of an ended one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.views import resting
from cases.views.answers import ANSWERS


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def standing(request: ActingRequest, case: UUID) -> HttpResponse:
    """Let the case rest, note that it has broken off, or take it up again."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.PAUSE)
    return resting.changing(request, opened)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def leave(request: ActingRequest, case: UUID) -> HttpResponse:
    """End the joint programme with the police."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return resting.leaving(request, opened)


@page(right=Right.OPEN_CASES, purpose="open_case", methods=("GET", "POST"), answers=ANSWERS)
def reenter(request: ActingRequest, case: UUID) -> HttpResponse:
    """Open a new case for the person of an ended one."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return resting.reentering(request, opened)
