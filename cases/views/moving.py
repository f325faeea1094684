"""The forms of a transfer to another municipality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import transfers
from cases.forms.transfers import AnswerTransferForm, AskTransferForm, HandOverForm, ReferTransferForm
from cases.queries.choices import TransferAnswer
from cases.queries.rows import Transfer
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_cooperation"


def asking(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or write the request down."""
    today = timezone.localdate(request.now)
    form = AskTransferForm(
        request.POST or None, person=request.actor.person, today=today, initial={"asked_on": today}
    )
    sheet = _sheet(
        opened,
        _("Begär överflyttning"),
        _("Spara begäran"),
        _("Begäran är antecknad. Svarar kommunen inte inom en månad kan IVO tillfrågas."),
        lead=_("Begäran görs skriftligt. Systemet skickar inget."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: transfers.ask(
            opened=opened, values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def answering(request: ActingRequest, opened: Opened, transfer: Transfer) -> HttpResponse:
    """Show the form, or write the answer down."""
    form = _step(AnswerTransferForm, request, transfer)
    sheet = _sheet(opened, _("Svaret från kommunen"), _("Spara svaret"), _("Svaret är antecknat."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: transfers.answer(
            answer=TransferAnswer(form.cleaned_data["answer"]),
            on=form.cleaned_data["on"],
            text=form.cleaned_data["text"],
            **_given(request, opened, transfer, form),
        ),
    )


def referring(request: ActingRequest, opened: Opened, transfer: Transfer) -> HttpResponse:
    """Show the form, or write down that IVO has been asked."""
    form = _step(ReferTransferForm, request, transfer)
    sheet = _sheet(opened, _("IVO är tillfrågad"), _("Spara"), _("Det är antecknat."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: transfers.refer(on=form.cleaned_data["on"], **_given(request, opened, transfer, form)),
    )


def handing_over(request: ActingRequest, opened: Opened, transfer: Transfer) -> HttpResponse:
    """Show the form, or hand the case over."""
    form = _step(HandOverForm, request, transfer)
    sheet = _sheet(
        opened,
        _("Lämna över ärendet"),
        _("Lämna över ärendet"),
        _("Ärendet är överlämnat och kan nu bara läsas."),
        lead=_(
            "Ärendet kan sedan bara läsas. En utredning om ett barn avslutas här först (29 kap. 9 § SoL)."
        ),
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: transfers.hand_over(
            sent=form.cleaned_data["sent"], **_given(request, opened, transfer, form)
        ),
    )


def _step(kind: Callable[..., forms.Form], request: ActingRequest, transfer: Transfer) -> forms.Form:
    today = timezone.localdate(request.now)
    return kind(request.POST or None, today=today, initial={"on": today, "version": transfer.version})


def _given(request: ActingRequest, opened: Opened, transfer: Transfer, form: forms.Form) -> dict[str, Any]:
    return {
        "opened": opened,
        "transfer": transfer,
        "version": form.cleaned_data["version"],
        "by": request.actor,
        "now": request.now,
    }


def _sheet(opened: Opened, title: str, label: str, done: str, *, lead: str = "", kind: str = "") -> Sheet:
    back = reverse(HERE, args=[opened.case.pk])
    return Sheet(title=title, label=label, here=HERE, back=back, done=done, lead=lead, kind=kind)
