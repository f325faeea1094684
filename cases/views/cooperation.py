"""Samverkan: consents to the exchange of information, and what rests on them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import agreements, consents, disclosures, transfers
from cases.views import consenting, disclosing, frame
from cases.views.answers import ANSWERS
from cases.views.present import agreements as agreed
from cases.views.present import consents as present
from cases.views.present import disclosures as given
from cases.views.present import transfers as moved

HERE = "cases:case_cooperation"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Samverkan."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    found = consents.consents_of(opened)
    content = {
        "consents": present.records(opened, found, today=today),
        "warning": present.warning(opened, found, today=today),
        "disclosures": given.records(
            opened, disclosures.disclosures_of(opened), *disclosures.sendable(opened)
        ),
        "agreements": agreed.records(opened, agreements.agreements_of(opened), today=today),
        "transfers": moved.records(opened, transfers.transfers_of(opened)),
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
        "may_disclose": bool(opened.may(Question.DISCLOSE)),
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


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def ask(request: ActingRequest, case: UUID) -> HttpResponse:
    """Write down what somebody asks for, or what we mean to share."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.DISCLOSE)
    return disclosing.asking(request, opened)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def decide(request: ActingRequest, case: UUID, disclosure: UUID) -> HttpResponse:
    """Decide what is given."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.DISCLOSE)
    return disclosing.deciding(request, opened, disclosures.disclosure_of(opened, disclosure))
