"""Forms that write down a consent and its withdrawal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice, choices, not_after
from cases.queries.choices import ConsentForm, Giver, Receiver


class GiveConsentForm(RowForm):
    """Who consents to what being shared with whom, until when."""

    givers = choices(
        label=_("Vem samtycker?"), choices=Giver.choices, required_text=_("Välj den eller dem som samtycker.")
    )
    giver_names = Text(
        label=_("Namn på den eller dem som samtycker"),
        max_length=300,
        required_text=_("Skriv namnet på den som har samtyckt."),
    )
    receivers = choices(
        label=_("Med vilka får uppgifter utbytas?"),
        choices=Receiver.choices,
        required_text=_("Välj minst en mottagare."),
    )
    extent = Text(
        label=_("Vilka uppgifter gäller det?"),
        help_text=_("Det som står här är det enda som får lämnas med stöd av samtycket."),
        required_text=_("Skriv vilka uppgifter samtycket gäller."),
        max_length=2000,
        rows=4,
    )
    aim = Text(label=_("Varför?"), required_text=_("Skriv ändamålet."), max_length=1000, rows=3)
    form = choice(label=_("Hur gavs det?"), choices=ConsentForm.choices)
    starts_on = Day(label=_("Gäller från"), required_text=_("Ange första dagen."))
    ends_on = Day(
        label=_("Gäller till och med"),
        required_text=_("Ange sista dagen; ett samtycke gäller inte för alltid."),
    )

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen kan inte vara före den första."))
        return values


class WithdrawConsentForm(forms.Form):
    """When and how a consent was taken back."""

    on = Day(label=_("Återkallat"), required_text=_("Ange dagen då det återkallades."))
    how = Text(
        label=_("Hur och av vem?"),
        required_text=_("Skriv hur samtycket återkallades."),
        max_length=1000,
        rows=3,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("Dagen har inte varit än. Återkallelsen gäller från den dag den kom."))
        return day
