"""The forms of what stands outside the cases: anyone of the unit reports, those who lead it handle and close."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest
from cases.actions import deviations, incidents, unit_requests
from cases.forms.outside import (
    CloseForm,
    DeviationForm,
    HandleDeviationForm,
    HandleIncidentForm,
    IncidentForm,
    UnitRequestForm,
)
from cases.queries.choices import PoliceReport, UnitAnswer
from cases.queries.rows import Deviation, Incident
from cases.views import recording
from cases.views.present import outside as present
from cases.views.recording import Sheet

INCIDENTS = "cases:incidents"
DEVIATIONS = "cases:deviations"
REQUESTS = "cases:unit_requests"


def incident(request: ActingRequest) -> HttpResponse:
    """Show the form of a threat incident, or report it."""
    now = timezone.localtime(request.now).replace(second=0, microsecond=0)
    form = IncidentForm(
        request.POST or None,
        person=request.actor.person,
        today=now.date(),
        now=request.now,
        initial={"occurred_at": now, "police": PoliceReport.NOT},
    )
    sheet = _new(_("Anmäl hot eller våld"), INCIDENTS, _("Händelsen är anmäld. Din arbetsledare ser den."))
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: incidents.report(values=form.values(), by=request.actor, now=request.now, new_id=form.new_id),
    )


def deviation(request: ActingRequest) -> HttpResponse:
    """Show the form of a deviation, or report it."""
    today = timezone.localdate(request.now)
    form = DeviationForm(
        request.POST or None, person=request.actor.person, today=today, initial={"happened_on": today}
    )
    sheet = _new(_("Anmäl en avvikelse"), DEVIATIONS, _("Avvikelsen är anmäld. Din arbetsledare ser den."))
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: deviations.report(
            values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def unit_request(request: ActingRequest) -> HttpResponse:
    """Show the form of a request without a case, or write it down."""
    today = timezone.localdate(request.now)
    initial = {
        "received_on": today,
        "answer": UnitAnswer.NO_SEARCH,
        "answer_text": _(
            "Vi har ingen sökning på nätverk, brott eller område och kan inte ta fram en sådan uppgift. Om någon"
            " förekommer hos oss eller inte lämnas inte ut."
        ),
    }
    form = UnitRequestForm(request.POST or None, person=request.actor.person, today=today, initial=initial)
    sheet = _new(
        _("Begäran utan ärende"),
        REQUESTS,
        _("Begäran och svaret är antecknade."),
        label=_("Anteckna"),
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: unit_requests.answer(
            values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def handling_incident(request: ActingRequest, found: Incident) -> HttpResponse:
    """The incident, with the form for those who lead the unit; or save what it says."""
    if not _may_handle(request, found):
        return render(request, "cases/outside_one.html", present.incident(found))
    form = HandleIncidentForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        row=found,
    )
    return recording.answer(
        request,
        None,
        form,
        _handling(present.incident(found)["title"], reverse("cases:incident", args=[found.pk])),
        lambda: incidents.handle(
            incident=found,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
        content=present.incident(found),
    )


def handling_deviation(request: ActingRequest, found: Deviation) -> HttpResponse:
    """The deviation, with the form for those who lead the unit; or save what it says."""
    if not _may_handle(request, found):
        return render(request, "cases/outside_one.html", present.deviation(found))
    form = HandleDeviationForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        row=found,
    )
    return recording.answer(
        request,
        None,
        form,
        _handling(present.deviation(found)["title"], reverse("cases:deviation", args=[found.pk])),
        lambda: deviations.handle(
            deviation=found,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
        content=present.deviation(found),
    )


def closing_incident(request: ActingRequest, found: Incident) -> HttpResponse:
    """Ask, and close the incident."""
    form = CloseForm(request.POST or None, initial={"version": found.version})
    sheet = _closing(
        reverse("cases:incident", args=[found.pk]),
        _("Åtgärderna ska vara skrivna, och det som ska polisanmälas ska vara anmält."),
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: incidents.close(
            incident=found, version=form.cleaned_data["version"], by=request.actor, now=request.now
        ),
    )


def closing_deviation(request: ActingRequest, found: Deviation) -> HttpResponse:
    """Ask, and close the deviation."""
    form = CloseForm(request.POST or None, initial={"version": found.version})
    sheet = _closing(
        reverse("cases:deviation", args=[found.pk]),
        _("Åtgärderna och bedömningen ska vara skrivna, och det allvarliga ska vara anmält till IVO."),
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: deviations.close(
            deviation=found, version=form.cleaned_data["version"], by=request.actor, now=request.now
        ),
    )


def _may_handle(request: ActingRequest, found: Incident | Deviation) -> bool:
    return found.closed_at is None and may_try(role=request.actor.role, right=Right.MANAGE_UNIT)


def _new(title: str, here: str, done: str, *, label: str = "") -> Sheet:
    return Sheet(
        title=title,
        label=label or _("Anmäl"),
        here=here,
        back=reverse(here),
        done=done,
        lead=_("Det här står utanför alla ärenden. Skriv inget namn och inget nummer på en klient."),
        template="cases/unit_sheet.html",
    )


def _handling(title: str, here: str) -> Sheet:
    return Sheet(
        title=title,
        label=_("Spara"),
        here=here,
        back=here,
        done=_("Uppföljningen är sparad."),
        template="cases/outside_one.html",
    )


def _closing(here: str, lead: str) -> Sheet:
    return Sheet(
        title=_("Avsluta?"),
        label=_("Avsluta"),
        here=here,
        back=here,
        done=_("Det är avslutat och låst."),
        lead=lead,
        template="cases/unit_sheet.html",
    )
