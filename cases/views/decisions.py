"""Beslut: what has been decided, drafts and their signature, and what happens with a decision afterwards."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import decisions
from cases.views import decision_forms, frame
from cases.views.answers import ANSWERS
from cases.views.decision_desk import DecisionDesk
from cases.views.present import decisions as present

HERE = "cases:case_decisions"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Beslut."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    content = {
        "decisions": present.records(opened, decisions.decisions_of(opened), today=today),
        "may_decide": bool(opened.may(Question.DECIDE)),
    }
    return frame.show(request, opened, "cases/decisions.html", here=HERE, content=content)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest, case: UUID) -> HttpResponse:
    """Begin a decision of a kind."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.DECIDE)
    return decision_forms.drafting(request, opened)


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def show(request: ActingRequest, case: UUID, decision: UUID) -> HttpResponse:
    """One decision with all that it says."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return decision_forms.show(request, opened, decisions.decision_of(opened, decision))


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def follow(request: ActingRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Begin what corrects, changes or ends a decision."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.FOLLOW_DECISION)
    return decision_forms.following(request, opened, decisions.decision_of(opened, decision))


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def event(request: ActingRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Write down what has happened with a decision."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.FOLLOW_DECISION)
    return decision_forms.noting(request, opened, decisions.decision_of(opened, decision))


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Write in a draft, read it through, sign it."""
    return _desk(request, case, decision).answer()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def autosave(request: ActingRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Save the draft while it is written."""
    return _desk(request, case, decision).autosaved()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def discard(request: ActingRequest, case: UUID, decision: UUID) -> HttpResponse:
    """Throw a draft of one's own away."""
    return _desk(request, case, decision).discarded()


def _desk(request: ActingRequest, case: UUID, decision: UUID) -> DecisionDesk:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return DecisionDesk(request, opened, decisions.decision_of(opened, decision))
