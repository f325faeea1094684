"""The stages of a case: where it stands, asking for the next, and deciding about the asking."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import stages
from cases.policies import Question
from cases.queries import file
from cases.views import asking, confirming, deciding, frame
from cases.views.answers import ANSWERS
from cases.views.present import file as present
from cases.views.present import stages as present_stages

HERE = "cases:case_stages"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Skeden."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    content = {
        "step": present.next_step(opened, file.pending_of(opened)),
        "stages": present.stages(file.steps(opened)),
        "beside": present_stages.beside(opened, on=timezone.localdate(request.now)),
        "requests": present_stages.entries(file.requests_of(opened)),
    }
    return frame.show(request, opened, "cases/stages.html", here=HERE, content=content)


@page(right=Right.REQUEST_STAGES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def request_stage(request: ActingRequest, case: UUID) -> HttpResponse:
    """Ask for the next stage."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.REQUEST_STAGE)
    return asking.answer(request, opened)


@page(right=Right.READ_CASES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def decide(request: ActingRequest, case: UUID, request_id: UUID) -> HttpResponse:
    """Read a request; approve or return it."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return deciding.answer(request, opened, file.request_of(opened, request_id))


@page(right=Right.REQUEST_STAGES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def withdraw(request: ActingRequest, case: UUID, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    found = file.request_of(opened, request_id)
    if request.method != "POST":
        return confirming.withdrawal(request, opened, found)
    stages.withdraw(opened=opened, request=found, by=request.actor, now=request.now)
    messages.success(request, _("Begäran är återtagen."))
    return redirect(HERE, opened.case.pk)
