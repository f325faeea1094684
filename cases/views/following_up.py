"""The form of a follow-up after closure."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import follow_ups as actions
from cases.forms.follow_ups import FollowUpForm, NewFollowUpForm
from cases.queries import follow_ups
from cases.queries.rows import FollowUp
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case"


def noting(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or write the follow-up down."""
    today = timezone.localdate(request.now)
    points = follow_ups.points_left(opened)
    form = NewFollowUpForm(
        request.POST or None,
        person=request.actor.person,
        today=today,
        points=points,
        initial={"happened_on": today, "months": str(points[0].value) if points else ""},
    )
    sheet = _sheet(opened, _("Ny uppföljning"), _("Uppföljningen är antecknad."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: actions.note(
            opened=opened,
            point=form.cleaned_data["months"],
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )


def changing(request: ActingRequest, opened: Opened, follow_up: FollowUp) -> HttpResponse:
    """Show the form with what was written down, or put it right."""
    form = FollowUpForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        row=follow_up,
    )
    sheet = _sheet(opened, _("Ändra uppföljningen"), _("Ändringen är sparad."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: actions.change(
            opened=opened,
            follow_up=follow_up,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def _sheet(opened: Opened, title: str, done: str) -> Sheet:
    return Sheet(
        title=title,
        label=_("Spara uppföljningen"),
        here=HERE,
        back=reverse("cases:case", args=[opened.case.pk]),
        done=done,
        lead=_("Skriv bara det som behövs för att veta hur det har gått. Ärendet öppnas inte på nytt."),
    )
