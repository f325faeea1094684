"""The follow-up's first page, and one page for each area."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest, page
from followup.actions import agreements as verbs
from followup.actions import reading
from followup.forms import NarrativeForm
from followup.queries import agreements, ledger
from followup.queries.choices import Agreement, Area
from followup.queries.report import report
from followup.report.content import Area as Told
from followup.report.content import Report
from followup.report.shown import PAGE, shown
from followup.report.words import period_name
from followup.steps import Step
from followup.views import frame
from followup.views.answers import ANSWERS, attempt

HERE = "followup:start"
FIRST = 3


@page(right=Right.READ_FOLLOWUP, purpose="followup", answers=ANSWERS)
def start(request: ActingRequest) -> HttpResponse:
    """Läget: four areas with their last figures, and what waits."""
    agreement = frame.read(request)
    content = {} if agreement is None else _content(request, agreement)
    return frame.show(request, "followup/start.html", agreement=agreement, here=HERE, content=content)


def _content(request: ActingRequest, agreement: Agreement) -> dict[str, object]:
    today = reading.today_at(request.now)
    whole = report(agreement=agreement, today=today)
    return {
        "report": whole,
        "colour": PAGE,
        "areas": [
            _on_the_first_page(area, pk, whole)
            for area, pk in zip(whole.areas, agreement.areas.values_list("pk", flat=True), strict=True)
        ],
        "last": whole.issues[-1] if whole.issues else None,
        "last_period": period_name(whole.issues[-1].period) if whole.issues else "",
        "others": [other for other in agreements.every() if other != agreement],
        "waits": _waits(request, agreement),
    }


def _on_the_first_page(area: Told, pk: UUID, whole: Report) -> dict[str, object]:
    """An area with its first figures; the rest stand on its own page."""
    single = [series for series in area.series if not series.is_distribution][:FIRST]
    return {
        "area": area,
        "id": pk,
        "first": [shown(series, whole) for series in single],
        "more": len(area.series) - len(single),
    }


def _waits(request: ActingRequest, agreement: Agreement) -> dict[str, str] | None:
    """What the reader herself could do next, as one sentence and one button."""
    role, today = request.actor.role, reading.today_at(request.now)
    is_open = ledger.open_release(agreement)
    if is_open:
        mine = is_open.proposed_by_id == request.actor.user
        if is_open.step == Step.AUDITED and not mine and may_try(role=role, right=Right.APPROVE_RELEASES):
            return {
                "text": _("En redovisning väntar på att du granskar den."),
                "label": _("Granska"),
                "url": frame.address(request, "followup:release", is_open.pk),
            }
        if may_try(role=role, right=Right.PREPARE_FOLLOWUP):
            return {
                "text": _("En redovisning är på väg: %(period)s.")
                % {"period": period_name(is_open.period).lower()},
                "label": _("Se hur det går"),
                "url": frame.address(request, "followup:release", is_open.pk),
            }
        return None
    if not may_try(role=role, right=Right.PREPARE_FOLLOWUP):
        return None
    plans = ledger.current_plans(agreement)
    left = [p for plan in plans for p in ledger.next_periods(agreement=agreement, plan=plan, today=today)]
    if not left:
        return None
    return {
        "text": _("%(period)s är slut och inte redovisat.") % {"period": period_name(max(left).code)},
        "label": _("Föreslå en redovisning"),
        "url": frame.address(request, "followup:release_new"),
    }


@page(right=Right.READ_FOLLOWUP, purpose="followup", answers=ANSWERS)
def area(request: ActingRequest, area: UUID) -> HttpResponse:
    """One area: indicators as pictures and tables, measures, and what is said of it."""
    found = _area(request, area)
    reading.read(agreement=found.agreement_id, by=request.actor, now=request.now)
    return _show_area(request, found, None)


@page(right=Right.PREPARE_FOLLOWUP, purpose="followup", methods=("POST",), answers=ANSWERS)
def narrative(request: ActingRequest, area: UUID) -> HttpResponse:
    """Say in words how an area went."""
    found = _area(request, area)
    form = NarrativeForm(request.POST, periods=_periods(request, found))
    if form.is_valid():
        values = form.cleaned_data
        if attempt(
            form, lambda: verbs.write_narrative(area=found, **values, by=request.actor, now=request.now)
        ):
            messages.success(request, _("Texten är sparad."))
            return redirect(frame.address(request, "followup:area", found.pk))
    return _show_area(request, found, form)


def _area(request: ActingRequest, area: UUID) -> Area:
    found = agreements.area(area)
    if found is None:
        raise reading.NotThere
    return found


def _periods(request: ActingRequest, area: Area) -> list[str]:
    today = reading.today_at(request.now)
    return [period.code for period in ledger.reportable(agreement=area.agreement, today=today)]


def _show_area(request: ActingRequest, found: Area, form: NarrativeForm | None) -> HttpResponse:
    whole = report(agreement=found.agreement, today=reading.today_at(request.now))
    told = whole.area(found.number)
    assert told is not None
    content = {
        "report": whole,
        "colour": PAGE,
        "area": told,
        "area_id": found.pk,
        "series": [shown(series, whole) for series in told.series],
        "texts": [(period_name(text.period), text) for text in told.texts],
        "ids": {indicator.code: indicator.pk for indicator in found.indicators.all()},
        "form": form or NarrativeForm(periods=_periods(request, found)),
    }
    status = 422 if form else 200
    return frame.show(
        request, "followup/area.html", agreement=found.agreement, here=HERE, content=content, status=status
    )
