"""The forms of `programme`: rest, leaving, re-entry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import programme
from cases.actions.cases import open_case
from cases.actions.once import AlreadyDone
from cases.forms.programme import LeaveProgrammeForm, ReenterForm, StandingForm
from cases.queries import stage_rules, work
from cases.queries.choices import Intake, LeavingReason, Source
from cases.queries.rows import Case
from cases.views import recording
from cases.views.answers import attempt
from cases.views.recording import Sheet
from cases.workflow import STANDING_WAYS, Stage, Standing, Track, is_ended

HERE = "cases:case_stages"


def changing(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or change the standing."""
    here = Standing(opened.case.standing)
    # Moving to another municipality has a page of its own, with what the law asks for.
    ways = [way for way in Standing if (here, way) in STANDING_WAYS and way != Standing.TRANSFERRED]
    form = StandingForm(request.POST or None, ways=ways, initial={"version": opened.case.version})
    sheet = _sheet(opened, _("Vila, avbrott eller åter i gång"), _("Spara"), _("Läget är ändrat."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: programme.change_standing(
            opened=opened,
            to=Standing(form.cleaned_data["to"]),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def leaving(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or end the joint programme."""
    if request.method != "POST" and stage_rules.open_period(opened.case) is None:
        return redirect(HERE, opened.case.pk)
    form = LeaveProgrammeForm(request.POST or None)
    sheet = _sheet(
        opened,
        _("Avsluta det gemensamma programmet"),
        _("Avsluta programmet"),
        _("Det gemensamma programmet är avslutat. Stödet fortsätter som det är beslutat."),
        lead=_(
            "Rätten till stöd påverkas inte. Polisen underrättas på det sätt som samtycket eller lagen tillåter."
        ),
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: programme.leave(
            opened=opened,
            because=LeavingReason(form.cleaned_data["because"]),
            by=request.actor,
            now=request.now,
        ),
    )


def reentering(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or open the new case and go to it."""
    if not is_ended(Stage(opened.case.stage)):
        return redirect("cases:case", opened.case.pk)
    form = ReenterForm(
        request.POST or None,
        person=request.actor.person,
        people=work.possible_responsible(actor=request.actor),
        initial={"track": opened.case.track},
    )
    sheet = _sheet(
        opened,
        _("Återaktualisera"),
        _("Öppna det nya ärendet"),
        "",
        lead=_(
            "Personen får ett nytt ärende som länkas till det här. Uppgifterna om personen följer med; anteckningar,"
            " beslut och handlingar stannar i det avslutade ärendet."
        ),
    )
    if request.method != "POST" or not form.is_valid():
        return recording.show(request, opened, form, sheet)
    try:
        case = attempt(form, lambda: _open(request, opened, form))
    except AlreadyDone:
        return redirect("cases:list")
    if case is None:
        return recording.show(request, opened, form, sheet)
    messages.success(request, _("Ärendet %(number)s är öppnat.") % {"number": case.number})
    seen = work.visible_case(actor=request.actor, at=request.now, case=case.pk)
    return redirect("cases:case", case.pk) if seen else redirect("cases:list")


def _open(request: ActingRequest, opened: Opened, form: ReenterForm) -> Case:
    values = form.cleaned_data
    return open_case(
        track=Track(values["track"]),
        person=opened,
        source=Source(values["source"]),
        need=values["need"],
        enquiry=None,
        responsible=values["responsible"],
        by=request.actor,
        now=request.now,
        new_id=values["key"],
        intake=Intake(values["intake"]),
    )


def _sheet(opened: Opened, title: str, label: str, done: str, *, lead: str = "", kind: str = "") -> Sheet:
    back = reverse(HERE, args=[opened.case.pk])
    return Sheet(title=title, label=label, here=HERE, back=back, done=done, lead=lead, kind=kind)
