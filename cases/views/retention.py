"""Hinder för gallring: the form that puts one, and the question before it is taken away."""

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
from cases.access import Opened, get_case
from cases.actions import holds
from cases.forms.holds import HoldForm
from cases.policies import Question
from cases.queries.retention import hold_of
from cases.views import frame, recording
from cases.views.answers import ANSWERS
from cases.views.recording import Sheet

HERE = "cases:case"


@page(right=Right.APPROVE_STAGES, purpose="retention", methods=("GET", "POST"), answers=ANSWERS)
def put(request: ActingRequest, case: UUID) -> HttpResponse:
    """Lägg ett hinder för gallring."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.HOLD)
    form = HoldForm(request.POST or None, person=request.actor.person, today=timezone.localdate(request.now))
    sheet = Sheet(
        title=_("Hinder för gallring"),
        label=_("Lägg hindret"),
        here=HERE,
        back=_place(opened),
        done=_("Hindret gäller. Ärendet gallras inte förrän det är borttaget."),
        lead=_("För när uppgifterna behövs längre än gallringsregeln säger, till exempel i en tvist."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: holds.put(
            opened=opened, values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


@page(right=Right.APPROVE_STAGES, purpose="retention", methods=("GET", "POST"), answers=ANSWERS)
def lift(request: ActingRequest, case: UUID, hold: UUID) -> HttpResponse:
    """Ta bort ett hinder för gallring."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.HOLD)
    found = hold_of(opened, hold)
    if request.method == "POST":
        try:
            holds.lift(opened=opened, hold=found, by=request.actor, now=request.now)
            messages.success(request, _("Hindret är borttaget."))
        except holds.AlreadyLifted:
            messages.info(request, _("Hindret var redan borttaget."))
        return redirect(_place(opened))
    content = {
        "title": _("Ta bort hindret för gallring?"),
        "text": _("När inget annat hinder finns gallras ärendet på den dag som regeln säger."),
        "label": _("Ta bort hindret"),
        "back": _place(opened),
    }
    return frame.show(request, opened, "cases/confirm.html", here=HERE, content=content)


def _place(opened: Opened) -> str:
    return reverse(HERE, args=[opened.case.pk])
