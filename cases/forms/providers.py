"""The form of a provider in the unit's register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice, not_after
from cases.queries.choices import ProviderKind


class ProviderForm(RowForm):
    """Who it is, what the unit has agreed with it, and what has been checked."""

    name = Text(label=_("Namn"), max_length=200, required_text=_("Skriv utförarens namn."))
    kind = choice(label=_("Slag"), choices=ProviderKind.choices, radio=False)
    contract_from = Day(label=_("Avtalet gäller från"), required_text=_("Ange avtalets första dag."))
    contract_to = Day(
        label=_("Avtalet gäller till och med"),
        help_text=_("Lämna tomt om det gäller tills vidare."),
        required=False,
    )
    needs_permit = forms.BooleanField(label=_("Verksamheten kräver IVO:s tillstånd"), required=False)
    permit_number = Text(label=_("Tillståndets nummer hos IVO"), max_length=60, required=False)
    permit_until = Day(
        label=_("Tillståndet gäller till och med"),
        help_text=_("Lämna tomt om det gäller tills vidare."),
        required=False,
    )
    checked_on = Day(
        label=_("Senast kontrollerad"),
        help_text=_(
            "Dagen då någon senast kontrollerade avtalet, tillståndet och företrädarna. Utan den kan ingen"
            " placeras där."
        ),
        required=False,
    )
    note = Text(
        label=_("Anmärkning"),
        help_text=_("Om utföraren. Skriv inget om någon klient här."),
        max_length=2000,
        required=False,
        rows=4,
    )

    def clean_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["checked_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("contract_from"), values.get("contract_to")
        if first and last and last < first:
            self.add_error("contract_to", _("Avtalets sista dag kan inte vara före den första."))
        return values
