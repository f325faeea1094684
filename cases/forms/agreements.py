"""Forms of an agreement: its conditions, signatures and end, a breach and its consequence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, SentOnce, Text, choice, choices, not_after
from cases.queries.choices import Consequence, Party, Signed


class AgreementForm(RowForm):
    """Who agrees on what, from when to when."""

    parties = choices(
        label=_("Vilka är parter?"),
        choices=Party.choices,
        required_text=_("Välj parterna."),
        help_text=_("Är polisen med skriver den enskilde också under polisens blankett."),
    )
    other_party = Text(label=_("Annan part, i så fall vem?"), required=False, max_length=200)
    conditions = Text(
        label=_("Villkor"),
        help_text=_("Vad var och en lovar. De låses när den första skriver under."),
        required_text=_("Skriv vad ni kommer överens om."),
        max_length=8000,
        tall=True,
    )
    starts_on = Day(label=_("Gäller från"), required_text=_("Ange första dagen."))
    ends_on = Day(
        label=_("Gäller till och med"), help_text=_("Lämna tomt om den gäller tills vidare."), required=False
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen kan inte vara före den första."))
        if Party.OTHER in values.get("parties", []) and not values.get("other_party"):
            self.add_error("other_party", _("Skriv vem den andra parten är."))
        return values


class SignatureForm(SentOnce):
    """Who has signed, and when."""

    what = choice(label=_("Vem har skrivit under?"), choices=[])
    on = Day(label=_("När?"), required_text=_("Ange dagen."))

    def __init__(self, *args: Any, today: date, missing: list[str], **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, str(Signed(code).label)) for code in missing]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        not_after(day, self.today)
        return day


class EndAgreementForm(forms.Form):
    """From which day an agreement no longer counts, and why."""

    on = Day(label=_("Upphör från och med"), required_text=_("Ange dagen."))
    why = Text(label=_("Varför?"), required_text=_("Skriv varför."), max_length=1000, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


class BreachForm(SentOnce):
    """What was done against the agreement, and when."""

    happened_on = Day(label=_("När hände det?"), required_text=_("Ange dagen."))
    what = Text(
        label=_("Vad hände?"),
        help_text=_("Det som hände, utan värdering. Arbetsledaren väljer vad det leder till."),
        required_text=_("Skriv vad som hände."),
        max_length=4000,
        rows=6,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        not_after(day, self.today)
        return day


class ConsequenceForm(forms.Form):
    """What a breach leads to, and why."""

    consequence = choice(label=_("Vad leder avsteget till?"), choices=Consequence.choices)
    reason = Text(label=_("Varför?"), required_text=_("Skriv varför."), max_length=2000, rows=4)
