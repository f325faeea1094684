"""Möten: booking, cancelling, and keeping apart two who must not meet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import NotVisible, Opened, get_case
from cases.actions import meetings as actions
from cases.forms.meetings import KeepApartForm, MeetingForm
from cases.policies import Question
from cases.queries import meetings
from cases.queries.choices import Place
from cases.queries.rows import KeepApart
from cases.views import recording
from cases.views.answers import ANSWERS
from cases.views.recording import Sheet

writing = page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
leading = page(right=Right.GRANT_ACCESS, purpose="access", methods=("GET", "POST"), answers=ANSWERS)


@writing
def book(request: ActingRequest, case: UUID) -> HttpResponse:
    """Boka möte."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    form = MeetingForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        initial={"length": "60", "place": Place.OFFICE},
    )
    sheet = Sheet(
        title=_("Boka möte"),
        label=_("Boka"),
        here="cases:case",
        back=reverse("cases:case_tasks", args=[case]),
        done=_("Mötet är bokat."),
    )
    return recording.answer(request, opened, form, sheet, lambda: _booked(request, opened, form))


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def cancel(request: ActingRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """Cancel a meeting."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    found = meetings.meeting_of(opened, meeting)
    actions.cancel(opened=opened, meeting=found, by=request.actor, now=request.now)
    messages.success(request, _("Mötet är avbokat."))
    return redirect("cases:case_tasks", case)


@leading
def keep_apart(request: ActingRequest, case: UUID) -> HttpResponse:
    """Håll isär."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.GRANT_ACCESS)
    form = KeepApartForm(
        request.POST or None, person=request.actor.person, today=timezone.localdate(request.now)
    )
    sheet = Sheet(
        title=_("Håll isär från någon annan"),
        label=_("Håll isär"),
        here="cases:case",
        back=reverse("cases:case_tasks", args=[case]),
        done=_("De bokas inte i enhetens lokaler samtidigt."),
        lead=_("Den som bokar får veta att tiden inte går att få, aldrig varför eller för vems skull."),
    )
    return recording.answer(request, opened, form, sheet, lambda: _kept_apart(request, opened, form))


@page(right=Right.GRANT_ACCESS, purpose="access", methods=("POST",), answers=ANSWERS)
def let_meet(request: ActingRequest, case: UUID, apart: UUID) -> HttpResponse:
    """End that two are kept apart."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    found = meetings.apart_of(opened, apart)
    actions.let_meet(opened=opened, apart=found, by=request.actor, now=request.now)
    messages.success(request, _("De hålls inte längre isär."))
    return redirect("cases:case_tasks", case)


def _booked(request: ActingRequest, opened: Opened, form: MeetingForm) -> object:
    starts_at, ends_at = form.times()
    return actions.book(
        opened=opened,
        starts_at=starts_at,
        ends_at=ends_at,
        place=Place(form.cleaned_data["place"]),
        note=form.cleaned_data["note"],
        by=request.actor,
        now=request.now,
        new_id=form.new_id,
    )


def _kept_apart(request: ActingRequest, opened: Opened, form: KeepApartForm) -> KeepApart | None:
    try:
        other = meetings.case_with_number(opened, form.cleaned_data["number"], at=request.now)
    except NotVisible:
        form.add_error("number", _("Du leder inget ärende med det numret."))
        return None
    return actions.keep_apart(
        opened=opened,
        other=other,
        reason=form.cleaned_data["reason"],
        by=request.actor,
        now=request.now,
        new_id=form.new_id,
    )
