"""Forms that ask another municipality to take a case over, and follow what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice, not_after
from cases.queries.choices import TransferAnswer


class AskTransferForm(RowForm):
    """Whom we ask, when, and why."""

    municipality = Text(label=_("Kommun"), max_length=200, required_text=_("Skriv vilken kommun."))
    asked_on = Day(label=_("Dag för den skriftliga begäran"), required_text=_("Ange dagen."))
    request = Text(
        label=_("Begäran och skälen"),
        help_text=_("Bara det som den andra kommunen behöver för att ta ställning."),
        required_text=_("Skriv begäran och skälen."),
        max_length=4000,
        rows=7,
    )
    client_view = Text(label=_("Den enskildes inställning"), required=False, max_length=2000, rows=3)

    def clean_asked_on(self) -> date:
        day: date = self.cleaned_data["asked_on"]
        not_after(day, self.today)
        return day


class _StepForm(forms.Form):
    """A step of a request: the version that was shown goes with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


class AnswerTransferForm(_StepForm):
    """What the other municipality says."""

    answer = choice(label=_("Vad svarar kommunen?"), choices=TransferAnswer.choices)
    on = Day(label=_("Dag för svaret"), required_text=_("Ange dagen."))
    text = Text(label=_("Kommentar"), required=False, max_length=2000, rows=3)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        not_after(day, self.today)
        return day


class ReferTransferForm(_StepForm):
    """When IVO was asked."""

    on = Day(label=_("Dag då IVO tillfrågades"), required_text=_("Ange dagen."))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        not_after(day, self.today)
        return day


class HandOverForm(_StepForm):
    """What is sent."""

    sent = Text(
        label=_("Exakt vad lämnas över?"),
        help_text=_("Bara det som behövs: räkna upp handlingarna och uppgifterna."),
        required_text=_("Skriv vad som lämnas över."),
        max_length=4000,
        rows=6,
    )
