"""Bedömningar: risk and threat, and the mapping of needs over time."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import assessments
from cases.policies import Question
from cases.queries import assessments as found
from cases.queries import mappings
from cases.views import confirming, frame
from cases.views.answers import ANSWERS
from cases.views.assessing import AssessmentDesk
from cases.views.present import assessments as present
from cases.views.present import mappings as present_mappings

HERE = "cases:case_assessments"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Bedömningar."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    content = {
        "assessments": present.records(opened, found.assessments_of(opened), today=today),
        **present_mappings.section(opened, mappings.mappings_of(opened)),
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
    }
    return frame.show(request, opened, "cases/assessments.html", here=HERE, content=content)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def start(request: ActingRequest, case: UUID) -> HttpResponse:
    """Begin an assessment; the untouched one from before, if there is one."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    if request.method != "POST":
        return confirming.starting(request, opened, HERE, title=_("Ny bedömning"))
    draft = assessments.start(opened=opened, by=request.actor, now=request.now)
    return redirect("cases:case_assessment", opened.case.pk, draft.pk)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, case: UUID, assessment: UUID) -> HttpResponse:
    """Write an assessment, read it through, sign it."""
    return _desk(request, case, assessment).answer()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def autosave(request: ActingRequest, case: UUID, assessment: UUID) -> HttpResponse:
    """Save the draft while it is written."""
    return _desk(request, case, assessment).autosaved()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def discard(request: ActingRequest, case: UUID, assessment: UUID) -> HttpResponse:
    """Throw a draft of one's own away."""
    return _desk(request, case, assessment).discarded()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def correct(request: ActingRequest, case: UUID, assessment: UUID) -> HttpResponse:
    """Begin a correction of a signed assessment."""
    return _desk(request, case, assessment).corrected()


def _desk(request: ActingRequest, case: UUID, assessment: UUID) -> AssessmentDesk:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return AssessmentDesk(request, opened, found.assessment_of(opened, assessment))
