"""Follow-ups after closure: write one down, and put one right."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import follow_ups
from cases.views import following_up
from cases.views.answers import ANSWERS


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest, case: UUID) -> HttpResponse:
    """Write down a follow-up."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.FOLLOW_UP)
    return following_up.noting(request, opened)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def change(request: ActingRequest, case: UUID, follow_up: UUID) -> HttpResponse:
    """Put a follow-up right."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.FOLLOW_UP)
    return following_up.changing(request, opened, follow_ups.follow_up_of(opened, follow_up))
