"""The form of a provider: a new one, and a change."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.actions import providers
from cases.forms.providers import ProviderForm
from cases.queries.rows import Provider
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:providers"


def registering(request: ActingRequest) -> HttpResponse:
    """Show the form, or add the provider."""
    form = ProviderForm(
        request.POST or None, person=request.actor.person, today=timezone.localdate(request.now)
    )
    return recording.answer(
        request,
        None,
        form,
        _sheet(_("Ny utförare"), _("Utföraren finns i registret och kan väljas i en plan.")),
        lambda: providers.register(
            values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def changing(request: ActingRequest, provider: Provider) -> HttpResponse:
    """Show the form with what the register says, or change it."""
    form = ProviderForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        row=provider,
    )
    return recording.answer(
        request,
        None,
        form,
        _sheet(_("Ändra utföraren"), _("Ändringen är sparad.")),
        lambda: providers.change(
            provider=provider,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def _sheet(title: str, done: str) -> Sheet:
    return Sheet(
        title=title,
        label=_("Spara"),
        here=HERE,
        back=reverse(HERE),
        done=done,
        lead=_(
            "Registret gäller enheten. Här står inget om någon klient, och ingen kopplas till en utförare."
        ),
        template="cases/unit_sheet.html",
    )
