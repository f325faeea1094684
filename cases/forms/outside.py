"""Forms of what a unit keeps outside all cases: threat incidents, deviations, requests that belong to no case.

No text in them may hold a number that leads to a client.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice, not_after
from cases.identity import contains_identity_number
from cases.naming import contains_number
from cases.queries.choices import (
    RECIPIENTS,
    Against,
    DeviationKind,
    IncidentKind,
    PoliceReport,
    Severity,
    UnitAnswer,
)


class TextOutside(Text):
    """A text that stands outside the cases."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if contains_identity_number(value or "") or contains_number(value or ""):
            raise ValidationError(
                _(
                    "Texten innehåller ett nummer som leder till en klient. Ta bort det; det här står utanför ärendena."
                )
            )


class IncidentForm(RowForm):
    """What happened, as the one who was there tells it."""

    occurred_at = forms.DateTimeField(
        label=_("När hände det?"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Ange dag och klockslag."),
            "invalid": _("Skriv dag och klockslag som ÅÅÅÅ-MM-DD TT:MM."),
        },
    )
    kind = choice(label=_("Vad hände?"), choices=IncidentKind.choices)
    against = choice(label=_("Mot vem?"), choices=Against.choices)
    place = TextOutside(label=_("Var hände det?"), required=False, max_length=200)
    text = TextOutside(
        label=_("Beskriv händelsen"),
        help_text=_("Vad som sades och gjordes. Skriv inget namn och inget nummer på en klient."),
        required_text=_("Beskriv kort vad som hände."),
        max_length=4000,
        rows=7,
    )
    at_once = TextOutside(label=_("Vad gjordes genast?"), required=False, max_length=2000, rows=4)
    safety = TextOutside(
        label=_("Vad behövs för personalens säkerhet?"),
        help_text=_("Till exempel larm, sällskap, skyddad adress eller stödsamtal."),
        required=False,
        max_length=2000,
        rows=4,
    )
    police = choice(label=_("Är det polisanmält?"), choices=PoliceReport.choices)
    police_reference = TextOutside(label=_("Polisens diarienummer"), required=False, max_length=50)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def clean_occurred_at(self) -> datetime:
        occurred: datetime = self.cleaned_data["occurred_at"]
        if occurred > self.now:
            raise ValidationError(_("Tidpunkten har inte varit än. Kontrollera dag och klockslag."))
        return occurred


class HandleIncidentForm(RowForm):
    """What is done about an incident, by those who lead the unit."""

    police = choice(label=_("Är det polisanmält?"), choices=PoliceReport.choices)
    police_reference = TextOutside(label=_("Polisens diarienummer"), required=False, max_length=50)
    safety = TextOutside(
        label=_("Vad behövs för personalens säkerhet?"), required=False, max_length=2000, rows=4
    )
    measures = TextOutside(
        label=_("Åtgärder"),
        help_text=_("Vad har gjorts, vad ska göras, av vem och när?"),
        required_text=_("Skriv vad som är gjort eller ska göras."),
        max_length=4000,
        rows=6,
    )


class DeviationForm(RowForm):
    """What went wrong, or could have."""

    happened_on = Day(label=_("När hände det?"), required_text=_("Ange dagen."))
    kind = choice(label=_("Vad är det för avvikelse?"), choices=DeviationKind.choices)
    text = TextOutside(
        label=_("Vad hände?"),
        help_text=_("Det som hände och hur det upptäcktes. Skriv inget namn och inget nummer på en klient."),
        required_text=_("Beskriv kort vad som hände."),
        max_length=4000,
        rows=7,
    )
    consequences = TextOutside(
        label=_("Vad ledde det till, eller kunde ha lett till?"), required=False, max_length=2000, rows=4
    )
    at_once = TextOutside(label=_("Vad gjordes genast?"), required=False, max_length=2000, rows=4)

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        not_after(day, self.today)
        return day


class HandleDeviationForm(RowForm):
    """What the one who leads the unit finds, and does."""

    causes = TextOutside(label=_("Varför hände det?"), required=False, max_length=4000, rows=5)
    measures = TextOutside(
        label=_("Åtgärder"),
        help_text=_("Vad har gjorts, vad ska göras, av vem och när?"),
        required_text=_("Skriv vad som är gjort eller ska göras."),
        max_length=4000,
        rows=6,
    )
    severity = choice(
        label=_("Bedömning"),
        choices=Severity.choices,
        help_text=_("Ett allvarligt missförhållande, eller en påtaglig risk för det, anmäls till IVO."),
    )
    reported_on = Day(label=_("Anmält till IVO"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        is_reported = values.get("severity") == Severity.REPORTED
        if is_reported and "reported_on" in values and values["reported_on"] is None:
            self.add_error("reported_on", _("Ange dagen då det anmäldes till IVO."))
        if values.get("reported_on") and not is_reported:
            self.add_error("severity", _("Välj att det är anmält, eller ta bort dagen."))
        return values

    def clean_reported_on(self) -> date | None:
        day: date | None = self.cleaned_data["reported_on"]
        not_after(day, self.today)
        return day


class UnitRequestForm(RowForm):
    """Who asked for what without a case, and the answer that was given."""

    received_on = Day(label=_("När kom begäran?"), required_text=_("Ange dagen."))
    receiver = choice(label=_("Vem frågar?"), choices=RECIPIENTS, radio=False)
    receiver_name = TextOutside(
        label=_("Namn och tjänsteställe"), required_text=_("Skriv vem som frågar."), max_length=300
    )
    what = TextOutside(
        label=_("Vad efterfrågas?"),
        help_text=_("Gäller det en viss person hör begäran till hennes ärende; skriv inget om henne här."),
        required_text=_("Skriv vad som efterfrågas."),
        max_length=2000,
        rows=4,
    )
    answer = choice(label=_("Svar"), choices=UnitAnswer.choices)
    answer_text = TextOutside(
        label=_("Svaret i ord"),
        help_text=_("Säg aldrig om någon förekommer här eller inte."),
        required_text=_("Skriv vad som svarades."),
        max_length=4000,
        rows=6,
    )

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        not_after(day, self.today)
        return day


class CloseForm(forms.Form):
    """Which version the one who closes has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
