"""Samverkan: consents to the exchange of information, and what rests on them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import consents
from cases.views import consenting, frame
from cases.views.answers import ANSWERS
from cases.views.present import consents as present

HERE = "cases:case_cooperation"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Samverkan."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    content = {
        "consents": present.records(opened, consents.consents_of(opened), today=today),
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
    }
    return frame.show(request, opened, "cases/cooperation.html", here=HERE, content=content)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def give_consent(request: ActingRequest, case: UUID) -> HttpResponse:
    """Write down a consent."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return consenting.giving(request, opened)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def withdraw_consent(request: ActingRequest, case: UUID, consent: UUID) -> HttpResponse:
    """Write down that a consent was taken back."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return consenting.withdrawing(request, opened, consents.consent_of(opened, consent))
