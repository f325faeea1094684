"""The form of a new contact and the page of one, with the small forms that it carries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest
from cases.actions import enquiries
from cases.actions.once import AlreadyDone
from cases.forms.enquiries import EndEnquiryForm, EnquiryForm, FirstMeetingForm
from cases.queries import work
from cases.queries.choices import Channel, Source, Urgency
from cases.queries.rows import Enquiry
from cases.views.answers import attempt
from cases.views.present import enquiry as present


def answer(request: ActingRequest) -> HttpResponse:
    """Show the form, or register the contact and go to it; sent twice it registers one."""
    initial = {"received_at": timezone.localtime(request.now).replace(second=0, microsecond=0)}
    form = EnquiryForm(request.POST or None, person=request.actor.person, now=request.now, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = attempt(form, lambda: _register(request, form))
        except AlreadyDone:
            return redirect("cases:enquiry", form.cleaned_data["key"])
        if made is not None:
            messages.success(request, _("Förfrågan är registrerad."))
            return redirect("cases:enquiry", made.pk)
    return render(request, "cases/enquiry_new.html", {"form": form}, status=422 if form.errors else 200)


def _register(request: ActingRequest, form: EnquiryForm) -> Enquiry:
    values = form.cleaned_data
    return enquiries.register(
        received_at=values["received_at"],
        channel=Channel(values["channel"]),
        urgency=Urgency(values["urgency"]),
        is_anonymous=values["is_anonymous"],
        source=Source(values["source"]),
        need=values["need"],
        callback=values["callback"],
        by=request.actor,
        now=request.now,
        new_id=values["key"],
    )


def show(
    request: ActingRequest,
    found: Enquiry,
    *,
    ending: EndEnquiryForm | None = None,
    meeting: FirstMeetingForm | None = None,
) -> HttpResponse:
    """The page of one enquiry; a form that was sent with an error is shown as it was sent."""
    form = next((form for form in (ending, meeting) if form is not None and form.is_bound), None)
    context = {
        "enquiry": found,
        "rows": present.rows(found),
        "state": present.state(found),
        "case": work.visible_case(actor=request.actor, at=request.now, case=found.case_id),
        "may_open": may_try(role=request.actor.role, right=Right.OPEN_CASES),
        "ending": ending or EndEnquiryForm(),
        "meeting": meeting or meeting_form(request, found, is_sent=False),
        "form": form,
        "today": timezone.localdate(request.now),
    }
    return render(request, "cases/enquiry.html", context, status=422 if form and form.errors else 200)


def meeting_form(request: ActingRequest, found: Enquiry, *, is_sent: bool) -> FirstMeetingForm:
    """The form for the day of the first meeting."""
    return FirstMeetingForm(
        request.POST if is_sent else None,
        today=timezone.localdate(request.now),
        received=timezone.localdate(found.received_at),
        initial={"met_on": found.first_meeting_on or timezone.localdate(request.now)},
    )
