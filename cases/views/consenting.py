"""The forms of a consent and of its withdrawal."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import consents
from cases.forms.consents import GiveConsentForm, WithdrawConsentForm
from cases.queries.rows import Consent
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_cooperation"


def giving(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or write the consent down."""
    today = timezone.localdate(request.now)
    form = GiveConsentForm(
        request.POST or None, person=request.actor.person, today=today, initial={"starts_on": today}
    )
    sheet = Sheet(
        title=_("Nytt samtycke"),
        label=_("Spara samtycket"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=_("Samtycket är antecknat. En påminnelse är satt till sista dagen."),
        lead=_(
            "Samtycke till informationsutbyte häver sekretessen. Det är inte grunden för att vi behandlar uppgifter."
        ),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: consents.give(
            opened=opened, values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def withdrawing(request: ActingRequest, opened: Opened, consent: Consent) -> HttpResponse:
    """Show the form, or withdraw the consent."""
    today = timezone.localdate(request.now)
    form = WithdrawConsentForm(
        request.POST or None, today=today, initial={"on": today, "version": consent.version}
    )
    sheet = Sheet(
        title=_("Återkalla samtycket"),
        label=_("Återkalla samtycket"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=_("Samtycket är återkallat. Underrätta mottagarna; en uppgift om det ligger bland dina."),
        lead=_(
            "Från den dagen lämnas inget mer ut med stöd av det. Det som redan har lämnats ut står kvar i listan."
        ),
        kind="warning",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: consents.withdraw(
            opened=opened,
            consent=consent,
            version=form.cleaned_data["version"],
            on=form.cleaned_data["on"],
            how=form.cleaned_data["how"],
            by=request.actor,
            now=request.now,
        ),
    )
