"""The forms of an agreement and of its breaches."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import agreements, breaches
from cases.forms.agreements import (
    AgreementForm,
    BreachForm,
    ConsequenceForm,
    EndAgreementForm,
    SignatureForm,
)
from cases.queries.agreements import missing_signatures
from cases.queries.choices import Consequence, Signed
from cases.queries.rows import Agreement, AgreementBreach
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_cooperation"


def writing(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or write the agreement down."""
    today = timezone.localdate(request.now)
    form = AgreementForm(
        request.POST or None, person=request.actor.person, today=today, initial={"starts_on": today}
    )
    sheet = _sheet(opened, _("Ny överenskommelse"), _("Spara"), _("Överenskommelsen är skriven."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: agreements.write(
            opened=opened, values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def changing(request: ActingRequest, opened: Opened, agreement: Agreement) -> HttpResponse:
    """Show the form as it is, or change the agreement."""
    today = timezone.localdate(request.now)
    form = AgreementForm(request.POST or None, person=request.actor.person, today=today, row=agreement)
    sheet = _sheet(opened, _("Ändra villkoren"), _("Spara"), _("Villkoren är ändrade."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: agreements.change(
            opened=opened,
            agreement=agreement,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def signing(request: ActingRequest, opened: Opened, agreement: Agreement) -> HttpResponse:
    """Show the form, or write the signature down."""
    today = timezone.localdate(request.now)
    form = SignatureForm(
        request.POST or None,
        person=request.actor.person,
        today=today,
        missing=missing_signatures(agreement, today),
        initial={"on": today},
    )
    sheet = _sheet(opened, _("Anteckna underskrift"), _("Spara"), _("Underskriften är antecknad."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: agreements.sign(
            opened=opened,
            agreement=agreement,
            what=Signed(form.cleaned_data["what"]),
            on=form.cleaned_data["on"],
            by=request.actor,
            now=request.now,
            new_id=form.cleaned_data["key"],
        ),
    )


def ending(request: ActingRequest, opened: Opened, agreement: Agreement) -> HttpResponse:
    """Show the form, or end the agreement."""
    initial = {"on": timezone.localdate(request.now), "version": agreement.version}
    form = EndAgreementForm(request.POST or None, initial=initial)
    sheet = _sheet(
        opened,
        _("Avsluta överenskommelsen"),
        _("Avsluta överenskommelsen"),
        _("Överenskommelsen är avslutad. Ärendet och besluten står kvar."),
        lead=_("Ärendet fortsätter, och det som är beslutat gäller som förut."),
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: agreements.end(
            opened=opened,
            agreement=agreement,
            on=form.cleaned_data["on"],
            why=form.cleaned_data["why"],
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def breaching(request: ActingRequest, opened: Opened, agreement: Agreement) -> HttpResponse:
    """Show the form, or write the breach down."""
    today = timezone.localdate(request.now)
    form = BreachForm(
        request.POST or None, person=request.actor.person, today=today, initial={"happened_on": today}
    )
    sheet = _sheet(
        opened,
        _("Anteckna avsteg"),
        _("Spara"),
        _("Avsteget är antecknat. Arbetsledaren väljer vad det leder till."),
        lead=_("Inget avslutas av sig självt. Rätten till stöd påverkas inte (11 kap. 1 § SoL)."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: breaches.note(
            opened=opened,
            agreement=agreement,
            happened_on=form.cleaned_data["happened_on"],
            what=form.cleaned_data["what"],
            by=request.actor,
            now=request.now,
            new_id=form.cleaned_data["key"],
        ),
    )


def deciding(request: ActingRequest, opened: Opened, breach: AgreementBreach) -> HttpResponse:
    """Show what happened with the form, or choose the consequence."""
    form = ConsequenceForm(request.POST or None)
    sheet = _sheet(
        opened,
        _("Vad leder avsteget till?"),
        _("Välj följden"),
        _("Följden är vald."),
        lead=breach.what,
        warning=_("Valet står fast. Rätten till stöd påverkas inte (11 kap. 1 § SoL)."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: breaches.decide(
            opened=opened,
            breach=breach,
            consequence=Consequence(form.cleaned_data["consequence"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            now=request.now,
        ),
    )


def _sheet(
    opened: Opened, title: str, label: str, done: str, *, lead: str = "", warning: str = "", kind: str = ""
) -> Sheet:
    return Sheet(
        title=title,
        label=label,
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=done,
        lead=lead,
        warning=warning,
        kind=kind,
    )
