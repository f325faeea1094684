"""Lockärenden: which cases are invented and watched, who has opened one, and what that led to.

The case's number is shown to those who keep decoys and goes into no address; a form carries it.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audit.decoys import access, keeping
from audit.forms.decoys import DecoyForm, OutcomeForm, refuse_number
from audit.views.answers import ANSWERS
from audit.views.present import decoys as present
from avhopp.accounts.roles import Right
from avhopp.translation import gettext_noop
from avhopp.web.guard import ActingRequest, page

REFUSALS: dict[type[Exception], str] = {
    keeping.NoSuchCase: gettext_noop("Inget ärende har det numret. Jämför tecken för tecken med underlaget."),
    keeping.IsDecoy: gettext_noop("Ärendet är redan ett lockärende eller väntar på att bli det."),
    keeping.InUse: gettext_noop(
        "Någon kan finnas i ärendet: det kommer ur en förfrågan, är kopplat till ett annat ärende eller har samtycke,"
        " beslut, utlämnande eller nytt skede. Lägg upp ett ärende som är påhittat från början."
    ),
}


@page(right=Right.KEEP_DECOYS, purpose="decoys", methods=("GET", "POST"), answers=ANSWERS)
def overview(request: ActingRequest) -> HttpResponse:
    """Show the decoys and what was opened of them, or take a request for a new one."""
    form = DecoyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            keeping.ask(**form.cleaned_data, by=request.actor, now=request.now)
        except tuple(REFUSALS) as refusal:
            refuse_number(form, _(REFUSALS[type(refusal)]))
        else:
            messages.success(request, _("Begäran väntar på någon annan som håller lockärenden."))
            return redirect("audit:decoys")
    found = access.open_all(actor=request.actor, at=request.now)
    context = present.overview(decoys=found, actor=request.actor, form=form)
    return render(request, "audit/decoys.html", context, status=422 if form.errors else 200)


@page(right=Right.KEEP_DECOYS, purpose="decoys", methods=("POST",), answers=ANSWERS)
def decide(request: ActingRequest, decoy: UUID) -> HttpResponse:
    """Approve or decline."""
    is_approved = request.POST.get("do") == "approve"
    found = access.open_one(decoy=decoy, actor=request.actor, at=request.now)
    try:
        keeping.decide(decoy=found, is_approved=is_approved, by=request.actor, now=request.now)
    except keeping.InUse as refusal:
        messages.error(request, _(REFUSALS[type(refusal)]))
    else:
        messages.success(request, _("Ärendet bevakas.") if is_approved else _("Begäran är avslagen."))
    return redirect("audit:decoys")


@page(right=Right.KEEP_DECOYS, purpose="decoys", methods=("POST",), answers=ANSWERS)
def end(request: ActingRequest, decoy: UUID) -> HttpResponse:
    """Watch a case no more."""
    found = access.open_one(decoy=decoy, actor=request.actor, at=request.now)
    keeping.end(decoy=found, by=request.actor, now=request.now)
    messages.success(request, _("Ärendet bevakas inte längre. Avsluta det också på vanligt sätt."))
    return redirect("audit:decoys")


@page(right=Right.KEEP_DECOYS, purpose="decoys", methods=("GET", "POST"), answers=ANSWERS)
def alert(request: ActingRequest, alert: UUID) -> HttpResponse:
    """Show who opened a decoy and when, or take what it led to."""
    found = access.open_alert(alert=alert, actor=request.actor, at=request.now)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keeping.handle(alert=found, outcome=form.cleaned_data["outcome"], by=request.actor, now=request.now)
        messages.success(request, _("Uppföljningen är antecknad."))
        return redirect("audit:decoys")
    context = present.alert(alert=found, form=form)
    return render(request, "audit/decoy_alert.html", context, status=422 if form.errors else 200)
