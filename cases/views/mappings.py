"""Making a mapping of needs; it is read under Bedömningar."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import mappings
from cases.policies import Question
from cases.queries import mappings as found
from cases.views import confirming
from cases.views.answers import ANSWERS
from cases.views.mapping import MappingDesk


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def start(request: ActingRequest, case: UUID) -> HttpResponse:
    """Begin a mapping; the untouched one from before, if there is one."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    if request.method != "POST":
        return confirming.starting(request, opened, MappingDesk.here, title=_("Ny kartläggning"))
    draft = mappings.start(opened=opened, by=request.actor, now=request.now)
    return redirect("cases:case_mapping", opened.case.pk, draft.pk)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, case: UUID, mapping: UUID) -> HttpResponse:
    """Score the areas, read it through, sign it."""
    return _desk(request, case, mapping).answer()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def autosave(request: ActingRequest, case: UUID, mapping: UUID) -> HttpResponse:
    """Save the draft while it is written."""
    return _desk(request, case, mapping).autosaved()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def discard(request: ActingRequest, case: UUID, mapping: UUID) -> HttpResponse:
    """Throw a draft of one's own away."""
    return _desk(request, case, mapping).discarded()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def correct(request: ActingRequest, case: UUID, mapping: UUID) -> HttpResponse:
    """Begin a correction of a signed mapping."""
    return _desk(request, case, mapping).corrected()


def _desk(request: ActingRequest, case: UUID, mapping: UUID) -> MappingDesk:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return MappingDesk(request, opened, found.mapping_of(opened, mapping))
