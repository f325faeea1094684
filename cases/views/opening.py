"""The form that opens a case: out of an enquiry, without one, or beside the case of somebody she stands near.

Sent twice it opens one. Beside another case nothing is filled in from there: what that file says is not hers.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import duplicates
from cases.actions.cases import open_case
from cases.actions.once import AlreadyDone
from cases.actions.people import PersonData
from cases.forms.cases import OpenBesideForm, OpenCaseForm
from cases.queries import work
from cases.queries.choices import Intake, Source
from cases.queries.rows import Case, Enquiry, Unit
from cases.views.answers import attempt
from cases.workflow import Track


def answer(request: ActingRequest, *, enquiry: Enquiry | None) -> HttpResponse:
    """Show the form, or open the case and go to it."""
    received = timezone.localdate(enquiry.received_at if enquiry else request.now)
    initial: dict[str, Any] = {"received_on": received}
    if enquiry:
        initial |= {"source": enquiry.source, "need": enquiry.need}
    form = OpenCaseForm(request.POST or None, initial=initial, **_given(request))
    back = reverse("cases:enquiry", args=[enquiry.pk]) if enquiry else reverse("cases:list")
    return _answer(request, form, back=back, enquiry=enquiry, beside=None)


def answer_beside(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the empty form, or open a case that points to this one."""
    form = OpenBesideForm(request.POST or None, **_given(request))
    back = f"{reverse('cases:case_person_page', args=[opened.case.pk])}#narstaende"
    return _answer(request, form, back=back, enquiry=None, beside=opened)


def _answer(
    request: ActingRequest,
    form: OpenCaseForm,
    *,
    back: str,
    enquiry: Enquiry | None,
    beside: Opened | None,
) -> HttpResponse:
    units: list[Unit] = []
    if request.method == "POST" and form.is_valid():
        if made := work.visible_case(actor=request.actor, at=request.now, case=form.new_id):
            return redirect("cases:case", made.pk)
        try:
            units = _known_elsewhere(request, form)
            case = None if units else attempt(form, lambda: _open(request, form, enquiry, beside))
        except duplicates.TooManyQuestions:
            form.add_error(None, _("Du har öppnat många ärenden på kort tid. Vänta en minut och spara igen."))
            return _shown(request, form, back, beside, units, status=429)
        except AlreadyDone:
            return redirect("cases:list")
        if case is not None:
            return _opened(request, form, case)
    return _shown(request, form, back, beside, units, status=422 if form.errors or units else 200)


def _shown(
    request: ActingRequest,
    form: OpenCaseForm,
    back: str,
    beside: Opened | None,
    units: list[Unit],
    *,
    status: int,
) -> HttpResponse:
    number = beside.case.number if beside else ""
    context = {"form": form, "back": back, "beside": number, "units": [unit.name for unit in units]}
    return render(request, "cases/open.html", context, status=status)


def _known_elsewhere(request: ActingRequest, form: OpenCaseForm) -> list[Unit]:
    """The units to ask before the case is opened; none once the person says that she has asked."""
    units = duplicates.ask(person=PersonData(**form.person_values()), by=request.actor, now=request.now)
    return [] if form.cleaned_data["has_asked"] else units


def _given(request: ActingRequest) -> dict[str, Any]:
    return {
        "person": request.actor.person,
        "people": work.possible_responsible(actor=request.actor),
        "today": timezone.localdate(request.now),
    }


def _open(request: ActingRequest, form: OpenCaseForm, enquiry: Enquiry | None, beside: Opened | None) -> Case:
    values = form.cleaned_data
    return open_case(
        track=Track(values["track"]) if beside is None else Track.SECONDARY,
        person=PersonData(**form.person_values()),
        source=Source(values["source"]),
        need=values["need"],
        enquiry=enquiry,
        responsible=values["responsible"],
        by=request.actor,
        now=request.now,
        new_id=form.new_id,
        beside=beside,
        received_on=values.get("received_on"),
        intake=Intake(values["intake"]) if values.get("intake") else None,
    )


def _opened(request: ActingRequest, form: OpenCaseForm, case: Case) -> HttpResponse:
    # Messages are kept in the session, so they name the case by its number alone.
    messages.success(request, _("Ärendet %(number)s är öppnat.") % {"number": case.number})
    if form.proposed_birth_date:
        messages.warning(
            request, _("Födelsedatumet är hämtat ur numret. Ändra det om det verkliga är ett annat.")
        )
    if work.visible_case(actor=request.actor, at=request.now, case=case.pk):
        return redirect("cases:case", case.pk)
    messages.info(request, _("Ansvarig handläggare och arbetsledaren har fått åtkomst. Du har själv ingen."))
    return redirect("cases:list")
