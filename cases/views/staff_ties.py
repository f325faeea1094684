"""Anknytningar: what is known of colleagues' ties, for those who lead the unit."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.actions import staff_ties as actions
from cases.forms.staff_ties import StaffTieForm
from cases.queries import outside
from cases.queries.choices import TieKind
from cases.queries.people import others_of_unit
from cases.queries.rows import StaffTie
from cases.views import recording
from cases.views.answers import ANSWERS
from cases.views.present import unit
from cases.views.recording import Sheet

HERE = "cases:staff_ties"


@page(right=Right.MANAGE_UNIT, purpose="outside", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """List what is known."""
    ties = outside.staff_ties(actor=request.actor)
    context = {"rows": [_row(tie) for tie in ties], "columns": _columns(), "parts": unit.parts(here=HERE)}
    return render(request, "cases/staff_ties.html", context)


@page(right=Right.MANAGE_UNIT, purpose="outside", methods=("GET", "POST"), answers=ANSWERS)
def new(request: ActingRequest) -> HttpResponse:
    """Write one down."""
    form = StaffTieForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        people=others_of_unit(request.actor),
    )
    sheet = Sheet(
        title=_("Anteckna en anknytning"),
        label=_("Spara"),
        here=HERE,
        back=reverse(HERE),
        done=_("Anteckningen är sparad. Bara de som leder enheten kan läsa den, inte kollegan själv."),
        lead=_("Det här står utanför alla ärenden. I ärenden som berörs: anmäl jäv eller begränsa ärendet."),
        template="cases/unit_sheet.html",
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: actions.write_down(
            about=form.cleaned_data["about"],
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )


@page(right=Right.MANAGE_UNIT, purpose="outside", answers=ANSWERS)
def show(request: ActingRequest, staff_tie: UUID) -> HttpResponse:
    """Read one."""
    found = outside.staff_tie_of(actor=request.actor, tie=staff_tie, at=request.now)
    return render(request, "cases/staff_tie.html", {"record": _record(found), "parts": unit.parts(here=HERE)})


@page(right=Right.MANAGE_UNIT, purpose="outside", methods=("POST",), answers=ANSWERS)
def end(request: ActingRequest, staff_tie: UUID) -> HttpResponse:
    """Write down that it is over."""
    found = outside.staff_tie_of(actor=request.actor, tie=staff_tie, at=request.now)
    actions.end(tie=found, version=found.version, by=request.actor, now=request.now)
    return redirect(HERE)


def _record(tie: StaffTie) -> dict[str, object]:
    rows = [
        {"key": _("Vad är känt"), "value": tie.text},
        {"key": _("Vad enheten gör"), "value": tie.measures},
        {"key": _("Antecknat"), "day": tie.created_at},
        {"key": _("Av"), "value": tie.created_by.name},
    ]
    return {
        "pk": tie.pk,
        "title": tie.about.name,
        "tags": [{"text": TieKind(tie.kind).label, "colour": "grey" if tie.ended_at else "red"}],
        "rows": [row for row in rows if row.get("value") or row.get("day")],
        "is_over": tie.ended_at is not None,
    }


def _columns() -> list[dict[str, str]]:
    return [{"label": _("Kollega")}, {"label": _("Antecknat")}, {"label": _("Av")}, {"label": _("Läge")}]


def _row(tie: StaffTie) -> list[dict[str, object]]:
    return [
        {"text": tie.about.name, "url": reverse("cases:staff_tie", args=[tie.pk])},
        {"text": f"{timezone.localdate(tie.created_at):%Y-%m-%d}"},
        {"text": tie.created_by.name},
        {"tag": _("Gäller inte längre"), "colour": "grey"}
        if tie.ended_at
        else {"tag": _("Gäller"), "colour": "red"},
    ]
