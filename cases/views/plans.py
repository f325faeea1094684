"""Plan: what holds, how far its goals are reached, and the versions before it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import plans
from cases.policies import Question
from cases.queries import plans as found
from cases.views import attaining, confirming, frame
from cases.views.answers import ANSWERS
from cases.views.plan_desk import PlanDesk
from cases.views.present import plans as present

HERE = "cases:case_plans"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Plan."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    content = {
        **present.section(opened, found.plans_of(opened), found.follow_ups_of(opened), today=today),
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
    }
    return frame.show(request, opened, "cases/plans.html", here=HERE, content=content)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def start(request: ActingRequest, case: UUID) -> HttpResponse:
    """Begin a plan; the untouched one from before, if there is one."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    if request.method != "POST":
        return confirming.starting(request, opened, HERE, title=_("Ny plan"))
    draft = plans.start(opened=opened, by=request.actor, now=request.now)
    return redirect("cases:case_plan", opened.case.pk, draft.pk)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, case: UUID, plan: UUID) -> HttpResponse:
    """Write the plan, read it through, sign it."""
    return _desk(request, case, plan).answer()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def autosave(request: ActingRequest, case: UUID, plan: UUID) -> HttpResponse:
    """Save the draft while it is written."""
    return _desk(request, case, plan).autosaved()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def discard(request: ActingRequest, case: UUID, plan: UUID) -> HttpResponse:
    """Throw a draft of one's own away."""
    return _desk(request, case, plan).discarded()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def correct(request: ActingRequest, case: UUID, plan: UUID) -> HttpResponse:
    """Begin a correction of a signed plan."""
    return _desk(request, case, plan).corrected()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def follow_up(request: ActingRequest, case: UUID, plan: UUID) -> HttpResponse:
    """Rate the goals of a signed plan."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return attaining.noting(request, opened, found.plan_of(opened, plan))


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def change_follow_up(request: ActingRequest, case: UUID, plan_follow_up: UUID) -> HttpResponse:
    """Put right what was written down at a follow-up."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return attaining.changing(request, opened, found.follow_up_of(opened, plan_follow_up))


def _desk(request: ActingRequest, case: UUID, plan: UUID) -> PlanDesk:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return PlanDesk(request, opened, found.plan_of(opened, plan))
