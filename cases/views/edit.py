"""Change what the case says, guarded by its version."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.views import editing
from cases.views.answers import ANSWERS


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def case(request: ActingRequest, case: UUID) -> HttpResponse:
    """What the case is about."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return editing.case_answer(request, opened)
