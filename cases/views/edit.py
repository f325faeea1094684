"""Change what is known of the person and what the case says, guarded by the case's version."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions.cases import edit_case, edit_person
from cases.policies import Question
from cases.views import editing
from cases.views.answers import ANSWERS


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def person(request: ActingRequest, case: UUID) -> HttpResponse:
    """The person's details."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return editing.answer(request, opened, editing.person_form(request, opened), edit_person)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def case(request: ActingRequest, case: UUID) -> HttpResponse:
    """What the case is about, and its next deadline."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return editing.answer(request, opened, editing.case_form(request, opened), edit_case)
