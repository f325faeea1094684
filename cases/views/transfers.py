"""Överflyttning, on Samverkan: the request, its answer, IVO, and handing over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import Opened, get_case
from cases.policies import Question
from cases.queries import transfers
from cases.views import moving
from cases.views.answers import ANSWERS

writing = page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)


@writing
def ask(request: ActingRequest, case: UUID) -> HttpResponse:
    """Ask another municipality."""
    return moving.asking(request, _opened(request, case))


@writing
def answer(request: ActingRequest, case: UUID, transfer: UUID) -> HttpResponse:
    """Write down its answer."""
    opened = _opened(request, case)
    return moving.answering(request, opened, transfers.transfer_of(opened, transfer))


@writing
def refer(request: ActingRequest, case: UUID, transfer: UUID) -> HttpResponse:
    """Write down that IVO has been asked."""
    opened = _opened(request, case)
    return moving.referring(request, opened, transfers.transfer_of(opened, transfer))


@page(right=Right.APPROVE_STAGES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def hand_over(request: ActingRequest, case: UUID, transfer: UUID) -> HttpResponse:
    """Hand the case over."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.TRANSFER)
    return moving.handing_over(request, opened, transfers.transfer_of(opened, transfer))


def _opened(request: ActingRequest, case: UUID) -> Opened:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return opened
