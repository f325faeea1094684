"""Other municipalities of the police area: their released and signed files beside our own."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from followup.actions import neighbours as verbs
from followup.actions import reading
from followup.forms import FileForm, NeighbourForm, sent
from followup.queries import neighbours
from followup.report.words import cell_name, kind_of_cell, period_name
from followup.views import frame
from followup.views.answers import ANSWERS, attempt
from followup.views.uploads import held_in_memory

HERE = "followup:neighbours"


@page(right=Right.READ_FOLLOWUP, purpose="neighbour", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Andra kommuner: side by side, period by period."""
    agreement = frame.read(request)
    found = neighbours.comparisons(agreement=agreement, ours=settings.MUNICIPALITY) if agreement else []
    content = {
        "neighbours": neighbours.every(),
        "comparisons": [
            {
                "period": period_name(comparison.period),
                "columns": comparison.columns,
                "rows": [
                    (cell_name(cell), kind_of_cell(cell), printed, total)
                    for cell, printed, total in comparison.rows
                ],
            }
            for comparison in found
        ],
    }
    return frame.show(request, "followup/neighbours.html", agreement=agreement, here=HERE, content=content)


@page(right=Right.PREPARE_FOLLOWUP, purpose="neighbour", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Add a municipality and its key."""
    form = NeighbourForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: verbs.add_neighbour(**values, by=request.actor, now=request.now)):
            messages.success(request, _("Kommunen är tillagd. Ta in dess fil när den kommer."))
            return redirect(frame.address(request, HERE))
    return _form(request, form, _("Lägg till en kommun"))


@csrf_exempt
@page(right=Right.PREPARE_FOLLOWUP, purpose="neighbour", methods=("GET", "POST"), answers=ANSWERS)
@held_in_memory
def take_in(request: ActingRequest, neighbour: UUID) -> HttpResponse:
    """Take in a municipality's signed file."""
    found = neighbours.one(neighbour)
    if found is None:
        raise reading.NotThere
    form = sent(FileForm, request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"]
        made = attempt(
            form,
            lambda: verbs.import_releases(neighbour=found, data=data, by=request.actor, now=request.now),
        )
        if made is not None:
            messages.success(
                request, _("Filen är hel, rätt signerad och håller vad den lovar. Den är intagen.")
            )
            return redirect(frame.address(request, HERE))
    return _form(request, form, _("Ta in fil från %(name)s") % {"name": found.name})


def _form(request: ActingRequest, form: NeighbourForm | FileForm, title: str) -> HttpResponse:
    status = 422 if form.errors else 200
    content = {"form": form, "title": title, "is_file": isinstance(form, FileForm)}
    return frame.show(
        request, "followup/neighbour.html", agreement=None, here=HERE, content=content, status=status
    )
