"""First contacts: the unit's list, a new one, its page, and what it led to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.actions import enquiries
from cases.enquiry_access import get_enquiry
from cases.forms.enquiries import EndEnquiryForm
from cases.queries import work
from cases.queries.choices import Outcome
from cases.views import opening, registering
from cases.views.answers import ANSWERS
from cases.views.present import enquiry as enquiry_words
from cases.views.present import tables


@page(right=Right.HANDLE_ENQUIRIES, purpose="enquiries", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Förfrågningar."""
    ended = request.GET.get("visa") == "avslutade"
    found = work.enquiry_page(
        actor=request.actor, at=request.now, number=request.GET.get("page", "1"), ended=ended
    )
    today = timezone.localdate(request.now)
    context = tables.enquiries(found, ended=ended, today=today)
    context["measure"] = enquiry_words.in_time(work.recent_meetings(actor=request.actor, today=today))
    return render(request, "cases/enquiries.html", context)


@page(right=Right.HANDLE_ENQUIRIES, purpose="enquiries", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Register a contact."""
    return registering.answer(request)


@page(right=Right.HANDLE_ENQUIRIES, purpose="enquiries", answers=ANSWERS)
def show(request: ActingRequest, enquiry: UUID) -> HttpResponse:
    """One enquiry."""
    found = get_enquiry(actor=request.actor, enquiry=enquiry, at=request.now)
    return registering.show(request, found)


@page(right=Right.HANDLE_ENQUIRIES, purpose="enquiries", methods=("GET", "POST"), answers=ANSWERS)
def end(request: ActingRequest, enquiry: UUID) -> HttpResponse:
    """Say that a contact led to no case."""
    found = get_enquiry(actor=request.actor, enquiry=enquiry, at=request.now)
    form = EndEnquiryForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return registering.show(request, found, ending=form)
    outcome = Outcome(form.cleaned_data["outcome"])
    enquiries.end(enquiry=found, outcome=outcome, by=request.actor, now=request.now)
    messages.success(request, _("Förfrågan är avslutad."))
    return redirect("cases:enquiry", found.pk)


@page(right=Right.HANDLE_ENQUIRIES, purpose="enquiries", methods=("GET", "POST"), answers=ANSWERS)
def meeting(request: ActingRequest, enquiry: UUID) -> HttpResponse:
    """Write down when the first meeting was held."""
    found = get_enquiry(actor=request.actor, enquiry=enquiry, at=request.now)
    form = registering.meeting_form(request, found, is_sent=request.method == "POST")
    if request.method != "POST" or not form.is_valid():
        return registering.show(request, found, meeting=form)
    enquiries.note_first_meeting(
        enquiry=found, on=form.cleaned_data["met_on"], by=request.actor, now=request.now
    )
    messages.success(request, _("Mötet är antecknat."))
    return redirect("cases:enquiry", found.pk)


@page(right=Right.OPEN_CASES, purpose="open_case", methods=("GET", "POST"), answers=ANSWERS)
def open_case(request: ActingRequest, enquiry: UUID) -> HttpResponse:
    """Open a case out of an enquiry; one that has ended shows what it led to."""
    found = get_enquiry(actor=request.actor, enquiry=enquiry, at=request.now)
    if found.is_anonymous or found.outcome != Outcome.OPEN:
        return redirect("cases:enquiry", found.pk)
    return opening.answer(request, enquiry=found)
