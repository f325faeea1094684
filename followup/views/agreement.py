"""The agreement as data: what it says, its file out and in, and what is said of an indicator or a measure."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from followup import definition
from followup.actions import agreements as verbs
from followup.actions import reading
from followup.definition import AgreementData
from followup.forms import FileForm, IndicatorForm, MeasureForm, sent
from followup.queries import agreements, ledger
from followup.queries.choices import Agreement
from followup.views import downloads, frame
from followup.views.answers import ANSWERS, attempt
from followup.views.uploads import held_in_memory

HERE = "followup:agreement"


@page(right=Right.READ_FOLLOWUP, purpose="agreement", answers=ANSWERS)
def show(request: ActingRequest) -> HttpResponse:
    """Överenskommelsen."""
    agreement = frame.read(request)
    content: dict[str, object] = {"all": agreements.every()}
    if agreement is not None:
        areas = agreement.areas.prefetch_related("indicators", "measures")
        content |= {"areas": areas, "plans": ledger.current_plans(agreement)}
    return frame.show(request, "followup/agreement.html", agreement=agreement, here=HERE, content=content)


@page(right=Right.READ_FOLLOWUP, purpose="agreement", answers=ANSWERS)
def export(request: ActingRequest) -> HttpResponse:
    """The definition as a file."""
    agreement = frame.chosen(request)
    reading.export(agreement=agreement, what="definition", by=request.actor, now=request.now)
    data = definition.write(agreements.definition_of(agreement))
    return downloads.file(data, name="overenskommelse.json", kind="application/json")


@csrf_exempt
@page(right=Right.PREPARE_FOLLOWUP, purpose="agreement", methods=("GET", "POST"), answers=ANSWERS)
@held_in_memory
def take_in(request: ActingRequest) -> HttpResponse:
    """Take in a definition: a new agreement, or a new version of the one with the same first day."""
    form = sent(FileForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _take_in(request, definition.read(form.cleaned_data["file"])))
        if made is not None:
            messages.success(request, _("Överenskommelsen är inlagd."))
            return redirect(frame.address(request, HERE))
    status = 422 if form.errors else 200
    content = {"form": form}
    return frame.show(
        request, "followup/agreement_file.html", agreement=None, here=HERE, content=content, status=status
    )


def _take_in(request: ActingRequest, data: AgreementData) -> Agreement:
    known = next((a for a in agreements.every() if a.starts_on == data.starts_on), None)
    if known is None:
        return verbs.register_agreement(data=data, by=request.actor, now=request.now)
    return verbs.revise_agreement(agreement=known, data=data, by=request.actor, now=request.now)


@page(right=Right.PREPARE_FOLLOWUP, purpose="agreement", methods=("GET", "POST"), answers=ANSWERS)
def indicator(request: ActingRequest, indicator: UUID) -> HttpResponse:
    """Change what is said of an indicator."""
    found = agreements.indicator(indicator)
    if found is None:
        raise reading.NotThere
    initial = {name: getattr(found, name) for name in IndicatorForm.base_fields}
    form = IndicatorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(
            form,
            lambda: verbs.edit_indicator(indicator=found, changes=values, by=request.actor, now=request.now),
        ):
            messages.success(request, _("Indikatorn är ändrad."))
            return redirect("followup:area", found.area_id)
    return _form(request, form, found.area.agreement, _("Ändra indikator"), found.area_id)


@page(right=Right.PREPARE_FOLLOWUP, purpose="agreement", methods=("GET", "POST"), answers=ANSWERS)
def measure_new(request: ActingRequest, area: UUID) -> HttpResponse:
    """Add a measure to an area."""
    found = agreements.area(area)
    if found is None:
        raise reading.NotThere
    form = MeasureForm(request.POST or None, initial={"state": "planned"})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(
            form,
            lambda: verbs.save_measure(
                area=found, measure=None, values=values, by=request.actor, now=request.now
            ),
        ):
            messages.success(request, _("Åtgärden är tillagd."))
            return redirect("followup:area", found.pk)
    return _form(request, form, found.agreement, _("Ny åtgärd"), found.pk)


@page(right=Right.PREPARE_FOLLOWUP, purpose="agreement", methods=("GET", "POST"), answers=ANSWERS)
def measure(request: ActingRequest, measure: UUID) -> HttpResponse:
    """Change a measure, or how far it has come."""
    found = agreements.measure(measure)
    if found is None:
        raise reading.NotThere
    initial = {name: getattr(found, name) for name in MeasureForm.base_fields}
    form = MeasureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(
            form,
            lambda: verbs.save_measure(
                area=found.area, measure=found, values=values, by=request.actor, now=request.now
            ),
        ):
            messages.success(request, _("Åtgärden är ändrad."))
            return redirect("followup:area", found.area_id)
    return _form(request, form, found.area.agreement, _("Ändra åtgärd"), found.area_id)


def _form(
    request: ActingRequest,
    form: IndicatorForm | MeasureForm,
    agreement: Agreement,
    title: str,
    area: UUID,
) -> HttpResponse:
    content = {"form": form, "title": title, "area_id": area}
    status = 422 if form.errors else 200
    return frame.show(
        request,
        "followup/edit.html",
        agreement=agreement,
        here="followup:start",
        content=content,
        status=status,
    )
