"""Forms that give a colleague a delegation and withdraw it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, Picked, SentOnce, Text
from cases.forms.law import law_text
from cases.queries.rows import LegalBasis, User


class GiveDelegationForm(SentOnce):
    """Under which provision who may decide, from when to when, and as whose deputy."""

    provision = Picked(
        label=_("Lagrum"),
        required_text=_("Välj lagrummet."),
        help_text=_("De lagrum där bara utskottet beslutar finns inte med."),
    )
    delegate = Picked(
        label=_("Vem får besluta?"),
        required_text=_("Välj vem som får besluta."),
        help_text=_("Dig själv kan du inte välja; din delegation ges av någon annan som leder en enhet."),
    )
    deputy_for = Picked(label=_("Ersättare för"))
    starts_on = Day(label=_("Gäller från"), required_text=_("Ange första dagen."))
    ends_on = Day(
        label=_("Gäller till och med"),
        help_text=_("Lämna tomt om den gäller tills vidare. En ersättares bör ha en sista dag."),
        required=False,
    )
    note = Text(
        label=_("Villkor"),
        help_text=_("Till exempel vilket beslut i nämnden som ordningen bygger på. Inget om någon klient."),
        required=False,
        max_length=300,
    )

    def __init__(
        self, *args: Any, provisions: list[LegalBasis], people: list[User], unit: list[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows, text, none in (
            ("provision", provisions, law_text, None),
            ("delegate", people, _person_text, None),
            ("deputy_for", unit, _person_text, _("Ingen, delegationen är personens egen")),
        ):
            field = self.fields[name]
            assert isinstance(field, Picked)
            field.offer(rows, text=text, none=none)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen kan inte vara före den första."))
        if values.get("delegate") and values["delegate"] == values.get("deputy_for"):
            self.add_error("deputy_for", _("Ingen är ersättare för sig själv. Välj en annan."))
        return values


class WithdrawDelegationForm(forms.Form):
    """From which day a delegation no longer counts."""

    on = Day(
        label=_("Upphör från och med"),
        help_text=_("Det som har signerats tidigare står fast."),
        required_text=_("Ange dagen."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


def _person_text(user: User) -> str:
    return f"{user.name}, {user.title}" if user.title else str(user.name)
