"""Forms about a first contact."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, SentOnce, Text, choice, not_after
from cases.identity import contains_contact_details
from cases.queries.choices import Channel, Outcome, Source, Urgency


class EnquiryForm(SentOnce):
    """A new contact."""

    received_at = forms.DateTimeField(
        label=_("När togs kontakten emot?"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Ange dag och klockslag."),
            "invalid": _("Skriv dag och klockslag som ÅÅÅÅ-MM-DD TT:MM."),
        },
    )
    channel = choice(label=_("Hur kom kontakten?"), choices=Channel.choices)
    urgency = choice(label=_("Hur bråttom är det?"), choices=Urgency.choices)
    source = choice(label=_("Vem tog initiativet?"), choices=Source.choices, radio=False)
    is_anonymous = forms.BooleanField(
        label=_("Personen vill vara anonym"),
        required=False,
        help_text=_("Då sparas ingen identitet, och förfrågan kan inte bli ett ärende."),
    )
    need = Text(
        label=_("Vad gäller det?"),
        help_text=_("Kort och sakligt. Det som behövs för att ordna ett första möte."),
        required_text=_("Skriv kort vad kontakten gäller."),
        max_length=4000,
        rows=7,
    )
    callback = Text(
        label=_("Hur når vi personen säkert?"),
        help_text=_("Tid, väg och vad som får sägas. Lämna tomt om personen hör av sig själv."),
        required=False,
        max_length=500,
        rows=3,
    )

    keeps_details = forms.BooleanField(
        label=_("Uppgiften går inte att koppla till personen och får stå kvar"), required=False
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)
        written = f"{self.data.get('need', '')}\n{self.data.get('callback', '')}"
        if not (self.data.get("is_anonymous") and contains_contact_details(written)):
            del self.fields["keeps_details"]

    def clean_keeps_details(self) -> bool:
        if not self.cleaned_data["keeps_details"]:
            raise ValidationError(
                _(
                    "Texten ser ut att innehålla ett telefonnummer eller en e-postadress, och personen vill vara "
                    "anonym. Ta bort det, eller kryssa för att det får stå kvar."
                )
            )
        return True

    def clean_received_at(self) -> datetime:
        received: datetime = self.cleaned_data["received_at"]
        if received > self.now:
            raise ValidationError(_("Tidpunkten har inte varit än. Kontrollera dag och klockslag."))
        return received


class EndEnquiryForm(forms.Form):
    """What a contact led to, when it led to no case."""

    outcome = choice(
        label=_("Vad ledde kontakten till?"),
        choices=[(code.value, code.label) for code in (Outcome.ADVICE, Outcome.REFERRED, Outcome.DECLINED)],
    )


class FirstMeetingForm(forms.Form):
    """When the first meeting was held."""

    met_on = Day(label=_("Dag för första mötet"))

    def __init__(self, *args: Any, today: date, received: date, **kwargs: Any) -> None:
        self.today, self.received = today, received
        super().__init__(*args, **kwargs)

    def clean_met_on(self) -> date:
        met: date = self.cleaned_data["met_on"]
        not_after(met, self.today)
        if met < self.received:
            raise ValidationError(_("Mötet kan inte ha varit före kontakten. Kontrollera dagen."))
        return met
