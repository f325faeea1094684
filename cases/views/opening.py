"""The form that opens a case, with or without an enquiry before it; sent twice it opens one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.actions.cases import PersonData, open_case
from cases.actions.once import AlreadyDone
from cases.forms.cases import OpenCaseForm
from cases.queries import work
from cases.queries.choices import Source
from cases.queries.rows import Case, Enquiry
from cases.views.answers import attempt
from cases.workflow import Track


def answer(request: ActingRequest, *, enquiry: Enquiry | None) -> HttpResponse:
    """Show the form, or open the case and go to it."""
    form = _form(request, enquiry)
    if request.method == "POST" and form.is_valid():
        try:
            case = attempt(form, lambda: _open(request, form, enquiry))
        except AlreadyDone:
            case = work.visible_case(actor=request.actor, at=request.now, case=form.new_id)
            return redirect("cases:case", case.pk) if case else redirect("cases:list")
        if case is not None:
            return _opened(request, form, case)
    status = 422 if form.errors else 200
    return render(request, "cases/open.html", {"form": form, "enquiry": enquiry}, status=status)


def _form(request: ActingRequest, enquiry: Enquiry | None) -> OpenCaseForm:
    initial = {"source": enquiry.source, "need": enquiry.need} if enquiry else {}
    return OpenCaseForm(
        request.POST or None,
        initial=initial,
        person=request.actor.person,
        people=work.possible_responsible(actor=request.actor),
        today=timezone.localdate(request.now),
    )


def _open(request: ActingRequest, form: OpenCaseForm, enquiry: Enquiry | None) -> Case:
    values = form.cleaned_data
    return open_case(
        track=Track(values["track"]),
        person=PersonData(**form.person_values()),
        source=Source(values["source"]),
        need=values["need"],
        enquiry=enquiry,
        responsible=values["responsible"],
        by=request.actor,
        now=request.now,
        new_id=form.new_id,
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
