"""Loggkontroll: whether the log is whole, what the month asks for, and what earlier months found."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import health
from audit.decoys import watching
from audit.forms.review import SignatureForm
from audit.report import content
from audit.review import access, drawing, judging, queries
from audit.review.months import Month
from audit.views.answers import ANSWERS
from audit.views.present import review as present
from audit.views.present.log_state import log_state
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page


@page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
def overview(request: ActingRequest) -> HttpResponse:
    """Show the state of the log and of the reviews."""
    rounds = access.list_rounds(actor=request.actor, at=request.now)
    context = present.overview(
        rounds=rounds,
        remarks=queries.open_remarks(actor=request.actor),
        actor=request.actor,
        today=timezone.localdate(request.now),
    )
    context["years"] = content.years(now=request.now)
    context["alarms"] = watching.waiting_alerts()
    context["log"] = log_state(health.state(now=request.now))
    return render(request, "audit/review.html", context)


@page(right=Right.LEAD_REVIEW, purpose="log_review", methods=("POST",), answers=ANSWERS)
def draw(request: ActingRequest) -> HttpResponse:
    """Draw the month that the form names, so that a form sent twice draws once."""
    try:
        wanted = Month.parse(request.POST.get("month", ""))
    except ValueError:
        raise drawing.NotToBeDrawn from None
    review = drawing.draw_month(month=wanted, by=request.actor, now=request.now)
    messages.success(request, _("Stickprovet är draget."))
    return redirect("audit:review_month", review.pk)


@page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
def month(request: ActingRequest, review: UUID) -> HttpResponse:
    """Show everything in a month's review."""
    found = access.open_review(review=review, actor=request.actor, at=request.now)
    context = present.month(review=found, actor=request.actor, now=request.now, form=SignatureForm())
    return render(request, "audit/review_month.html", context)


@page(right=Right.LEAD_REVIEW, purpose="log_review", methods=("POST",), answers=ANSWERS)
def sign(request: ActingRequest, review: UUID) -> HttpResponse:
    """Sign a month."""
    found = access.open_review(review=review, actor=request.actor, at=request.now)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        context = present.month(review=found, actor=request.actor, now=request.now, form=form)
        return render(request, "audit/review_month.html", context, status=422)
    judging.sign(review=found, summary=form.cleaned_data["summary"], by=request.actor, now=request.now)
    messages.success(request, _("Månadens loggkontroll är signerad."))
    return redirect("audit:review")
