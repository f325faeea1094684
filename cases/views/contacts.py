"""Contacts with the person: a letter to print, and a call, message or visit to note. Each on a way that may be used."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import person
from cases.views import contacting
from cases.views.answers import ANSWERS


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def write_letter(request: ActingRequest, case: UUID) -> HttpResponse:
    """Write a letter."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return contacting.writing(request, opened)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def note(request: ActingRequest, case: UUID) -> HttpResponse:
    """Note a contact."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return contacting.noting(request, opened)


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def letter(request: ActingRequest, case: UUID, contact: UUID) -> HttpResponse:
    """Brev."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return contacting.printing(request, opened, person.contact_of(opened, contact))
