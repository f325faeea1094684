"""Figures from outside, typed in or from a file, and figures that are already known elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from followup import importing
from followup.actions import figures as verbs
from followup.actions import reading, statements
from followup.forms import FigureForm, FiguresFileForm, KnownForm, sent
from followup.queries import agreements, ledger
from followup.queries.choices import Agreement
from followup.report.words import cell_name, kind_of_cell, period_name
from followup.views import frame
from followup.views.answers import ANSWERS, attempt
from followup.views.uploads import held_in_memory

HERE = "followup:figures"
KNOWN = "followup:known"


@page(right=Right.PREPARE_FOLLOWUP, purpose="figures", methods=("GET", "POST"), answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Uppgifter utifrån: those that are there, and one more."""
    if request.method != "POST":
        agreement = frame.read(request)
        if agreement is None:
            return frame.show(request, "followup/start.html", agreement=None, here=HERE, content={})
        form = FigureForm(indicators=agreements.typed_indicators(agreement))
        return _show(request, agreement, form)
    agreement = frame.chosen(request)
    form = FigureForm(request.POST, indicators=agreements.typed_indicators(agreement))
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: verbs.enter_figure(**values, by=request.actor, now=request.now))
        if made is not None:
            messages.success(request, _("Uppgiften är införd."))
            return redirect(frame.address(request, HERE))
    return _show(request, agreement, form)


@csrf_exempt
@page(right=Right.PREPARE_FOLLOWUP, purpose="figures", methods=("GET", "POST"), answers=ANSWERS)
@held_in_memory
def take_in(request: ActingRequest) -> HttpResponse:
    """Take in a file of figures, all or none."""
    agreement = frame.chosen(request)
    form = sent(FiguresFileForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _take_in(request, agreement, form))
        if made is not None:
            messages.success(request, _("Filens uppgifter är införda."))
            return redirect(frame.address(request, HERE))
    content = {"form": form, "columns": importing.COLUMNS}
    status = 422 if form.errors else 200
    return frame.show(
        request, "followup/figures_file.html", agreement=agreement, here=HERE, content=content, status=status
    )


def _take_in(request: ActingRequest, agreement: Agreement, form: FiguresFileForm) -> list[object]:
    return list(
        verbs.import_figures(
            agreement=agreement,
            figures=importing.read(name=form.name, raw=form.cleaned_data["file"]),
            is_public=form.cleaned_data["is_public"],
            by=request.actor,
            now=request.now,
        )
    )


def _show(request: ActingRequest, agreement: Agreement, form: FigureForm) -> HttpResponse:
    content = {"form": form, "indicators": agreements.typed_indicators(agreement)}
    status = 422 if form.errors else 200
    return frame.show(
        request, "followup/figures.html", agreement=agreement, here=HERE, content=content, status=status
    )


@page(right=Right.PREPARE_FOLLOWUP, purpose="known", methods=("GET", "POST"), answers=ANSWERS)
def known(request: ActingRequest) -> HttpResponse:
    """Redan känt: figures that readers know from elsewhere, which count as if we had printed them."""
    agreement = frame.read(request) if request.method != "POST" else frame.chosen(request)
    if agreement is None:
        return frame.show(request, "followup/start.html", agreement=None, here=KNOWN, content={})
    periods = [p.code for p in ledger.reportable(agreement=agreement, today=reading.today_at(request.now))]
    form = KnownForm(request.POST or None, periods=periods, cells=statements.countable(agreement))
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "agreement": agreement, "by": request.actor, "now": request.now}
        if attempt(form, lambda: statements.enter_known(**values)):
            messages.success(request, _("Uppgiften räknas med i allt som redovisas härefter."))
            return redirect(frame.address(request, KNOWN))
    rows = [
        {"period": period_name(row.period), "what": _what(row.where), "row": row}
        for row in ledger.known_elsewhere(agreement)
    ]
    status = 422 if form.errors else 200
    return frame.show(
        request,
        "followup/known.html",
        agreement=agreement,
        here=KNOWN,
        content={"form": form, "rows": rows},
        status=status,
    )


def _what(where: dict[str, list[str]]) -> str:
    """A set in words; a set of several categories is named by them."""
    labels = tuple((name, ", ".join(map(str, values))) for name, values in where.items())
    return f"{cell_name(labels)} ({kind_of_cell(labels)})"
