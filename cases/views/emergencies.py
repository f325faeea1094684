"""Nödåtkomst: the way in when nobody with access can be reached, out of it again, and its review."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avhopp.accounts.freshness import fresh_authentication_required
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import emergencies
from cases.forms.emergencies import EmergencyForm
from cases.policies import Question
from cases.queries.emergencies import emergency_of
from cases.views import granting, letting_in
from cases.views.answers import ANSWERS


@page(right=Right.READ_CASES, purpose="emergency", methods=("GET", "POST"), answers=ANSWERS)
@fresh_authentication_required
def take(request: ActingRequest) -> HttpResponse:
    """Nödåtkomst."""
    form = EmergencyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/emergency.html", {"form": form}, status=422 if form.errors else 200)
    return letting_in.answer(request, form)


@page(right=Right.READ_CASES, purpose="emergency", methods=("POST",), answers=ANSWERS)
def leave(request: ActingRequest, case: UUID) -> HttpResponse:
    """End it before its time."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    emergencies.leave(opened=opened, by=request.actor, now=request.now)
    messages.success(request, _("Nödåtkomsten är avslutad."))
    return redirect("cases:list")


@page(right=Right.GRANT_ACCESS, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def review(request: ActingRequest, case: UUID, emergency: UUID) -> HttpResponse:
    """Review one."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.REVIEW_EMERGENCY)
    return letting_in.reviewing(request, opened, emergency_of(opened, emergency), back=granting.place(opened))
